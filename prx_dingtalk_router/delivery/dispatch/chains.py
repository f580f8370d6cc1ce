"""A ``then`` step and its ``else`` steps: what a chain has come to, by what is recorded of its steps (language.md section 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import AgentStep, DropStep, ReplyStep, Step
from prx_dingtalk_router.delivery.dispatch.failures import (
    NOTHING_TO_TELL,
    RENDERED_NOTHING,
    SESSION_BUSY,
    is_unconfirmed,
)
from prx_dingtalk_router.delivery.journal import StepRecord, StepRef


class Next(Struct, frozen=True):
    """``step`` of the chain is to be performed; ``failure`` says why the one before it was not done."""

    step: Step
    failure: Text | None = None


class Performed(Struct, frozen=True):
    """``step`` of the chain was performed."""

    step: Step

    @property
    def dropped(self) -> bool:
        """Whether that was a ``drop``."""
        return isinstance(self.step, DropStep)


class Exhausted(Struct, frozen=True):
    """Nothing of the chain could be performed.

    Attributes:
        reason: why; None when guards alone refused.
        at_work: an agent may have begun, or may still be at it.
        heard: a reply was not sent because its guard says that this conversation was told enough lately.
    """

    reason: Text | None
    at_work: bool = False
    heard: bool = False


def follow(
    step: Step,
    record_of: Callable[[StepRef], StepRecord | None],
    may_be_at_work: Callable[[AgentStep], bool],
) -> Next | Performed | Exhausted:
    """What a step and its alternatives have come to.

    What an agent step says ``while busy`` is tried before its alternatives, where its session was busy. ``else reply`` and ``else drop`` cover every failure; ``else agent`` only one that left nobody at work. A reply that
    renders nothing is passed over: what failed before it is what the next one is told. The reason of an exhausted chain is
    that of its first failure; that there was nothing to tell an agent only if nothing else failed. After a reply that may
    have arrived nothing else is tried.

    Args:
        step: the first of the chain.
        record_of: how far a step is; None for one that is not begun.
        may_be_at_work: whether an agent step that failed may have left its agent at work, so that nobody else may be asked
            instead.
    """
    failure: Text | None = None
    first: Text | None = None
    at_work = heard = False
    for entry in _entries(step, record_of):
        record = record_of(StepRef.of(entry))
        if record is None or record.state == "sending":
            if at_work and isinstance(entry, AgentStep):
                continue
            return Next(entry, failure)
        if record.state == "performed":
            return Performed(entry)
        if record.state == "refused":
            failure = text("delivery.limited")
            heard = heard or _counts_for_the_sender(entry)
            continue
        reason = record.failure or text("delivery.failed")
        if entry.is_alternative and reason.key == RENDERED_NOTHING:
            failure = failure or reason
            continue
        failure = reason
        first = reason if first is None or first.key == NOTHING_TO_TELL else first
        at_work = at_work or (isinstance(entry, AgentStep) and may_be_at_work(entry))
        if is_unconfirmed(reason):
            break
    return Exhausted(first, at_work, heard)


def _entries(step: Step, record_of: Callable[[StepRef], StepRecord | None]) -> Iterator[Step]:
    """A step and its alternatives; behind an agent step that met a busy session, what it says then."""
    for entry in (step, *step.alternatives):
        yield entry
        if isinstance(entry, AgentStep) and entry.busy_reply is not None:
            record = record_of(StepRef.of(entry))
            if record is not None and record.failure is not None and record.failure.key == SESSION_BUSY:
                yield entry.busy_reply


def _counts_for_the_sender(step: Step) -> bool:
    """Whether the guard of a reply has no room because the sender, or their conversation, has read it already."""
    return isinstance(step, ReplyStep) and step.guard is not None and step.guard.scope != "step"
