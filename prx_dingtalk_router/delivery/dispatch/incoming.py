"""What comes in: a message with its decision, which may have ended before anything is carried out."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import Decision, DropStep
from prx_dingtalk_router.delivery.journal import NewEntry


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


def undecided(decision: Decision, callback: str = "", reason: Text | None = None) -> NewEntry:
    """A message to be stored as dead, because deciding about it raised (interfaces.md section 5).

    Args:
        decision: the message, without steps.
        callback: the message as it came, as JSON text.
        reason: why; by default that deciding failed.
    """
    return NewEntry(decision, callback, "dead", reason or text("delivery.undecided"))
