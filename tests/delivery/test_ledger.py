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
from prx_dingtalk_router.errors import JournalUnavailable
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


async def test_changes_of_one_moment_build_on_each_other(ledger, journal):
    """Whoever asks while another change is being kept, cancelled or not, sees what that comes to, and nothing is in conflict."""
    first, *others = [
        asyncio.create_task(ledger.apply(StepChanged(STEP, StepRecord("sending", part)))) for part in range(5)
    ]
    await asyncio.sleep(0)
    first.cancel()
    assert all(await asyncio.gather(*others))
    seen = []
    assert not await ledger.apply_while(lambda kept: seen.append(kept.revision), StopAsked())
    assert seen == [5]
    assert (await journal.get(ledger.entry.key)) == ledger.entry


async def test_what_the_journal_refuses_is_asked_again(ledger, journal, hand_clock, monkeypatch):
    """A journal that is busy for a moment costs a moment; what was asked for is kept, once."""
    works, apply = journal.apply, []

    async def refuse(entry, changes):
        apply.append(changes)
        if len(apply) < 3:
            raise JournalUnavailable("delivery.journal-locked", path="j")
        return await works(entry, changes)

    monkeypatch.setattr(journal, "apply", refuse)
    assert await ledger.apply(StepChanged(STEP, StepRecord("sending", 1)))
    assert hand_clock.slept
    assert (await journal.get(ledger.entry.key)).revision == 1
    assert len(apply) == 3


async def test_nothing_is_kept_of_a_turn_whose_message_has_ended(ledger, journal):
    """Whoever stops it at the moment of its end changes nothing, and the journal has no conflict to complain of."""
    row = LedgerRow(ledger, NEW)
    await row.keep(state="accepted", job_id="j")
    await asyncio.gather(ledger.apply(Ended("done", None, 9)), row.keep(cancel_asked=True))
    entry = await journal.get(ledger.entry.key)
    assert (entry.state, entry.turn(STEP).cancel_asked) == ("done", False)
    assert not await ledger.apply_while(lambda kept: kept.state == "running", StopAsked())
