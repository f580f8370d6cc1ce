"""What is worth a message to the owner, and what stands in it."""

from __future__ import annotations

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.catalogue import LANGUAGES, text
from prx_dingtalk_router.delivery import (
    Accepted,
    AgentEnded,
    AgentFault,
    BudgetNearlySpent,
    BudgetSpent,
    Dead,
    Meter,
    StepFailed,
)
from prx_dingtalk_router.service.notify.happenings import of_budget, of_delivery, of_reload
from prx_dingtalk_router.service.notify.notices import Notice
from prx_dingtalk_router.service.reload.finding import unusable
from prx_dingtalk_router.service.reload.outcomes import RefusedReload, Unchanged

WHICH: dict[str, Any] = {"robot": "ding1", "msg_id": "msgAbC==", "at_ms": 0}
STEP: dict[str, Any] = {**WHICH, "rule": "vpn", "position": "1"}
FAULT = text("delivery.misconfigured")


@pytest.mark.parametrize(
    "notice",
    [
        of_delivery(Dead(**WHICH, reason=text("delivery.webhook-expired"), rule="vpn")),
        of_delivery(Dead(**WHICH, reason=text("delivery.undecided"))),
        of_delivery(AgentFault(**STEP, agent="helpdesk", reason=FAULT)),
        of_delivery(
            AgentEnded(**STEP, agent="hr", result="not-started", seconds=1, reason=FAULT, alert=True)
        ),
        of_reload(RefusedReload(0, "watch", "", (unusable(text("cli.no-rules")),), 3, None)),
        of_budget(BudgetNearlySpent(meter=Meter.API, month="2026-11", used=4000, limit=5000, expected=6100)),
        of_budget(
            BudgetNearlySpent(
                meter=Meter.WEBHOOK_AND_STREAM, month="2026-11", used=2400, limit=3000, expected=3100
            )
        ),
        of_budget(BudgetSpent(meter=Meter.API, month="2026-11", used=5000, limit=5000)),
        of_budget(
            BudgetSpent(
                meter=Meter.WEBHOOK_AND_STREAM, month="2026-11", used=2400, limit=3000, says_dingtalk=True
            )
        ),
    ],
    ids=lambda notice: f"{notice.kind}-{notice.about}",
)
def test_trouble_is_told_in_plain_words(notice: Notice, snapshot: SnapshotAssertion) -> None:
    """In both languages, with what to do."""
    assert [notice.sentence.render(language) for language in LANGUAGES] == snapshot


@pytest.mark.parametrize(
    "event",
    [
        Accepted(**WHICH),
        StepFailed(**STEP, reason=FAULT),
        AgentEnded(**STEP, agent="hr", result="failed", seconds=1, reason=FAULT),
    ],
)
def test_what_happens_daily_is_not(event: Any) -> None:
    """Steps that fail have their `else`; a reload that changes nothing is no trouble."""
    assert of_delivery(event) is None
    assert of_reload(Unchanged("sha256:0")) is None
