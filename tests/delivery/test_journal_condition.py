"""Trouble of the journal that passes is outlasted; what does not pass ends everything, once."""

from __future__ import annotations

import asyncio
import logging
import sqlite3

import pytest

from prx_dingtalk_router.delivery import Done, SqliteJournal, StepStarted
from prx_dingtalk_router.delivery.dispatch.journal_condition import LONGEST_PAUSE, JournalCondition
from prx_dingtalk_router.delivery.journal.sqlite import connections
from prx_dingtalk_router.errors import JournalError, JournalUnavailable

FULL = JournalUnavailable("delivery.journal-full", path="j.db")
GONE = JournalError("delivery.journal-gone", path="j.db")


@pytest.fixture
async def condition(hand_clock):
    """The condition of a journal; ``ended`` counts how often its failure was announced."""
    made = JournalCondition(hand_clock, lambda: made.ended.append(True))
    made.ended = []
    return made


async def settle():
    """Let everybody have a few turns."""
    for _ in range(10):
        await asyncio.sleep(0)


def answering(*answers):
    """A call that answers so, one after the other."""
    left = list(answers)

    async def call():
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return call


async def test_a_call_is_made_again_until_it_is_kept(condition, hand_clock, caplog):
    """After pauses that grow to five seconds; the trouble is readable meanwhile, and logged once, as is its end."""
    caplog.set_level(logging.WARNING)
    assert await condition.outlast(answering(*[FULL] * 8, "kept")) == "kept"
    assert hand_clock.slept == [0.25, 0.5, 1.0, 2.0, 4.0, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert condition.trouble is None
    assert [record.msg.key for record in caplog.records] == [
        "delivery.journal-trouble",
        "delivery.journal-works",
    ]
    condition.refused(FULL)
    assert condition.trouble == FULL.text
    assert not condition.failure.done()


async def test_what_is_kept_for_one_wakes_all(world, monkeypatch):
    """Nobody sleeps on once somebody found that the journal works."""
    condition = JournalCondition(world.clock, lambda: None)
    monkeypatch.setattr("prx_dingtalk_router.delivery.dispatch.journal_condition.FIRST_PAUSE", 3600.0)
    waiting = asyncio.create_task(condition.outlast(answering(FULL, "kept")))
    await settle()
    assert condition.trouble == FULL.text
    condition.kept()
    assert await waiting == "kept"


async def test_a_failure_for_good_is_announced_once(condition, caplog):
    """Whoever meets it first announces it, in the log too; the others only raise."""
    for _ in range(3):
        with pytest.raises(JournalError):
            await condition.outlast(answering(GONE))
        condition.refused(GONE)
    assert (condition.ended, condition.failure.result()) == ([True], GONE)
    assert [record.msg.key for record in caplog.records] == ["delivery.journal-failed"]


async def test_nothing_is_tried_again_once_the_process_ends(condition):
    """Whoever waits for the journal then is cancelled, and so is who begins to."""
    condition.let_go()
    with pytest.raises(asyncio.CancelledError):
        await condition.outlast(answering(FULL))
    assert await condition.outlast(answering("kept")) == "kept"


@pytest.fixture
async def locked_journal(world, tmp_path, monkeypatch):
    """A journal in a file, and a shell that can lock it."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.02)
    journal = world.journal = SqliteJournal(tmp_path / "j.db")
    await journal.claim()
    shell = sqlite3.connect(tmp_path / "j.db", isolation_level=None)
    yield shell
    shell.close()
    for dispatcher in world.dispatchers:
        await dispatcher.stop(drain=0)
    await journal.close()


async def test_a_locked_journal_holds_messages_up_and_loses_none(world, reply_step, locked_journal):
    """Nothing is said whose record is not kept, nothing new is accepted, and all goes on when the lock is gone."""
    dispatcher = world.start(speed=50)
    message = world.message()

    def lock(event):
        if isinstance(event, StepStarted):
            locked_journal.execute("BEGIN IMMEDIATE")

    dispatcher._observers = (*dispatcher._observers, lock)
    await dispatcher.accept(world.decision(reply_step(), message=message))
    await world.watch.until(StepStarted)
    late = world.decision(reply_step("晚"))
    with pytest.raises(JournalUnavailable):
        await dispatcher.accept(late)
    await dispatcher.heartbeat()
    assert dispatcher.journal_trouble.key == "delivery.journal-locked"
    assert (world.chat.texts, world.watch.of(Done)) == ([], [])
    dispatcher._observers = dispatcher._observers[:1]
    locked_journal.execute("COMMIT")
    assert isinstance(await world.watch.ended(message.msg_id), Done)
    assert dispatcher.journal_trouble is None
    await dispatcher.accept(late)
    await dispatcher.idle()
    assert world.chat.texts == ["收到", "晚"]


async def test_a_turn_is_not_asked_while_its_row_is_not_kept(world, agent_step, locked_journal):
    """The ledger comes before the request, however long that takes; the turn is asked once."""
    prx = await world.agent()
    dispatcher = world.start(speed=50)

    def lock(event):
        if isinstance(event, StepStarted):
            locked_journal.execute("BEGIN IMMEDIATE")

    dispatcher._observers = (*dispatcher._observers, lock)
    decision = world.decision(agent_step())
    await dispatcher.accept(decision)
    await world.watch.until(StepStarted)
    await dispatcher.heartbeat()
    assert dispatcher.journal_trouble is not None
    assert prx.turns == []
    locked_journal.execute("COMMIT")
    assert isinstance(await world.watch.ended(decision.message.msg_id), Done)
    assert len(prx.turns) == 1


async def test_a_stop_does_not_wait_for_a_journal_that_keeps_nothing(world, reply_step, locked_journal):
    """After the drain what waits is let go; the next process has it as it was stored."""
    dispatcher = world.start()
    decision = world.decision(reply_step())

    def lock(event):
        if isinstance(event, StepStarted):
            locked_journal.execute("BEGIN IMMEDIATE")

    dispatcher._observers = (*dispatcher._observers, lock)
    await dispatcher.accept(decision)
    await world.watch.until(StepStarted)
    await dispatcher.stop(drain=0.05)
    locked_journal.execute("COMMIT")
    assert world.chat.texts == []
    assert [entry.key.msg_id for entry in await world.journal.unfinished()] == [decision.message.msg_id]
