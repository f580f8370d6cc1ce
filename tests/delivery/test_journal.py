"""The journal in memory: once, in order, within limits."""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import EntryKey, MemoryJournal
from prx_dingtalk_router.delivery.journal import (
    GuardKey,
    Identity,
    Lane,
    Person,
    StepRecord,
    StepRef,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.windows import Windows
from prx_dingtalk_router.message import Message

STEP = StepRef("r", "1")
LANE = Lane("desk", "s")


def _decision(msg_id, robot="bot", created=0):
    return Decision(Message(msg_id, robot, "cid", group=False, created_at_ms=created), "sha256:0", "r")


async def _stored(journal, msg_id, created=0):
    return (await journal.store(_decision(msg_id, created=created), "{}", 1)).entry.key


async def test_a_message_is_kept_once_per_robot():
    """The key is (robot, message id): the same id for another robot is another message."""
    journal = MemoryJournal()
    first = await journal.store(_decision("m"), "{}", 1)
    again = await journal.store(_decision("m"), "{}", 2)
    other = await journal.store(_decision("m", robot="bot2"), "{}", 3)
    assert (first.new, again.new, other.new) == (True, False, True)
    assert again.entry == first.entry
    assert [entry.arrival for entry in await journal.unfinished()] == [1, 2]


async def test_finished_entries_leave_after_the_retention():
    """What ended is forgotten after the retention; what has not is never."""
    journal = MemoryJournal(retention=10.0)
    done, running = await _stored(journal, "a"), await _stored(journal, "b")
    await journal.finish(done, "done", None, 1_000)
    await journal.store(_decision("c"), "{}", 10_999)
    assert await journal.get(done) is not None
    await journal.store(_decision("d"), "{}", 11_001)
    assert await journal.get(done) is None
    assert await journal.get(running) is not None


async def test_states_are_counted():
    """Counts name every state, and the dead come with their reason."""
    journal = MemoryJournal()
    key = await _stored(journal, "a")
    await _stored(journal, "b")
    await journal.bury(_decision("c"), "{}", text("delivery.undecided"), 5)
    await journal.record_step(key, STEP, StepRecord("performed"))
    assert await journal.counts() == {"queued": 1, "running": 1, "done": 0, "dropped": 0, "dead": 1}
    assert [entry.reason.key for entry in await journal.dead()] == ["delivery.undecided"]


async def test_a_revived_message_keeps_what_was_done():
    """Reviving forgets failures and supersedes turns without an answer; what was performed stays."""
    journal = MemoryJournal()
    key = await _stored(journal, "a")
    other = StepRef("r", "2")
    await journal.record_step(key, STEP, StepRecord("performed"))
    await journal.record_step(key, other, StepRecord("failed", failure=text("delivery.failed")))
    await journal.record_turn(key, TurnRecord(other, LANE, "k", b"{}", 1, state="failed"))
    assert await journal.revive(key) is None
    await journal.finish(key, "dead", text("delivery.failed"), 5)
    entry = await journal.revive(key)
    assert (entry.state, set(entry.steps), entry.turns[0].state) == ("queued", {STEP}, "superseded")


async def test_what_is_over_holds_no_bodies_and_no_answers():
    """Of an entry that ended nothing is carried out again, so what was said is not kept twice; a dead one keeps it."""
    for state, body, answer in (("done", b"", None), ("dropped", b"", None), ("dead", b"{}", "好")):
        journal = MemoryJournal()
        key = await _stored(journal, "a")
        turn = TurnRecord(STEP, LANE, "k", b"{}", 1, state="answered", answer="好")
        await journal.record_turn(key, turn)
        await journal.finish(key, state, None, 5)
        (kept,) = (await journal.get(key)).turns
        assert (kept.key, kept.state, kept.body, kept.answer) == ("k", "answered", body, answer)


async def test_only_a_dead_entry_is_given_up():
    """What is queued, done or unknown stays as it is."""
    journal = MemoryJournal()
    key = await _stored(journal, "a")
    assert not await journal.give_up(key, 5)
    await journal.finish(key, "dead", text("delivery.undecided"), 5)
    assert await journal.give_up(key, 6)
    assert not await journal.give_up(key, 7)
    assert ((await journal.get(key)).state, (await journal.get(key)).finished_at_ms) == ("dropped", 6)


async def test_a_lane_is_sorted_and_one_at_a_time():
    """The earliest by (createAt, arrival) goes next, but does not overtake the one at the agent."""
    journal = MemoryJournal()
    keys = {
        name: await _stored(journal, name, created) for name, created in [("late", 9), ("b", 5), ("a", 5)]
    }
    order = []

    async def through(name):
        await journal.await_turn(LANE, keys[name])
        order.append(name)

    for name in keys:
        assert await journal.enter(LANE, keys[name], None)
    await asyncio.wait_for(through("b"), 5)
    early = keys["early"] = await _stored(journal, "early", 1)
    assert await journal.enter(LANE, early, None)
    waits = [asyncio.create_task(through(name)) for name in ("late", "a", "early")]
    await asyncio.sleep(0)
    assert order == ["b"]
    for name in ("b", "early", "a"):
        await journal.leave(LANE, keys[name])
        for _ in range(3):
            await asyncio.sleep(0)
    await asyncio.gather(*waits)
    assert order == ["b", "early", "a", "late"]


async def test_the_first_of_a_lane_is_waited_for():
    """While the first is not ready yet, the second does not go before it; when it leaves, it does."""
    journal = MemoryJournal()
    first, second = await _stored(journal, "1", 1), await _stored(journal, "2", 2)
    await journal.enter(LANE, first, None)
    await journal.enter(LANE, second, None)
    waiting = asyncio.create_task(journal.await_turn(LANE, second))
    await asyncio.sleep(0)
    assert not waiting.done()
    await journal.leave(LANE, first)
    await asyncio.wait_for(waiting, 5)


async def test_so_many_may_wait():
    """Besides the one whose turn it is `waiting` may wait; the next has no place, and lanes do not share places."""
    journal = MemoryJournal()
    keys = [await _stored(journal, str(number), number) for number in range(4)]
    assert [await journal.enter(LANE, key, 2) for key in keys] == [True, True, True, False]
    assert await journal.enter(LANE, keys[0], 0)
    assert await journal.enter(Lane("desk", "other"), keys[3], 0)


async def test_forget_counts_once_a_step():
    """A new generation begins with every `forget`, once for a step however often it is carried out."""
    journal = MemoryJournal()
    lin, wang = Person("bot", "cid", "lin"), Person("bot", "cid", "wang")
    first, second = await _stored(journal, "1"), await _stored(journal, "2")
    assert (await journal.generation(lin, 9)).person == 0
    await journal.forget(lin, first, STEP)
    assert (await journal.forget(lin, first, STEP)).person == 1
    shared = await journal.forget(wang, second, STEP)
    assert (shared.person, shared.conversation) == (1, 2)
    assert (await journal.generation(lin, 9)).conversation == 1


async def test_forget_is_for_what_arrives_after_it():
    """An entry sees what was said to be forgotten until it arrived, in whatever order that is carried out."""
    journal = MemoryJournal()
    lin = Person("bot", "cid", "lin")
    first, second, third = [await _stored(journal, msg_id) for msg_id in "123"]
    await journal.forget(lin, third, STEP)
    assert [(await journal.generation(lin, arrival)).person for arrival in (1, 2, 3)] == [0, 0, 1]
    await journal.forget(lin, second, STEP)
    seen = [await journal.generation(lin, arrival) for arrival in (1, 2, 3)]
    assert [(each.person, each.conversation) for each in seen] == [(0, 0), (1, 2), (2, 1)]
    assert (await journal.get(first)).arrival == 1


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 4),
    st.integers(1, 50),
    st.lists(st.tuples(st.integers(0, 30_000), st.booleans()), min_size=1, max_size=60),
)
def test_no_window_holds_more_than_its_guard_allows(count, per, attempts):
    """Whatever comes when, no window of `per` seconds holds more than `count` steps, and a free one is not refused."""
    windows, guard, now, taken = Windows(), GuardKey(STEP), 0, []
    for number, (pause, released) in enumerate(attempts):
        now += pause
        key = EntryKey("bot", str(number))
        room = sum(now - per * 1000 < at for at in taken) < count
        assert windows.take(guard, key, count, per, now) is room
        if room and released:
            windows.release(guard, key)
        elif room:
            taken.append(now)
    for start in taken:
        assert sum(start <= at < start + per * 1000 for at in taken) <= count


