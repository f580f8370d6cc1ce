"""Changes of many messages that are kept together: the same as if each were kept by itself."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import NewEntry, SqliteJournal
from prx_dingtalk_router.delivery.journal import (
    Ended,
    Forgotten,
    GuardKey,
    Lane,
    Person,
    RoomReturned,
    RoomTaken,
    StepChanged,
    StepRecord,
    StepRef,
    StopAsked,
    TurnChanged,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.sqlite import applying
from prx_dingtalk_router.errors import JournalError
from prx_dingtalk_router.message import Message

STEPS = [StepRef("r", "1"), StepRef("r", "2")]
GUARD = GuardKey(STEPS[0])

_RECORDS = st.builds(
    StepRecord,
    st.sampled_from(["sending", "performed", "failed"]),
    st.integers(0, 3),
    st.sampled_from([None, text("delivery.reply-unknown")]),
    st.booleans(),
)
_CHANGES = st.one_of(
    st.builds(StepChanged, st.sampled_from(STEPS), _RECORDS),
    st.builds(StepChanged, st.sampled_from(STEPS), _RECORDS),
    st.builds(Ended, st.sampled_from(["done", "dropped"]), st.none() | st.just("limited"), st.integers(2, 9)),
    st.builds(Ended, st.just("dead"), st.just(text("delivery.defect")), st.integers(2, 9)),
    st.builds(StopAsked, st.sampled_from(["cancelled", "replaced"])),
    st.builds(
        lambda step: TurnChanged(TurnRecord(step, Lane("a", "s"), "k", b"{}", 1)), st.sampled_from(STEPS)
    ),
    st.just(RoomTaken(GUARD, 1, 60, 1_000)),
    st.just(RoomReturned(GUARD)),
    st.builds(Forgotten, st.just(Person("bot", "cid", "u")), st.sampled_from(STEPS)),
)
_CALLS = st.lists(
    st.tuples(st.integers(0, 4), st.booleans(), st.lists(_CHANGES, min_size=1, max_size=3)), max_size=12
)


class AtOne:
    """A clock that stands still, for who sleeps on it, too."""

    def now_ms(self):
        """Unix time in milliseconds."""
        return 1

    async def sleep(self, seconds):
        """Wait for ever."""
        await asyncio.Event().wait()


def _new(number):
    webhook = f"https://oapi.dingtalk.com/?session={number}"
    return NewEntry(
        Decision(Message(f"m{number}", "bot", "cid", group=False, session_webhook=webhook), "s", "r")
    )


async def _outcomes(journal, rounds):
    """What each call came to, calls of a round made at the same moment, and what is kept at the end."""
    await journal.claim()
    entries = {
        n: stored.entry for n, stored in enumerate(await journal.store([_new(n) for n in range(5)], 1))
    }
    met = []
    for calls in rounds:
        # Two rooms in one call are nothing that anybody may ask for.
        asked = [
            (n, stale, [c for i, c in enumerate(cs) if not isinstance(c, RoomTaken) or i == 0])
            for n, stale, cs in calls
        ]
        asked = [(n, stale, cs) for n, stale, cs in asked if cs]
        before = dict(entries)
        got = await asyncio.gather(
            *(_apply(journal, before[n], stale, changes) for n, stale, changes in asked)
        )
        for (n, _, _), result in zip(asked, got, strict=True):
            if result is not None and not isinstance(result, str):
                entries[n] = result
        met.append(got)
    kept = [await journal.get(entries[n].key) for n in range(5)]
    await journal.close()
    return met, kept


async def _apply(journal, entry, stale, changes):
    try:
        return await journal.apply(replace(entry, revision=7) if stale else entry, changes)
    except JournalError as problem:
        return problem.text.key


@settings(deadline=None, max_examples=25)
@given(st.lists(_CALLS, max_size=3))
async def test_together_is_the_same_as_one_by_one(rounds):
    """Whatever happens to messages at the same moment, stale and impossible changes among them, comes to the same.

    So it does where Python runs with a SQLite that is too old to change many rows with one statement.
    """
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        together = await _outcomes(SqliteJournal(Path(folder) / "a.db", clock=AtOne()), rounds)
        patch.setattr(applying, "_CAN_JOIN", False)
        assert await _outcomes(SqliteJournal(Path(folder) / "b.db", clock=AtOne()), rounds) == together


async def test_many_changes_need_few_statements(tmp_path):
    """A hundred messages that go on at the same moment cost a handful of statements, and each is kept."""
    journal = SqliteJournal(tmp_path / "a.db", clock=AtOne())
    await journal.claim()
    entries = [stored.entry for stored in await journal.store([_new(n) for n in range(100)], 1)]
    said: list[str] = []
    await journal._writer.submit(lambda connection: connection.set_trace_callback(said.append))
    changes = [StepChanged(STEPS[0], StepRecord("performed")), Ended("done", None, 5)]
    after = await asyncio.gather(*(journal.apply(entry, changes) for entry in entries))
    await journal._writer.submit(lambda connection: connection.set_trace_callback(None))
    assert [entry.state for entry in after] == ["done"] * 100
    assert (await journal.counts())["done"] == 100
    assert sum(line.startswith(("UPDATE", "INSERT")) for line in said) < 40
    await journal.close()


async def test_what_is_over_keeps_nothing_that_only_carrying_it_out_needed(tmp_path):
    """Messages that end at the same moment lose session webhooks and what was said to agents, as each by itself would."""
    journal = SqliteJournal(tmp_path / "a.db", clock=AtOne())
    await journal.claim()
    entries = [stored.entry for stored in await journal.store([_new(n) for n in range(4)], 1)]
    turn = TurnChanged(TurnRecord(STEPS[0], Lane("a", "s"), "k", b"said", 1))
    entries[0] = await journal.apply(entries[0], [turn])
    ends = [Ended("done", None, 5), Ended("dropped", "limited", 5), Ended("done", None, 5)]
    ends.append(Ended("dead", text("delivery.defect"), 5))
    await asyncio.gather(*(journal.apply(entry, [end]) for entry, end in zip(entries, ends, strict=True)))
    webhooks = "SELECT webhook IS NULL FROM entry ORDER BY arrival"
    kept = await journal._writer.submit(lambda connection: connection.execute(webhooks).fetchall())
    assert kept == [(1,), (1,), (1,), (0,)]
    bodies = await journal._writer.submit(
        lambda connection: connection.execute("SELECT body FROM turn").fetchall()
    )
    assert bodies == [(b"",)]
    await journal.close()


async def test_what_fails_after_it_wrote_is_undone_alone(tmp_path):
    """Of operations with one commit, one that fails in its midst leaves nothing, and costs the others nothing."""
    journal = SqliteJournal(tmp_path / "a.db", clock=AtOne())
    await journal.claim()
    entries = [stored.entry for stored in await journal.store([_new(n) for n in range(3)], 1)]

    def write_and_fail(connection):
        connection.execute("UPDATE entry SET state = 'dead'")
        raise ValueError("no")

    first = journal.apply(entries[0], [Ended("done", None, 5)])
    last = journal.apply(entries[1], [Ended("done", None, 5)])
    results = await asyncio.gather(
        first, journal._writer.submit(write_and_fail), last, return_exceptions=True
    )
    assert isinstance(results[1], ValueError)
    assert [(await journal.get(entry.key)).state for entry in entries] == ["done", "done", "queued"]
    await journal.close()
