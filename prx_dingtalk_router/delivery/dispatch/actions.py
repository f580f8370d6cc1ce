"""What can be the next thing to do about a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import AgentStep, CancelStep, DropStep, ForgetStep, ReplyStep, Step
from prx_dingtalk_router.delivery.journal import TurnRecord


@dataclass(frozen=True, slots=True)
class Forget:
    """Begin anew with the person's sessions; before anything else, so that their next message finds it done."""

    step: ForgetStep


@dataclass(frozen=True, slots=True)
class TakePlace:
    """Get in line for the session of an agent step, before what comes before it is performed."""

    step: AgentStep


@dataclass(frozen=True, slots=True)
class Follow:
    """Take up a turn that an earlier process left at work."""

    turn: TurnRecord


@dataclass(frozen=True, slots=True)
class Admit:
    """Count a step against its guard, or find that it has no room."""

    step: Step


@dataclass(frozen=True, slots=True)
class Say:
    """Send a reply; ``failure`` says why the step before it was not done."""

    step: ReplyStep
    failure: Text | None


@dataclass(frozen=True, slots=True)
class Ask:
    """Dispatch to the agent once the session and the agent have room for it."""

    step: AgentStep
    failure: Text | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Send what the agent answered."""

    step: AgentStep
    words: str


@dataclass(frozen=True, slots=True)
class StopOthers:
    """Stop what runs or waits for the person."""

    step: CancelStep


@dataclass(frozen=True, slots=True)
class Drop:
    """Send nothing."""

    step: DropStep


@dataclass(frozen=True, slots=True)
class Notify:
    """Say once that the agent is still working."""

    step: AgentStep


@dataclass(frozen=True, slots=True)
class TimeOut:
    """The turn has taken longer than its step allows."""

    step: AgentStep


@dataclass(frozen=True, slots=True)
class Fail:
    """A step could not be done."""

    step: Step
    reason: Text


@dataclass(frozen=True, slots=True)
class Watch:
    """Wait for turns that are at work; until a moment on the monotonic clock, if one is given."""

    until: float | None


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the sender how it ended in place of what they waited for; ``about``: that it failed, or that words are needed."""

    about: Literal["failed", "wordless"]


@dataclass(frozen=True, slots=True)
class AwaitLate:
    """It has ended as ``ending`` says; turns that outlived their step keep their sessions busy until they end, too."""

    ending: Ending


@dataclass(frozen=True, slots=True)
class End:
    """Nothing is left to do."""

    ending: Ending


@dataclass(frozen=True, slots=True)
class Ending:
    """How a message ended; ``reason`` is the word of a drop, or the sentence of a dead one."""

    state: Literal["done", "dropped", "dead"]
    reason: Text | str | None = None


Action = (
    Forget
    | TakePlace
    | Follow
    | Admit
    | Say
    | Ask
    | Answer
    | StopOthers
    | Drop
    | Notify
    | TimeOut
    | Fail
    | Watch
    | Tell
    | AwaitLate
    | End
)
