"""What delivery tells whoever watches: logs, metrics, the sandbox's page. Frozen values, nothing secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from prx_dingtalk_router.catalogue import Text

Purpose = Literal["reply", "answer", "notice", "failure"]
ReplyResult = Literal["sent", "refused", "unknown"]
AgentResult = Literal["answered", "not-started", "failed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryEvent:
    """Something happened to a message, at ``at_ms`` (Unix time)."""

    robot: str
    msg_id: str
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(DeliveryEvent):
    """A decision is stored and will be carried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(DeliveryEvent):
    """An earlier process left the message unfinished: it is gone on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate(DeliveryEvent):
    """The message was stored before: nothing is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEvent(DeliveryEvent):
    """Something happened in a step: ``position`` of ``rule``."""

    rule: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted(StepEvent):
    """A step has room and is being carried out. ``step``: reply, agent, forget, cancel or drop."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFailed(StepEvent):
    """A step could not be done; the next of its chain follows, if there is one."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited(StepEvent):
    """The guard of a step has no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(StepEvent):
    """A reply was sent, or refused with a reason. ``route``: webhook or api."""

    purpose: Purpose
    route: str
    result: ReplyResult
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated(StepEvent):
    """Part ``part`` of a reply is sent again: an earlier process ended while it was on its way, and it may have arrived."""

    part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentStarted(StepEvent):
    """A turn is being dispatched."""

    agent: str
    session: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentEnded(StepEvent):
    """A turn has ended, ``seconds`` after its dispatch. ``alert``: an operator has to act."""

    agent: str
    result: AgentResult
    seconds: float
    reason: Text | None = None
    alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentFault(StepEvent):
    """The agent refuses to tell how a turn is: an operator has to act, and nothing new is dispatched to it until then.

    The turn itself goes on, and is still asked about.
    """

    agent: str
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LateAnswer(StepEvent):
    """An agent answered after an alternative was performed: the answer is not sent."""

    agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(DeliveryEvent):
    """Everything was carried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped(DeliveryEvent):
    """The message ended in a drop, with the rule's reason. ``at_once``: its decision asked for nothing else."""

    reason: str | None
    at_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dead(DeliveryEvent):
    """The message could not be delivered and is kept with its reason."""

    reason: Text


Observer = Callable[[DeliveryEvent], None]
