"""What comes in: a message with its decision, which may have ended before anything is carried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import Decision, DropStep
from prx_dingtalk_router.delivery.journal import Change, Ended, Entry, NewEntry, Retried
from prx_dingtalk_router.errors import DeliveryError
from prx_dingtalk_router.message import Message


def to_carry_out(decision: Decision, callback: str = "") -> NewEntry:
    """A message to be stored with what is to be done about it; a decision that asks for nothing has ended with that.

    Args:
        decision: of the rules.
        callback: the message as it came, as JSON text; kept beside the decision.
    """
    match decision.steps:
        case ():
            return NewEntry(decision, callback, "dropped", decision.reason)
        case (DropStep(guard=None, reason=reason), *_):
            return NewEntry(decision, callback, "dropped", reason)
        case _:
            return NewEntry(decision, callback)


def retried(
    entry: Entry, now_ms: int, decide: Callable[[Message], Decision] | None = None
) -> Sequence[Change]:
    """What happens to a dead message that is tried again.

    What was decided is carried out, never decided again (interfaces.md section 5); but where deciding had raised there is nothing to
    carry out.

    Args:
        entry: a dead message.
        now_ms: when.
        decide: decides where nothing is decided; what it raises is raised.

    Raises:
        DeliveryError: nothing is decided, and nobody does so.
    """
    if entry.decision.steps:
        return [Retried()]
    if decide is None:
        raise DeliveryError("delivery.retry-undecided", msg_id=entry.key.msg_id)
    new = to_carry_out(decide(entry.decision.message))
    if new.state == "dropped":
        return [Retried(new.decision), Ended("dropped", new.reason, now_ms)]
    return [Retried(new.decision)]


def undecided(decision: Decision, callback: str = "", reason: Text | None = None) -> NewEntry:
    """A message to be stored as dead, because deciding about it raised (interfaces.md section 5).

    Args:
        decision: the message, without steps.
        callback: the message as it came, as JSON text.
        reason: why; by default that deciding failed.
    """
    return NewEntry(decision, callback, "dead", reason or text("delivery.undecided"))
