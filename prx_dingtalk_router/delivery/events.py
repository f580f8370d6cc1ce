"""What delivery tells whoever watches: logs, metrics, the sandbox's page. Frozen values, nothing secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from prx_dingtalk_router.catalogue import Text

Purpose = Literal["reply", "answer", "notice", "failure"]
ReplyResult = Literal["sent", "refused", "unknown"]
ReactionResult = Literal["attached", "refused", "unknown", "skipped", "removed", "left"]
AgentResult = Literal["answered", "not-started", "failed", "unknown"]


class DeliveryEvent(Struct, frozen=True, kw_only=True):
    """Something happened to a message, at ``at_ms`` (Unix time)."""

    robot: str
    msg_id: str
    at_ms: int


class Accepted(DeliveryEvent, frozen=True, kw_only=True):
    """A decision is stored and will be carried out."""


class Resumed(DeliveryEvent, frozen=True, kw_only=True):
    """An earlier process left the message unfinished: it is gone on with."""


class Duplicate(DeliveryEvent, frozen=True, kw_only=True):
    """The message was stored before: nothing is done."""


class StepEvent(DeliveryEvent, frozen=True, kw_only=True):
    """Something happened in a step: ``position`` of ``rule``."""

    rule: str
    position: str


class StepStarted(StepEvent, frozen=True, kw_only=True):
    """A step has room and is being carried out. ``step``: reply, agent, forget, cancel or drop."""

    step: str


class StepFailed(StepEvent, frozen=True, kw_only=True):
    """A step could not be done; the next of its chain follows, if there is one."""

    reason: Text


class Limited(StepEvent, frozen=True, kw_only=True):
    """The guard of a step has no room."""


class Replied(StepEvent, frozen=True, kw_only=True):
    """A reply was sent, or refused with a reason. ``route``: webhook or api."""

    purpose: Purpose
    route: str
    result: ReplyResult
    reason: Text | None = None


class Repeated(StepEvent, frozen=True, kw_only=True):
    """Part ``part`` of a reply is sent again: an earlier process ended while it was on its way, and it may have arrived."""

    part: int


class AgentStarted(StepEvent, frozen=True, kw_only=True):
    """A turn is being dispatched."""

    agent: str
    session: str
    attempt: int


class AgentEnded(StepEvent, frozen=True, kw_only=True):
    """A turn has ended, ``seconds`` after its dispatch. ``alert``: an operator has to act."""

    agent: str
    result: AgentResult
    seconds: float
    reason: Text | None = None
    alert: bool = False


class AgentFault(StepEvent, frozen=True, kw_only=True):
    """The agent refuses to tell how a turn is: an operator has to act, and nothing new is dispatched to it until then.

    The turn itself goes on, and is still asked about.
    """

    agent: str
    reason: Text


class ReactionChanged(DeliveryEvent, frozen=True, kw_only=True):
    """The reaction that shows that an agent is at work was set, or taken away, or neither.

    ``attached``: it is seen. ``refused``, with a reason: it is not. ``unknown``: the answer was lost. ``skipped``: it was not
    tried. ``removed``: it is gone. ``left``: it could not be taken away. ``alert``: none is tried for a while because of it.
    """

    result: ReactionResult
    reason: Text | None = None
    alert: bool = False


class LateAnswer(StepEvent, frozen=True, kw_only=True):
    """An agent answered after an alternative was performed: the answer is not sent."""

    agent: str


class Done(DeliveryEvent, frozen=True, kw_only=True):
    """Everything was carried out."""


class Dropped(DeliveryEvent, frozen=True, kw_only=True):
    """The message ended in a drop, with the rule's reason. ``at_once``: its decision asked for nothing else."""

    reason: str | None
    at_once: bool = False


class Dead(DeliveryEvent, frozen=True, kw_only=True):
    """The message could not be delivered and is kept with its reason. ``rule``: by which it was decided; empty for none."""

    reason: Text
    rule: str = ""


Observer = Callable[[DeliveryEvent], None]
