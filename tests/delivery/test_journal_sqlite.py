"""The journal in a SQLite file: what is on the disk stays, and trouble with the disk is said, never hidden."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
import sys

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import NewEntry, SqliteJournal
from prx_dingtalk_router.delivery.journal import (
    Ended,
    Forgotten,
    GuardKey,
    Person,
    RoomTaken,
    SentWords,
    StepChanged,
    StepRecord,
    StepRef,
)
from prx_dingtalk_router.delivery.journal.sqlite import connections
from prx_dingtalk_router.errors import JournalError, JournalUnavailable
from prx_dingtalk_router.message import Message

STEP = StepRef("r", "1")
LIN = Person("bot", "cid", "lin")
PERFORMED = StepChanged(STEP, StepRecord("performed"))


def _new(msg_id="m", **fields):
    return NewEntry(
        Decision(Message(msg_id, "bot", "cid", group=False, sender="lin", **fields), "sha256:0", "r"), "{}"
    )


@pytest.fixture
def path(tmp_path):
    """Where the journal is."""
    return tmp_path / "prx-router.db"


class Still:
    """A clock that stands still, also for who sleeps on it."""

    def __init__(self):
        self.ms = 1_788_200_000_000

    def now_ms(self):
        """Unix time in milliseconds."""
        return self.ms

    async def sleep(self, seconds):
        """Wait for ever."""
        await asyncio.Event().wait()


async def _claimed(path, retention=1e10, **fields):
    journal = SqliteJournal(path, retention, **fields)
    await journal.claim()
    return journal


async def _refusal(awaitable):
    with pytest.raises(JournalError) as caught:
        await awaitable
    assert str(caught.value)
    return caught.value.text.key


async def test_everything_outlasts_the_process(path):
    """Entries, counts of guards and new beginnings are there for the next router on the same file."""
    clock = Still()
    journal = await _claimed(path, clock=clock)
    first, second = (stored.entry for stored in await journal.store([_new("1"), _new("2")], clock.ms))
    room = RoomTaken(GuardKey(STEP), 1, 60, clock.ms)
    kept = await journal.apply(first, [room, Forgotten(LIN, STEP), PERFORMED])
    await journal.close()
    journal = await _claimed(path, clock=clock)
    assert await journal.unfinished() == [kept, second]
    assert await journal.apply(second, [room]) is None
    assert journal.generation(LIN, second.arrival).person == 1
    again, third = await journal.store([_new("1"), _new("3")], 1)
    assert (again.new, third.new) == (False, True)
    assert third.entry.arrival > second.arrival
    await journal.close()


async def test_calls_of_one_moment_share_a_commit(path):
    """However many wait, the log grows by few commits, and each caller gets its own result in its own order."""
    journal = await _claimed(path)
    stored = await asyncio.gather(*(journal.store([_new(str(n))], n) for n in range(600)))
    assert [each[0].entry.arrival for each in stored] == list(range(1, 601))
    entries = [each[0].entry for each in stored]
    after = await asyncio.gather(*(journal.apply(entry, [PERFORMED]) for entry in entries))
    assert {entry.state for entry in after} == {"running"}
    assert await journal.counts() == {"queued": 0, "running": 600, "done": 0, "dropped": 0, "dead": 0}
    await journal.close()


async def test_one_without_room_is_undone_alone(path):
    """In a group of calls one gets the last room, those that find none are not kept, and the others are, each once."""
    journal = await _claimed(path)
    first, second, third, fourth = [
        stored.entry for stored in await journal.store([_new(str(n)) for n in range(4)], 1)
    ]
    room = RoomTaken(GuardKey(STEP, ""), 1, 60, 1)
    forgets = Forgotten(LIN, STEP)
    got = await asyncio.gather(
        journal.apply(first, [PERFORMED, room]),
        journal.apply(second, [PERFORMED, room]),
        journal.apply(third, [forgets]),
        journal.apply(fourth, [forgets, room]),
    )
    assert [entry is not None for entry in got] == [True, False, True, False]
    assert [await journal.get(entry.key) for entry in (first, second, third, fourth)] == [
        got[0],
        second,
        got[2],
        fourth,
    ]
    assert journal.generation(LIN, fourth.arrival + 1).person == 1
    await journal.close()


async def test_one_that_fails_fails_alone(path):
    """In a group of calls a refused one undoes nothing of the others."""
    journal = await _claimed(path)
    entries = [stored.entry for stored in await journal.store([_new("1"), _new("2"), _new("3")], 1)]
    stale = await journal.apply(entries[1], [PERFORMED])
    results = await asyncio.gather(
        *(journal.apply(entry, [PERFORMED]) for entry in entries), return_exceptions=True
    )
    assert [isinstance(result, JournalError) for result in results] == [False, True, False]
    assert await journal.get(stale.key) == stale
    await journal.close()


async def test_a_second_router_is_refused_and_told_who_has_it(path):
    """The journal is for one process at a time; the other one is named, and free again once that has ended."""
    holder = (
        "import asyncio, sys, pathlib\n"
        "from prx_dingtalk_router.delivery import SqliteJournal\n"
        "async def main():\n"
        "    journal = SqliteJournal(pathlib.Path(sys.argv[1])); await journal.claim()\n"
        "    print('claimed', flush=True); sys.stdin.readline()\n"
        "asyncio.run(main())\n"
    )
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", holder, str(path), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert await other.stdout.readline() == b"claimed\n"
    try:
        with pytest.raises(JournalError) as caught:
            await _claimed(path)
        assert caught.value.text.key == "delivery.journal-taken"
        assert f"{other.pid} (" in str(caught.value)
        assert caught.value.exit_code == 3
    finally:
        other.kill()
        await other.communicate()
    journal = await _claimed(path)
    assert await _refusal(_claimed(path)) == "delivery.journal-taken"
    await journal.close()


async def test_only_its_owner_can_read_it(path):
    """The file and what SQLite puts beside it are mode 0600, also if the file was there with a wider one."""
    path.touch(0o644)
    path.chmod(0o644)
    journal = await _claimed(path)
    await journal.store([_new()], 1)
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert set(modes) >= {path.name, f"{path.name}-wal", f"{path.name}-lock".replace("-lock", ".lock")}
    assert set(modes.values()) == {0o600}
    await journal.close()


async def test_a_full_disk_is_said_and_nothing_is_lost(path, monkeypatch):
    """What does not fit raises, is not kept, and can be stored once there is room; what was there stays."""
    journal = await _claimed(path)
    (kept,) = await journal.store([_new("before")], 1)
    pages = []

    def limit(most):
        def change(connection):
            pages.append(connection.execute(f"PRAGMA max_page_count = {most}").fetchone()[0])

        return change

    await journal._write(limit(1))
    big = _new("big", text="字" * 100_000)
    assert await _refusal(journal.store([big], 1)) == "delivery.journal-full"
    assert await journal.get(big.key) is None
    assert await _refusal(asyncio.wait_for(journal.store([big], 1), 10)) == "delivery.journal-full"
    await journal._write(limit(1_000_000))
    (stored,) = await journal.store([big], 1)
    assert stored.new
    assert await journal.get(kept.key) == kept.entry
    await journal.close()


async def test_somebody_else_s_lock_is_said(path, monkeypatch):
    """While another program holds the file nothing is kept, and looking says so, too; afterwards it is. It may pass."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    journal = await _claimed(path)
    shell = sqlite3.connect(path, isolation_level=None)
    shell.execute("BEGIN IMMEDIATE")
    assert await _refusal(journal.store([_new()], 1)) == "delivery.journal-locked"
    with pytest.raises(JournalUnavailable, match="locked"):
        await journal.heartbeat()
    shell.execute("COMMIT")
    shell.close()
    await journal.heartbeat()
    assert (await journal.store([_new()], 1))[0].new
    await journal.close()


