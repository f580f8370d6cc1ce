"""Why a step was not done, as the templates of its ``else`` steps get it (language.md section 10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from prx_dingtalk_router.catalogue import LANGUAGES, text


class FailureKind(Enum):
    """What kind of failure it is. Its names, in both languages, are what a template may compare ``failure`` with."""

    EMPTY_MESSAGE = "empty-message"
    """There was nothing to tell the agent, or to reply."""
    MESSAGE_TOO_LONG = "message-too-long"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    LIMITED = "limited"
    """The guard of the step had no room."""
    TIMED_OUT = "timed-out"
    NOT_DELIVERED = "not-delivered"
    """DingTalk did not take the reply."""
    FAILED = "failed"
    """Anything else."""

    @property
    def names(self) -> frozenset[str]:
        """The names of this kind: ``empty message`` and ``空消息``. They are part of the rules language."""
        sentence = text(f"decision.failure-{self.value}")
        return frozenset(sentence.render(language) for language in LANGUAGES)


def kind_named(name: str) -> FailureKind | None:
    """Return the kind of failure that is called so in either language, or None."""
    return next((kind for kind in FailureKind if name in kind.names), None)


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure.

    Attributes:
        sentence: what ``{{ failure }}`` shows; short, and safe to show in a chat.
        kind: what a template may compare it with; None where nothing has failed yet.
    """

    sentence: str
    kind: FailureKind | None = None
