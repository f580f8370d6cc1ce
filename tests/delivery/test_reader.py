"""Reading a journal from outside the router that holds it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import NewEntry, SqliteJournal
from prx_dingtalk_router.delivery.journal import (
    Lane,
    StepChanged,
    StepRecord,
    StepRef,
    TurnChanged,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.sqlite import reader
from prx_dingtalk_router.delivery.journal.sqlite.connections import connect_to_write
from prx_dingtalk_router.errors import JournalError
from prx_dingtalk_router.message import Message

STEP = StepRef("r", "1")
JOURNALS = Path(__file__).parent / "journals"


def _new(msg_id, sender="lin", robot="bot"):
    return NewEntry(
        Decision(Message(msg_id, robot, "cid", group=False, sender=sender), "sha256:0", "r"), "{}"
    )


@pytest.fixture
async def path(tmp_path):
    """A journal with four messages, closed."""
    made = tmp_path / "j.db"
    journal = SqliteJournal(made, retention=1e9)
    await journal.claim()
    for at_ms, new in enumerate([_new("a"), _new("b", "wei"), _new("a", robot="bot2"), _new("c")], start=1):
        (stored,) = await journal.store([new], at_ms)
    turn = TurnRecord(STEP, Lane("desk", "s"), "k", b"{}", 7, state="accepted", at_ms=9)
    record = StepRecord("sending", 1, route="api", begun_at_ms=5, at_ms=6, due_at_ms=7)
    await journal.apply(stored.entry, [StepChanged(STEP, record), TurnChanged(turn)])
    await journal.close()
    return made


def _files(path):
    return {
        each.name: (each.stat().st_size, each.stat().st_mtime_ns)
        for each in path.parent.iterdir()
        if not each.name.endswith("-shm")  # which every reader of a journal in use has its mark in
    }


async def test_messages_are_found(path):
    """By id, for every robot; by time; by person; and what is not over."""
    assert [each.key.robot for each in reader.entries_of_message(path, "a")] == ["bot", "bot2"]
    assert reader.entries_of_message(path, "z") == []
    assert [each.key.msg_id for each in reader.entries_since(path, 2)] == ["b", "a", "c"]
    assert [each.key.msg_id for each in reader.entries_since(path, 0, "wei")] == ["b"]
    assert len(list(reader.entries_open(path))) == 4


async def test_times_and_routes_are_kept(path):
    """What is kept for people alone comes back as it was."""
    (entry,) = reader.entries_of_message(path, "c")
    record, (turn,) = entry.steps[STEP], entry.turns
    assert (record.route, record.begun_at_ms, record.at_ms, record.due_at_ms) == ("api", 5, 6, 7)
    assert turn.at_ms == 9


async def test_looking_writes_nothing(path):
    """Neither the journal changes nor the folder, whether a router has it open or not."""
    before = set(path.parent.iterdir())
    list(reader.entries_since(path, 0))
    assert set(path.parent.iterdir()) == before
    with closing(connect_to_write(path)) as router:
        router.execute("BEGIN IMMEDIATE")
        router.execute("DELETE FROM entry WHERE msg_id = 'b'")
        while_open = _files(path)
        assert len(list(reader.entries_since(path, 0))) == 4
        router.execute("COMMIT")  # nobody held it up
        assert len(list(reader.entries_since(path, 0))) == 3
        assert set(_files(path)) == set(while_open)


def test_an_earlier_version_is_read_as_it_is(tmp_path):
    """What it has no column for is as if nothing were known; the file stays one of that version."""
    path = tmp_path / "j.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript((JOURNALS / "v1.sql").read_text("utf-8"))
    (running,) = reader.entries_of_message(path, "running")
    assert (running.steps[StepRef("ask", "1")].at_ms, running.cancelled) == (0, False)
    assert running.turns[0].job_id == "job1"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_another_file_is_refused(tmp_path):
    """With a sentence."""
    path = tmp_path / "j.db"
    path.write_text("no journal")
    with pytest.raises(JournalError):
        reader.entries_of_message(path, "a")
