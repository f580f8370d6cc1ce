"""One writer of what is kept of a message."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import NewEntry
from prx_dingtalk_router.delivery.dispatch.journal_condition import JournalCondition
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger, LedgerRow
from prx_dingtalk_router.delivery.journal import (
    Ended,
    Lane,
    StepChanged,
    StepRecord,
    StepRef,
    StopAsked,
    TurnRecord,
)
from prx_dingtalk_router.message import Message

STEP = StepRef("r", "1")
NEW = TurnRecord(STEP, Lane("desk", "s"), "key", b"{}", 1)


@pytest.fixture
async def ledger(journal, hand_clock):
    """The ledger of a message that was just stored."""
    decision = Decision(Message("m", "bot", "cid", group=False), "sha256:0", "r")
    (stored,) = await journal.store([NewEntry(decision)], 1)
    return Ledger(journal, JournalCondition(hand_clock, lambda: None), hand_clock, stored.entry)


async def test_fields_of_a_row_that_change_side_by_side_are_all_kept(ledger, journal):
    """Whoever changes one knows nothing of the other; nobody writes an older copy over what is kept."""
    row = LedgerRow(ledger, NEW)
    await row.keep(state="sent", sent_at_ms=5)
    again = LedgerRow(ledger, NEW)
    await asyncio.gather(
        row.keep(state="accepted", job_id="j"),
        again.keep(noticed=True),
        ledger.apply(StepChanged(STEP, StepRecord("sending", 1))),
        row.keep(cancel_asked=True),
    )
    kept = (await journal.get(ledger.entry.key)).turn(STEP)
    assert row.record == again.record == kept
    assert (kept.state, kept.job_id, kept.sent_at_ms) == ("accepted", "j", 5)
    assert (kept.noticed, kept.cancel_asked) == (True, True)


async def test_whoever_gives_up_waiting_takes_nothing_back(ledger, journal):
    """A change that was asked for is kept though nobody waits for it any more, and what follows builds on it."""
    row = LedgerRow(ledger, NEW)
    asking = asyncio.create_task(row.keep(state="sent", sent_at_ms=5))
    await asyncio.sleep(0)
    asking.cancel()
    await row.keep(noticed=True)
    kept = (await journal.get(ledger.entry.key)).turn(STEP)
    assert (kept.state, kept.noticed) == ("sent", True)


async def test_nothing_is_kept_of_a_turn_whose_message_has_ended(ledger, journal):
    """Whoever stops it at the moment of its end changes nothing, and the journal has no conflict to complain of."""
    row = LedgerRow(ledger, NEW)
    await row.keep(state="accepted", job_id="j")
    await asyncio.gather(ledger.apply(Ended("done", None, 9)), row.keep(cancel_asked=True))
    entry = await journal.get(ledger.entry.key)
    assert (entry.state, entry.turn(STEP).cancel_asked) == ("done", False)
    assert not await ledger.apply_while(lambda kept: kept.state == "running", StopAsked())