def test_guards_count_for_themselves():
    """Counters of other scopes and steps are not touched, and an entry that is counted keeps its count."""
    windows = Windows()
    one, two = EntryKey("bot", "1"), EntryKey("bot", "2")
    assert windows.take(GuardKey(STEP, "lin"), one, 1, 60, 0)
    assert windows.take(GuardKey(STEP, "lin"), one, 1, 60, 1)
    assert not windows.take(GuardKey(STEP, "lin"), two, 1, 60, 1)
    assert windows.take(GuardKey(STEP, "wang"), two, 1, 60, 1)
    assert windows.take(GuardKey(StepRef("r", "2"), "lin"), two, 1, 60, 1)


def test_a_process_is_told_by_pid_and_by_when_it_began():
    """The same pid with a younger start is another process, as in a container."""
    seen = Identity(1, 100, 1_000_000)
    assert Identity(1, 160, 1_060_900).continues(seen)
    assert not Identity(2, 160, 1_060_000).continues(seen)
    assert not Identity(1, 110, 1_060_000).continues(seen)
    assert not Identity(1, 3, 1_060_000).continues(seen)
    # A process that was restarted right after its start: its age went down, though it began at about the same time.
    assert not Identity(1, 0, 1_001_000).continues(Identity(1, 1, 1_000_000))
