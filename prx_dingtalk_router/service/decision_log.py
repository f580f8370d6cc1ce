"""What is logged of decisions: who asked where, what was decided by which rules, and how long it took; never what was said."""

from __future__ import annotations

import time
from collections import OrderedDict

from prx_dingtalk_router.decision.fingerprint import short
from prx_dingtalk_router.decision.model import DENIED
from prx_dingtalk_router.matching import Decision
from prx_dingtalk_router.service.logs import log

QUOTA_ALERT_SECONDS = 3600.0
REMEMBERED_SENDERS = 1000


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
        log(
            "info",
            "decided",
            msg_id=message.msg_id,
            by=decision.by or decision.reason or "-",
            outcome=decision.outcome,
            reason=decision.reason or "",
            via=",".join(decision.via),
            sender=message.sender_key,
            conversation=message.conversation,
            kind=message.kind,
            agents=",".join(decision.agents()),
            shadow=",".join(each.rule for each in decision.shadow),
            rules=short(decision.rules),
            created_at_ms=message.created_at_ms,
            took_ms=max(0, time.time_ns() // 1_000_000 - received_at_ms),
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
