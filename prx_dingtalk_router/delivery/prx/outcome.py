"""How a turn of an agent can end."""

from __future__ import annotations

from dataclasses import dataclass, field

from prx_dingtalk_router.catalogue import Text


@dataclass(frozen=True, slots=True)
class Answered:
    """The agent answered."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotStarted:
    """The turn certainly did not start: somebody else may be asked. ``alert``: an operator has to act."""

    reason: Text
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """The turn started and ended without an answer; its side effects remain."""

    reason: Text
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Whether the turn ran, and how it ended, cannot be found out."""

    reason: Text


TurnOutcome = Answered | NotStarted | Failed | Unknown
