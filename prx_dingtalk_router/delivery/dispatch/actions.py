"""What can be the next thing to do about a message."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import AgentStep, CancelStep, DropStep, ForgetStep, ReplyStep, Step
from prx_dingtalk_router.delivery.journal import TurnRecord


class Forget(Struct, frozen=True):
    """Begin anew with the person's sessions; before anything else, so that their next message finds it done."""

    step: ForgetStep


class TakePlace(Struct, frozen=True):
    """Get in line for the session of an agent step, before what comes before it is performed."""

    step: AgentStep


class Follow(Struct, frozen=True):
    """Take up a turn that an earlier process left at work."""

    turn: TurnRecord


class Admit(Struct, frozen=True):
    """Count a step against its guard, or find that it has no room."""

    step: Step


class Say(Struct, frozen=True):
    """Send a reply; ``failure`` says why the step before it was not done."""

    step: ReplyStep
    failure: Text | None


class Ask(Struct, frozen=True):
    """Dispatch to the agent once the session and the agent have room for it."""

    step: AgentStep
    failure: Text | None


class Answer(Struct, frozen=True):
    """Send what the agent answered."""

    step: AgentStep
    words: str


class StopOthers(Struct, frozen=True):
    """Stop what runs or waits for the person."""

    step: CancelStep


class Drop(Struct, frozen=True):
    """Send nothing."""

    step: DropStep


class Notify(Struct, frozen=True):
    """Say once that the agent is still working."""

    step: AgentStep


class TimeOut(Struct, frozen=True):
    """The turn has taken longer than its step allows."""

    step: AgentStep


class Fail(Struct, frozen=True):
    """A step could not be done."""

    step: Step
    reason: Text


class Watch(Struct, frozen=True):
    """Wait for turns that are at work; until a moment on the monotonic clock, if one is given."""

    until: float | None


class Tell(Struct, frozen=True):
    """Tell the sender how it ended in place of what they waited for; ``about``: that it failed, or that words are needed."""

    about: Literal["failed", "wordless"]


class AwaitLate(Struct, frozen=True):
    """It has ended as ``ending`` says; turns that outlived their step keep their sessions busy until they end, too."""

    ending: Ending


class End(Struct, frozen=True):
    """Nothing is left to do."""

    ending: Ending


class Ending(Struct, frozen=True):
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
