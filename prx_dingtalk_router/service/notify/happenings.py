"""From what happens in the router to what its owner is told: the one place that decides what is worth a message."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery import (
    AgentEnded,
    AgentFault,
    BudgetEvent,
    BudgetSpent,
    Dead,
    DeliveryEvent,
    advice_on,
)
from prx_dingtalk_router.service.notify.notices import Notice
from prx_dingtalk_router.service.reload.outcomes import RefusedReload


def of_delivery(event: DeliveryEvent) -> Notice | None:
    """A message that is dead, or an agent that only an operator can mend."""
    match event:
        case Dead():
            sentence = text(
                "service.notify.dead",
                msg_id=event.msg_id,
                rule=event.rule or "-",
                reason=event.reason,
                remedy=_remedy(event.reason),
            )
            return Notice("dead", sentence)
        case AgentFault() | AgentEnded(alert=True):
            sentence = text(
                "service.notify.agent-fault",
                agent=event.agent,
                reason=event.reason or "",
                remedy=_remedy(event.reason),
            )
            return Notice("agent", sentence, event.agent)
        case _:
            return None


def of_reload(outcome: object) -> Notice | None:
    """A reload that was refused, whoever asked for it."""
    if not isinstance(outcome, RefusedReload):
        return None
    first = text("service.reload.words", words=str(outcome.findings[0]) if outcome.findings else "-")
    return Notice("reload-refused", text("service.notify.reload-refused", errors=outcome.errors, first=first))


def of_budget(event: BudgetEvent) -> Notice:
    """Most of a month's calls are used, or all of them; each is told at once."""
    meter = text(f"service.notify.meter.{event.meter.value}")
    if isinstance(event, BudgetSpent):
        remedy = text(f"service.remedy-budget-spent.{event.meter.value}")
        key = "service.notify.budget-used-up" if event.says_dingtalk else "service.notify.budget-spent"
        sentence = text(key, meter=meter, used=event.used, limit=event.limit, remedy=remedy)
        return Notice("budget", sentence, f"{event.meter.value}-spent")
    sentence = text(
        "service.notify.budget", meter=meter, used=event.used, limit=event.limit, expected=event.expected
    )
    return Notice("budget", sentence, event.meter.value)


def _remedy(reason: Text | None) -> Text | str:
    advice = advice_on(reason)
    return text("service.remedy", remedy=advice) if advice is not None else ""
