"""What is logged of delivery: each event in one line."""

from __future__ import annotations

from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery import (
    Accepted,
    AgentEnded,
    AgentFault,
    AgentStarted,
    BudgetEvent,
    BudgetSpent,
    Dead,
    DeliveryEvent,
    Done,
    Dropped,
    LateAnswer,
    Limited,
    ReactionChanged,
    Repeated,
    Replied,
    Resumed,
    StepFailed,
    StepStarted,
    advice_on,
)
from prx_dingtalk_router.service.bounded_log import BoundedLog
from prx_dingtalk_router.service.log_lines import Level, PlainFields
from prx_dingtalk_router.service.logs import log, log_plain


def log_budget(event: BudgetEvent) -> None:
    """Log that most of a month is used, or all of it."""
    if isinstance(event, BudgetSpent):
        log(
            "error",
            "budget-spent",
            what=event.meter.value,
            used=event.used,
            limit=event.limit,
            source="dingtalk" if event.says_dingtalk else "count",
            month=event.month,
            remedy=text(f"service.remedy-budget-spent.{event.meter.value}"),
        )
        return
    log(
        "warning",
        "budget",
        what=event.meter.value,
        used=event.used,
        limit=event.limit,
        expected=event.expected,
        month=event.month,
        remedy=text("service.remedy-budget"),
    )


class _SentFields(PlainFields, frozen=True):
    """What is logged of a reply that was taken."""

    msg_id: str
    rule: str
    route: str
    result: str
    reason: str


class DeliveryLog:
    """Logs events of delivery; when thousands of messages fail at once, not a line each."""

    def __init__(self) -> None:
        self._dead = BoundedLog("dead", "dead-more")
        self._failed = BoundedLog("step-failed", "step-failed-more", "warning")
        self._unanswered = BoundedLog("agent-ended", "agent-ended-more", "warning")
        self._alerts = BoundedLog("agent-ended", "agent-ended-more")
        self._left = BoundedLog("reaction-left", "reaction-left-more", "warning")

    def close(self) -> None:
        """Tell what was only counted so far."""
        for each in (self._unanswered, self._alerts, self._failed, self._left, self._dead):
            each.tell()

    def tell(self, event: DeliveryEvent) -> None:
        """Log what an operator may want to know of a delivery event; the others are debugging matters."""
        match event:
            case Accepted() | Dropped(at_once=True) | StepStarted() | Done():
                return  # the lines of its decision and of its replies say so; most events are these
            case Replied(result="sent"):
                log_plain("replied", _SentFields(event.msg_id, event.rule, event.route, event.result, ""))
            case AgentStarted():
                log("info", "agent-started", msg_id=event.msg_id, agent=event.agent, session=event.session)
            case AgentEnded(result="answered"):
                log("info", "agent-ended", **_turn_of(event), reason="")
            case AgentEnded(reason=reason):
                failed = self._alerts if event.alert else self._unanswered
                failed.log(reason, remedy=advice_on(reason) if event.alert else None, **_turn_of(event))
            case AgentFault():
                log(
                    "error",
                    "agent-fault",
                    msg_id=event.msg_id,
                    agent=event.agent,
                    reason=event.reason,
                    remedy=advice_on(event.reason),
                )
            case Replied():
                # Of a step that failed by it, or a message that is dead by it, more is told.
                unsent: Level = "warning" if event.purpose in ("notice", "failure") else "debug"
                log(
                    unsent,
                    "replied",
                    msg_id=event.msg_id,
                    rule=event.rule,
                    route=event.route,
                    result=event.result,
                    reason=event.reason or "",
                )
            case Limited():
                log("info", "limited", msg_id=event.msg_id, rule=event.rule, position=event.position)
            case StepFailed():
                self._failed.log(
                    event.reason, remedy=advice_on(event.reason), msg_id=event.msg_id, rule=event.rule
                )
            case ReactionChanged(alert=True):
                log(
                    "warning",
                    "reaction-refused",
                    msg_id=event.msg_id,
                    reason=event.reason or "",
                    remedy=advice_on(event.reason),
                )
            case ReactionChanged(result="left"):
                self._left.log(event.reason, msg_id=event.msg_id)
            case LateAnswer():
                log("warning", "late-answer", msg_id=event.msg_id, agent=event.agent)
            case Repeated():
                log("warning", "repeated", msg_id=event.msg_id, rule=event.rule, part=event.part)
            case Resumed():
                log("info", "resumed", msg_id=event.msg_id)
            case Dropped():
                log("info", "dropped", msg_id=event.msg_id, reason=event.reason or "")
            case Dead():
                self._dead.log(event.reason, remedy=advice_on(event.reason), msg_id=event.msg_id)
            case _:
                return


def _turn_of(event: AgentEnded) -> dict[str, Any]:
    return {
        "msg_id": event.msg_id,
        "agent": event.agent,
        "result": event.result,
        "seconds": round(event.seconds, 2),
    }
