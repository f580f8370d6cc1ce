"""What is logged of decisions: who asked where, what was decided by which rules, and how long it took; never what was said."""

from __future__ import annotations

import time
from collections import OrderedDict

from prx_dingtalk_router.decision.fingerprint import short
from prx_dingtalk_router.decision.model import DENIED, DropStep
from prx_dingtalk_router.matching import Decision
from prx_dingtalk_router.service.log_lines import PlainFields
from prx_dingtalk_router.service.logs import log, log_plain

QUOTA_ALERT_SECONDS = 3600.0
REMEMBERED_SENDERS = 1000


class DecisionFields(PlainFields, frozen=True):
    """What is logged of a decision; of lists, the names with commas between them.

    Attributes:
        msg_id: of the message.
        by: the rule that took it, or why none did.
        outcome: ``agent``, ``reply`` or ``drop``.
        reason: of a drop.
        via: the rules that it went through.
        sender: who wrote it.
        conversation: where.
        kind: of the conversation.
        agents: those that are asked.
        shadow: the shadow rules that hold.
        rules: the short fingerprint of the set.
        created_at_ms: when it was written, in Unix milliseconds.
        took_ms: milliseconds from when it came until it was acknowledged.
    """

    msg_id: str
    by: str
    outcome: str
    reason: str
    via: str
    sender: str
    conversation: str
    kind: str
    agents: str
    shadow: str
    rules: str
    created_at_ms: int
    took_ms: int


class DecisionLog:
    """Logs decisions, and what an operator should know of whole kinds of them only once in a while."""

    def __init__(self) -> None:
        self._quota_alert_due = 0.0
        self._refused: OrderedDict[str, None] = OrderedDict()

    def tell(self, decision: Decision, received_at_ms: int) -> None:
        """Log a decision that is stored and acknowledged.

        Args:
            decision: what was decided.
            received_at_ms: when its callback came, in Unix milliseconds.
        """
        message = decision.message
        if message.notice == "quota" and time.monotonic() >= self._quota_alert_due:
            # One alert for an operator, not one for each message of a month (dingtalk-stream.md section 9).
            self._quota_alert_due = time.monotonic() + QUOTA_ALERT_SECONDS
            log("error", "quota", msg_id=message.msg_id)
        log_plain(
            "decided",
            DecisionFields(
                message.msg_id,
                decision.by or decision.reason or "-",
                decision.outcome,
                decision.reason or "",
                ",".join(decision.via) if decision.via else "",
                message.sender_key,
                message.conversation,
                message.kind,
                "" if _only_drops(decision) else ",".join(decision.agents()),
                ",".join([each.rule for each in decision.shadow]) if decision.shadow else "",
                short(decision.rules),
                message.created_at_ms,
                max(0, time.time_ns() // 1_000_000 - received_at_ms),
            ),
        )
        if decision.by == DENIED:
            self._tell_refused(message.sender)

    def _tell_refused(self, sender: str) -> None:
        """Say once of each person how to admit them."""
        if not sender or sender in self._refused:
            return
        self._refused[sender] = None
        if len(self._refused) > REMEMBERED_SENDERS:
            self._refused.popitem(last=False)
        log("info", "sender-refused", sender=sender)


def _only_drops(decision: Decision) -> bool:
    """Whether no agent can be named, as there is nothing but a drop."""
    if len(decision.steps) != 1:
        return not decision.steps
    [step] = decision.steps
    return type(step) is DropStep and not step.alternatives
