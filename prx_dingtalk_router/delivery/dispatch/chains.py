"""A ``then`` step and its ``else`` steps: which is tried, and what the chain comes to (language.md section 7).

The chain knows nothing of how steps are performed: that is behind ``Performer``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import AgentStep, BoundStep, DropStep, ReplyStep
from prx_dingtalk_router.delivery.dispatch.failures import NOTHING_TO_TELL, RENDERED_NOTHING


@dataclass(frozen=True, slots=True)
class Performed:
    """The entry was carried out."""


@dataclass(frozen=True, slots=True)
class RefusedByGuard:
    """The guard of the entry has no room."""


@dataclass(frozen=True, slots=True)
class NotDone:
    """The entry failed.

    Attributes:
        reason: why; safe to show.
        at_work: an agent may have begun, or may still be at it, and is not marked as safe to run again: nobody else may be
            asked instead.
        final: nothing else of the chain may be tried.
    """

    reason: Text
    at_work: bool = False
    final: bool = False


Result = Performed | RefusedByGuard | NotDone


class Performer(Protocol):
    """Carries out one entry of a chain."""

    async def perform(self, step: BoundStep, failure: Text | None) -> Result:
        """Perform ``step``; ``failure`` says why the one before it was not done."""


@dataclass(frozen=True, slots=True)
class Done:
    """``step`` of the chain was performed."""

    step: BoundStep

    @property
    def dropped(self) -> bool:
        """Whether that was a ``drop``."""
        return isinstance(self.step, DropStep)


@dataclass(frozen=True, slots=True)
class Exhausted:
    """Nothing of the chain could be performed.

    Attributes:
        reason: why; None when guards alone refused.
        at_work: an agent may have begun, or may still be at it.
        heard: a reply was not sent because its guard says that this conversation was told enough lately.
    """

    reason: Text | None
    at_work: bool = False
    heard: bool = False


async def follow(step: BoundStep, performer: Performer) -> Done | Exhausted:
    """Try a step and then its alternatives, until one is performed.

    ``else reply`` and ``else drop`` cover every failure; ``else agent`` only one that left nobody at work. A reply that
    renders nothing is passed over: what failed before it is what the next one is told. The reason of an exhausted chain is
    that of its first failure; that there was nothing to tell an agent only if nothing else failed.
    """
    failure: Text | None = None
    first: Text | None = None
    at_work = heard = False
    for entry in (step, *step.alternatives):
        if at_work and isinstance(entry, AgentStep):
            continue
        match await performer.perform(entry, failure):
            case Performed():
                return Done(entry)
            case RefusedByGuard():
                failure = text("delivery.limited")
                heard = heard or _counts_for_the_sender(entry)
            case NotDone(reason) if entry.is_alternative and reason.key == RENDERED_NOTHING:
                failure = failure or reason
            case NotDone(reason, started, final):
                failure = reason
                first = reason if first is None or first.key == NOTHING_TO_TELL else first
                at_work = at_work or started
                if final:
                    break
    return Exhausted(first, at_work, heard)


def _counts_for_the_sender(step: BoundStep) -> bool:
    """Whether the guard of a reply has no room because the sender, or their conversation, has read it already."""
    return isinstance(step, ReplyStep) and step.guard is not None and step.guard.scope != "step"
