"""What a set is checked against besides itself: the configuration, as far as rules depend on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from prx_dingtalk_router.settings import Settings

DEFAULT_ZONE = "Asia/Shanghai"


KeyPath = tuple[str, ...]
"""A key of the configuration: ``("agents", "helpdesk", "url")``; a table by the beginning of those in it."""

NOTIFIED: KeyPath = ("notify", "staff_ids")
ALLOWED_USERS: KeyPath = ("channels_config", "dingtalk", "allowed_users")


@dataclass(frozen=True, slots=True)
class CheckContext:
    """The configuration as the checker sees it.

    Args:
        zone: the configured time zone.
        calendar: default country of ``workdays`` and ``holidays``; empty for none.
        agents: the configured agents; ``None`` without a configuration: agents are then not checked.
        allowed_users: the baseline; ``None`` without a configuration.
        robot_name: the configured name of the robot, whose leading mention is cut off.
        client_id: of the bot; the robot that the messages of tests are sent to.
        today: the date against which hours are past; the current one by default.
        ignored: the codes of warnings and notes that are not wanted.
        staff_ids: the staff IDs that keys of the configuration name, by the keys.
        same_agents: names of agents that are one and the same, each with an earlier name of it.
        written_in: the files in which keys of the configuration are written.
    """

    zone: str = DEFAULT_ZONE
    calendar: str = ""
    agents: frozenset[str] | None = None
    allowed_users: tuple[str, ...] | None = None
    robot_name: str = ""
    client_id: str = ""
    today: date | None = None
    ignored: frozenset[str] = frozenset()
    staff_ids: tuple[tuple[KeyPath, tuple[str, ...]], ...] = ()
    same_agents: tuple[tuple[str, str], ...] = ()
    written_in: Mapping[KeyPath, Path] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, settings: Settings, *, has_baseline: bool = True) -> Self:
        """Return what a configuration says.

        Args:
            settings: the configuration.
            has_baseline: whether it says who may use the bot.

        Raises:
            UsageError: ``[validate] ignore`` names what is no warning.
        """
        return cls(
            zone=settings.rules.timezone,
            calendar=settings.rules.calendar,
            agents=frozenset(settings.agents),
            allowed_users=settings.channel.allowed_users if has_baseline else None,
            robot_name=settings.dingtalk.robot_name,
            client_id=settings.channel.client_id,
            ignored=_ignored(settings),
            staff_ids=(
                *(((ALLOWED_USERS, settings.channel.allowed_users),) if has_baseline else ()),
                (NOTIFIED, settings.notify.staff_ids),
            ),
            same_agents=tuple(_same_agents(settings)),
            written_in={key: origin.file for key, origin in settings.origins.items() if origin.file},
        )

    def identity(self) -> tuple[object, ...]:
        """Return all that it says, in an order of its own where it has none: the same for the same in every process."""
        return tuple(sorted(each) if isinstance(each, frozenset) else each for each in astuple(self))

    def current_date(self) -> date:
        """Return the date against which hours are past."""
        return self.today or datetime.now(UTC).date()


def _same_agents(settings: Settings) -> Iterator[tuple[str, str]]:
    first: dict[tuple[str, str], str] = {}
    for name, agent in settings.agents.items():
        earlier = first.setdefault((agent.url, agent.agent_id), name)
        if earlier != name:
            yield name, earlier


def _ignored(settings: Settings) -> frozenset[str]:
    words = settings.validation.ignore
    if not words:
        return frozenset()
    # Imported here because it loads every kind of diagnostic.
    from prx_dingtalk_router.language.diagnostics.selection import warnings_of

    return warnings_of(words, f"{settings.source}: validate.ignore")