async def test_looking_writes(path):
    """A heartbeat that wrote nothing would find a full disk well; each one adds to the log of the file."""
    journal = await _claimed(path)
    log = path.with_name(f"{path.name}-wal")
    sizes = []
    for _ in range(3):
        await journal.heartbeat()
        sizes.append(log.stat().st_size)
    assert sizes[0] < sizes[1] < sizes[2]
    await journal.close()


@pytest.mark.parametrize("gone", ["file", "log", "replaced"])
async def test_a_file_that_is_gone_keeps_nothing_any_more(path, gone):
    """What is written to a file that was removed or replaced is lost, so it is never called stored."""
    journal = await _claimed(path)
    await journal.store([_new("before")], 1)
    target = path.with_name(f"{path.name}-wal") if gone == "log" else path
    if gone == "replaced":
        shutil.copy(path, path.with_name("copy"))
        path.with_name("copy").replace(path)
    else:
        target.unlink()
    assert await _refusal(journal.store([_new("after")], 1)) == "delivery.journal-gone"
    assert await _refusal(journal.heartbeat()) == "delivery.journal-gone"
    await journal.close()


async def test_a_damaged_file_is_said(path):
    """Garbage instead of a database, or in the middle of one, is never taken for an empty journal."""
    path.write_bytes(os.urandom(20_000))
    assert await _refusal(_claimed(path)) == "delivery.journal-corrupt"
    path.unlink()
    journal = await _claimed(path)
    await journal.store([_new(str(n), text="字" * 500) for n in range(200)], 1)
    await journal.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    assert await _refusal(_claimed(path)) == "delivery.journal-corrupt"


