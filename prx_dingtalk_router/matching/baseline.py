"""What the configuration adds to a set of rules when it decides: the baseline, and what steps leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prx_dingtalk_router.decision.model import Progress
from prx_dingtalk_router.message import Message

if TYPE_CHECKING:
    from prx_dingtalk_router.settings import Settings

EVERYBODY = "*"
DEFAULT_TIMEOUT_SECONDS = 600.0
"""``timeout`` of an agent where no configuration says another (interfaces.md section 3)."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The baseline and the defaults.

    Args:
        allowed_users: staff IDs; empty denies everybody, ``"*"`` admits everybody (language.md section 8).
        client_id: of the bot; part of every session.
        timeouts: seconds, by agent, for steps without a timeout of their own.
        reacting: agents that show a reaction while they work, where their steps do not say.
    """

    allowed_users: frozenset[str] = frozenset({EVERYBODY})
    client_id: str = ""
    timeouts: Mapping[str, float] = field(default_factory=dict)
    reacting: frozenset[str] = frozenset()

    @classmethod
    def of(cls, settings: Settings) -> Baseline:
        """The baseline that a configuration says."""
        return cls(
            allowed_users=frozenset(settings.channel.allowed_users),
            client_id=settings.channel.client_id,
            timeouts={name: agent.timeout for name, agent in settings.agents.items()},
            reacting=frozenset(
                name for name, agent in settings.agents.items() if agent.progress == "reaction"
            ),
        )

    def admits(self, message: Message) -> bool:
        """Whether the baseline lets a message through to the rules; no rule can widen this."""
        if not message.sender:
            return bool(message.sender_id) and EVERYBODY in self.allowed_users
        return EVERYBODY in self.allowed_users or message.sender in self.allowed_users

    def timeout(self, agent: str) -> float:
        """Seconds that an agent has where the step does not say."""
        return self.timeouts.get(agent, DEFAULT_TIMEOUT_SECONDS)

    def progress(self, agent: str) -> Progress:
        """What a sender sees while an agent works, where the step does not say."""
        return "reaction" if agent in self.reacting else "none"
