"""What a set is checked against besides itself: the configuration, as far as rules depend on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from prx_dingtalk_router.settings import Settings

DEFAULT_ZONE = "Asia/Shanghai"


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
    """

    zone: str = DEFAULT_ZONE
    calendar: str = ""
    agents: frozenset[str] | None = None
    allowed_users: tuple[str, ...] | None = None
    robot_name: str = ""
    client_id: str = ""
    today: date | None = None
    ignored: frozenset[str] = frozenset()

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
        )

    def current_date(self) -> date:
        """Return the date against which hours are past."""
        return self.today or datetime.now(UTC).date()


def _ignored(settings: Settings) -> frozenset[str]:
    words = settings.validation.ignore
    if not words:
        return frozenset()
    # Imported here because it loads every kind of diagnostic.
    from prx_dingtalk_router.language.diagnostics.selection import warnings_of

    return warnings_of(words, f"{settings.source}: validate.ignore")
