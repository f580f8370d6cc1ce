"""How far a message is."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.decision.model import AgentStep, Decision
from prx_dingtalk_router.delivery.dispatch.progress import Progress
from prx_dingtalk_router.delivery.journal import Entry, EntryKey, Lane, StepRef, TurnRecord
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.settings import AgentSettings

STEP = AgentStep(rule="r", position="1", agent="desk", timeout=1.0, session="sender")
PLAIN, SAFE = (AgentSettings(url="http://127.0.0.1:1", retry_safe=safe) for safe in (False, True))


@pytest.mark.parametrize(
    ("state", "agents", "expected"),
    [
        (None, {"desk": PLAIN}, False),
        ("prepared", {"desk": PLAIN}, False),
        ("not-started", {"desk": PLAIN}, False),
        ("superseded", {"desk": PLAIN}, False),
        *((state, {"desk": PLAIN}, True) for state in ("sent", "accepted", "answered", "failed", "unknown")),
        ("failed", {"desk": SAFE}, False),
        ("failed", {}, True),
        ("sent", {}, True),
    ],
)
def test_who_may_be_at_work(state, agents, expected):
    """Whoever was sent something and is not marked as safe, also if the configuration does not know them any more."""
    turns = (
        () if state is None else (TurnRecord(StepRef("r", "1"), Lane("desk", "s"), "k", b"", 1, state=state),)
    )
    decision = Decision(Message("m", "b", "c", group=False), "", "r", steps=(STEP,))
    entry = Entry(EntryKey("b", "m"), decision, 1, 1, turns=turns)
    assert Progress(entry, agents).may_be_at_work(STEP) is expected
