"""Who is left in silence by a message that came to nothing, and what they are told (language.md section 7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from prx_dingtalk_router.catalogue import Language, Text, text
from prx_dingtalk_router.decision.model import DENIED, AgentStep, BoundStep, Decision, DropStep, ReplyStep
from prx_dingtalk_router.delivery.dispatch.chains import Exhausted, Performed
from prx_dingtalk_router.delivery.dispatch.failures import is_out_of_reach, is_unconfirmed
from prx_dingtalk_router.delivery.journal import StepRecord, StepRef
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.text.folding import is_cjk

# A word of English has small letters; `VPN` and `OPS-42` are in nobody's language.
_ENGLISH = re.compile(r"[a-z]{2}")


class Silence:
    """Follows what a message makes the router say, and knows at the end whether its sender is still waiting for words.

    Args:
        decision: what is carried out.
        record_of: how far a step is, as far as anything is known of it.
    """

    def __init__(self, decision: Decision, record_of: Callable[[StepRef], StepRecord | None]) -> None:
        self._decision = decision
        self._record_of = record_of
        self._unanswered: BoundStep | None = decision.steps[0] if decision.steps else None
        self._heard = False

    def begins(self, step: BoundStep) -> None:
        """A chain begins. What was said before it, such as "got it, one moment", is no answer any more."""
        if isinstance(step, (AgentStep, ReplyStep)):
            self._unanswered, self._heard = step, False

    def ends(self, result: Performed | Exhausted) -> None:
        """A chain has ended."""
        if isinstance(result, Exhausted):
            self._heard = result.heard
        elif isinstance(result.step, (AgentStep, ReplyStep, DropStep)):
            self._unanswered = None

    def is_left(self, reason: Text | None = None) -> bool:
        """Whether the sender heard nothing of what failed, and can be told.

        Not where something was said, or may have been, or was said lately; nor where nothing can be said for the same
        reason; nor to those whom the baseline refused.

        Args:
            reason: why the message ended, where that is an own reason beside those of its steps.
        """
        step = self._unanswered
        if step is None or self._heard or self._decision.by == DENIED:
            return False
        records = list(self._records(step))
        reasons = [reason, *(record.failure for record in records)]
        return not any(record.parts for record in records) and not any(
            is_unconfirmed(each) or is_out_of_reach(each) for each in reasons if each is not None
        )

    def _records(self, step: BoundStep) -> Iterator[StepRecord]:
        for each in (step, *step.alternatives):
            said_busy = each.busy_reply if isinstance(each, AgentStep) else None
            for ref in [StepRef.of(each), *([StepRef.of(said_busy)] if said_busy is not None else [])]:
                record = self._record_of(ref)
                if record is not None:
                    yield record


def worded(key: str, message: Message) -> str:
    """A sentence of the catalogue in the language of the words of a message; Chinese where they are in none."""
    return text(key).render(_language_of(message.text or message.quoted))


def _language_of(words: str) -> Language:
    return "en" if _ENGLISH.search(words) and not any(map(is_cjk, words)) else "zh"