async def test_a_place_that_cannot_be_is_said(tmp_path):
    """A folder that is missing, a file in the way, a folder instead of a file."""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for place in ("missing/j.db", "file/j.db", "folder"):
        assert await _refusal(_claimed(tmp_path / place)) == "delivery.journal-unopened"


async def test_another_program_s_database_is_left_alone(path):
    """A SQLite file with tables of its own is no journal."""
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    before = path.read_bytes()
    assert await _refusal(_claimed(path)) == "delivery.journal-foreign"
    assert path.read_bytes()[100:] == before[100:]


async def test_what_a_newer_version_stored_is_refused(path):
    """An unknown form of a decision ends in a sentence, and stays as it is."""
    journal = await _claimed(path)
    await journal.store([_new()], 1)
    await journal.close()
    with sqlite3.connect(path) as file:
        file.execute("""UPDATE entry SET decision = '{"form":9}'""")
    file.close()
    journal = await _claimed(path)
    assert await _refusal(journal.unfinished()) == "decision.newer-form"
    await journal.close()


async def test_webhooks_are_gone_from_the_file_once_they_are_not_needed(path):
    """A session webhook is kept while a reply may be needed and it lives; then the file does not hold it."""
    clock = Still()
    journal = await _claimed(path, clock=clock)
    now = clock.now_ms()
    fields = {"session_webhook": "https://x/s3cr3t", "session_webhook_expires_ms": now + 1000}
    done, dead, late = (
        each.entry for each in await journal.store([_new(name, **fields) for name in "abc"], now)
    )
    await journal.apply(done, [Ended("done", None, now)])
    await journal.apply(dead, [Ended("dead", text("delivery.failed"), now)])
    ended = NewEntry(_new("d", **fields).decision, "", "dropped")
    await journal.store([ended], now)

    async def kept():
        entries = [await journal.get(key) for key in (done.key, dead.key, late.key, ended.key)]
        return [bool(entry.decision.message.session_webhook) for entry in entries]

    assert await kept() == [False, True, True, False]
    await journal.close()
    clock.ms = now + 2000
    journal = await _claimed(path, clock=clock)
    await journal.tidy()
    assert await kept() == [False, False, False, False]
    await journal.close()
    assert b"s3cr3t" not in path.read_bytes()


async def test_what_ended_leaves_after_the_retention(path):
    """What is over is removed with its steps and turns; what is not over never is, and a known message is new again."""
    clock = Still()
    journal = await _claimed(path, retention=10, clock=clock)
    start = clock.now_ms()
    entries = [each.entry for each in await journal.store([_new(str(n)) for n in range(600)], start)]
    await asyncio.gather(
        *(journal.apply(each, [PERFORMED, Ended("done", None, start)]) for each in entries[1:])
    )
    await journal.store([_new("last")], start)
    await journal.tidy()
    assert (await journal.counts())["done"] == 599
    clock.ms = start + 10_001
    await journal.tidy()
    assert (await journal.counts())["done"] == 0
    assert [each.key.msg_id for each in await journal.unfinished()] == ["0", "last"]
    (again,) = await journal.store([_new("1")], start)
    assert again.new
    await journal.close()
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT count(*) FROM step").fetchone() == (0,)
    file.close()


async def test_what_the_robot_said_leaves_after_the_retention(path):
    """The oldest first, and what is younger stays."""
    clock = Still()
    journal = await _claimed(path, retention=10, clock=clock)
    start = clock.now_ms()
    await journal.keep_sent([SentWords("bot", "cid", start, "旧", f"k{n}") for n in range(600)])
    await journal.keep_sent([SentWords("bot", "cid", start + 5_000, "新", "new")])
    clock.ms = start + 10_001
    await journal.tidy()
    assert [await journal.sent_as("bot", key) is None for key in ("k0", "k599", "new")] == [True, True, False]
    await journal.close()


async def test_what_was_asked_for_at_the_last_moment_is_kept(path):
    """Who closes the journal in the same moment in which something is asked of it waits for that."""
    journal = await _claimed(path)
    (stored,) = await journal.store([_new()], 1)
    asked = journal.apply(stored.entry, [PERFORMED])
    await journal.close()
    assert (await asked).state == "running"
    journal = await _claimed(path)
    assert (await journal.get(stored.key)).steps[STEP] == PERFORMED.record
    await journal.close()


async def test_after_close_nothing_is_kept(path):
    """Whoever comes too late is told."""
    journal = await _claimed(path)
    await journal.close()
    assert await _refusal(journal.store([_new()], 1)) == "delivery.journal-closed"
    assert await _refusal(journal.unfinished()) == "delivery.journal-closed"
    await journal.close()
