"""The journal's log: copied beside the commits, begun anew, and nothing acknowledged is lost on the way, whatever comes between."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import NewEntry, SqliteJournal
from prx_dingtalk_router.delivery.journal import Ended, Retried
from prx_dingtalk_router.delivery.journal.sqlite import checkpoints, connections, pruning, tidying
from prx_dingtalk_router.delivery.journal.sqlite.checkpoints import Checkpoints
from prx_dingtalk_router.errors import JournalUnavailable
from prx_dingtalk_router.message import Message
from tests.small_disk import fill_up, small_disk

ROUNDS = 3
ENDED_MS = 1_000
NUMBERS = itertools.count()


def _new(msg_id, state="queued"):
    return NewEntry(
        Decision(Message(msg_id, "bot", "cid", group=False, sender="lin"), "sha256:0", "r"), "{}", state
    )


@pytest.fixture
def path(tmp_path):
    """Where the journal is."""
    return tmp_path / "prx-router.db"


@pytest.fixture
def hasty(monkeypatch):
    """Checkpoints that follow each other closely, and a log that is long soon."""
    monkeypatch.setattr(checkpoints, "SHORTEST_PAUSE", 0.001)
    monkeypatch.setattr(checkpoints, "LONGEST_PAUSE", 0.001)
    monkeypatch.setattr(checkpoints, "PAUSE_AFTER_TROUBLE", 0.001)
    monkeypatch.setattr(checkpoints, "LONG", 20)
    monkeypatch.setattr(checkpoints, "BUSY", 40)
    monkeypatch.setattr(tidying, "LOOK_SECONDS", 0.001)


async def _claimed(path, retention=1e10):
    journal = SqliteJournal(path, retention)
    await journal.claim()
    journal._keeping_tidy.cancel()  # nothing goes but when a test says so
    return journal


def _generation(path):
    """What SQLite changes in the header of the log whenever it begins anew."""
    with path.with_name(f"{path.name}-wal").open("rb") as log:
        return log.read(32)[16:24]


def _size(path):
    return path.with_name(f"{path.name}-wal").stat().st_size


def _ids(path):
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {msg_id for (msg_id,) in file.execute("SELECT msg_id FROM entry")}


KILLED = """
import asyncio, itertools, pathlib, sys, time
from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import NewEntry, SqliteJournal
from prx_dingtalk_router.delivery.journal import Ended, Retried
from prx_dingtalk_router.delivery.journal.sqlite import checkpoints, tidying
from prx_dingtalk_router.message import Message

checkpoints.SHORTEST_PAUSE = checkpoints.LONGEST_PAUSE = tidying.PAUSES = 0.0
checkpoints.LONG, checkpoints.BUSY, tidying.TIDY_SECONDS = 10, 20, 0.0

def new(number, each):
    message = Message(f"{sys.argv[2]}-{number}-{each}", "bot", "cid", group=False)
    return NewEntry(Decision(message, "sha256:0", "r"), "{}", "dropped" if each else "queued")

async def main():
    journal = SqliteJournal(pathlib.Path(sys.argv[1]), retention=0)
    await journal.claim()
    for number in itertools.count():
        now = time.time_ns() // 1_000_000
        await asyncio.gather(*(journal.store([new(number, each)], now) for each in range(9)))
        print(f"{sys.argv[2]}-{number}-0", flush=True)

asyncio.run(main())
"""


def test_who_is_killed_at_any_moment_loses_nothing_acknowledged(path):
    """Amid commits, checkpoints and removing: the next process has all that was told to be stored, and the file is whole."""
    acknowledged = set()
    for number in range(ROUNDS):
        command = [sys.executable, "-c", KILLED, str(path), str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            acknowledged |= {process.stdout.readline() for _ in range(50 + 37 * number)}
            process.kill()
            acknowledged |= set(process.stdout)
    kept = {f"{msg_id}\n" for msg_id in _ids(path)}
    whole = {line for line in acknowledged if line.endswith("\n")}
    assert len(whole) > 50 * ROUNDS
    assert whole <= kept


def test_whoever_writes_to_the_database_waits_for_the_disk(path):
    """The log may begin anew only when what was copied from it is on the disk, else a power cut loses what it held."""
    for connect in (connections.connect_to_write, connections.connect_to_checkpoint):
        with closing(connect(path)) as connection:
            assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


async def test_the_log_begins_anew_however_busy_the_writer_is(path, hasty):
    """Commits that leave no moment between them do not make it grow for ever."""
    journal = await _claimed(path)
    await journal.store([_new("first")], 1)
    seen = {_generation(path)}

    async def write(name):
        number = 0
        while len(seen) < 4:
            await journal.store([_new(f"{name}-{number}")], 1)
            number += 1
            seen.add(_generation(path))

    await asyncio.gather(*(write(name) for name in "abc"))
    assert _size(path) < 1_000 * 4_096
    await journal.close()
    assert "first" in _ids(path)


async def test_the_writer_makes_a_moment_without_a_commit(path, monkeypatch):
    """Where the log is busy it copies what is left of it between two commits; the next one begins it anew."""
    monkeypatch.setattr(Checkpoints, "start", lambda self: None)
    journal = await _claimed(path)
    await journal.store([_new("1")], 1)
    generation = _generation(path)
    await journal.store([_new("2")], 1)
    assert _generation(path) == generation
    journal._checkpoints._note(checkpoints.BUSY + 1, 0)
    await journal.store([_new("3")], 1)
    await journal.store([_new("4")], 1)
    assert _generation(path) != generation
    await journal.close()


async def test_nothing_is_left_beside_a_journal_that_is_closed(path):
    """The log is in the database, and nobody works on it any more."""
    journal = await _claimed(path)
    await journal.store([_new("1")], 1)
    await journal.close()
    assert {each.name for each in path.parent.iterdir()} == {path.name, f"{path.name}.lock"}
    assert "journal-checkpoints" not in {thread.name for thread in threading.enumerate()}


async def test_commits_copy_nothing_while_the_log_is_short(path, monkeypatch):
    """Who stores waits for the log alone; only a log that nobody else has copied is copied by a commit."""
    monkeypatch.setattr(Checkpoints, "start", lambda self: None)
    monkeypatch.setattr(connections, "LOG_PAGES", 200)
    journal = await _claimed(path)
    before = path.read_bytes()
    number = 0
    while _size(path) < 190 * 4_096:
        await journal.store([_new(f"{number}")], 1)
        number += 1
        if _size(path) < 190 * 4_096:
            assert path.read_bytes() == before
    assert number > 20
    generation = _generation(path)
    while _generation(path) == generation:
        await journal.store([_new(f"{number}")], 1)
        number += 1
    assert _size(path) < 250 * 4_096
    await journal.close()


async def test_removing_does_not_make_a_log_grow_that_somebody_holds(path, hasty):
    """While another program reads the journal as it was, old messages stay, and new ones are stored; then they go."""
    journal = await _claimed(path, retention=0)
    await journal.store([_new(str(number), "dropped") for number in range(3_000)], ENDED_MS)
    with closing(sqlite3.connect(path, isolation_level=None)) as shell:
        shell.execute("BEGIN")
        assert shell.execute("SELECT count(*) FROM entry").fetchone() == (3_000,)
        removing = asyncio.create_task(journal.tidy())
        left, same = -1, 0
        while same < 20:
            assert (await journal.store([_new(f"meanwhile-{next(NUMBERS)}")], 1))[0].new
            before, left = left, (await journal.counts())["dropped"]
            same = same + 1 if left == before else 0
        assert left > 1_000
        assert not removing.done()
        shell.execute("COMMIT")
    await removing
    assert (await journal.counts())["dropped"] <= 1
    generation = _generation(path)
    while _generation(path) == generation:
        await journal.store([_new(f"after-{next(NUMBERS)}")], 1)
    await journal.close()


async def test_a_log_that_goes_on_growing_is_told(path, hasty, monkeypatch, caplog):
    """Once, and again only when it has doubled; and that it is over."""
    monkeypatch.setattr(checkpoints, "MUCH", 60)
    journal = await _claimed(path)
    await journal.store([_new("first")], 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as shell:
        shell.execute("BEGIN")
        shell.execute("SELECT * FROM entry").fetchall()
        while _told(caplog, "journal-log-long") < 2:
            await journal.store([_new(f"{next(NUMBERS)}")], 1)
        assert _size(path) > 120 * 4_096
        shell.execute("COMMIT")
    while not _told(caplog, "journal-copied"):
        await journal.heartbeat()
    assert _told(caplog, "journal-log-long") == 2
    await journal.close()


def _told(caplog, key):
    return sum(record.msg.key == f"delivery.{key}" for record in caplog.records)


async def test_trouble_is_told_once_and_nothing_is_removed_meanwhile(path, monkeypatch, caplog):
    """Another trouble is told as well, and that it is over; removing would make the log grow that cannot be copied."""
    monkeypatch.setattr(Checkpoints, "start", lambda self: None)
    monkeypatch.setattr(tidying, "LOOK_SECONDS", 0.001)
    journal = await _claimed(path, retention=0)
    await journal.store([_new(str(number), "dropped") for number in range(10)], ENDED_MS)
    for key in ("journal-full", "journal-full", "journal-broken"):
        journal._checkpoints._tell_trouble(text(f"delivery.{key}", path="p", why="w"))
    removing = asyncio.create_task(journal.tidy())
    for _ in range(20):
        await journal.heartbeat()
    assert (await journal.counts())["dropped"] == 10
    journal._checkpoints._tell_trouble(None)
    await removing
    assert (await journal.counts())["dropped"] == 1
    assert (_told(caplog, "journal-not-copied"), _told(caplog, "journal-copied")) == (2, 1)
    await journal.close()


async def test_a_disk_that_fills_up_beside_the_commits_is_told(tmp_path, hasty, caplog):
    """What a checkpoint has no room for stays in the log; nothing is called stored that is not, and all goes on with room again."""
    with small_disk(tmp_path / "disk") as disk:
        path = disk / "prx-router.db"
        journal = await _claimed(path, retention=0)
        stored = set()

        async def store():
            msg_id = f"m{len(stored)}"
            await journal.store([_new(msg_id)], 1)
            stored.add(msg_id)

        await store()
        with closing(sqlite3.connect(path, isolation_level=None)) as shell:
            shell.execute("BEGIN")
            shell.execute("SELECT * FROM entry").fetchall()
            while _size(path) < 1_000_000:
                await store()
            ballast = fill_up(disk)
            shell.execute("COMMIT")
        while not _told(caplog, "journal-not-copied"):
            await journal.counts()
        with contextlib.suppress(JournalUnavailable):  # there may be room in the log, but not for ever
            while True:
                await store()
        ballast.unlink()
        while not _told(caplog, "journal-copied"):
            await journal.counts()
        await store()
        await journal.close()
        assert _ids(path) == stored
    assert _told(caplog, "journal-not-copied") == 1


async def test_a_message_that_is_tried_again_is_not_removed(path):
    """What was found to be over may not be by the time that it is removed, or has ended anew."""
    journal = await _claimed(path)
    dead, again, over = (
        each.entry
        for each in await journal.store([_new("1", "dead"), _new("2", "dead"), _new("3", "dropped")], 1)
    )
    await journal.apply(dead, [Retried(None)])
    await journal.apply(await journal.apply(again, [Retried(None)]), [Ended("done", None, 3)])
    found = [each.arrival for each in (dead, again, over)]
    await journal._write(lambda connection: pruning.remove_old_entries(connection, found, 2))
    assert [(await journal.get(each.key)) is None for each in (dead, again, over)] == [False, False, True]
    await journal.close()


async def test_arrival_numbers_only_grow(path):
    """Also where everything is over and a new process begins."""
    journal = await _claimed(path, retention=0)
    await journal.store([_new(str(number), "dropped") for number in range(3)], ENDED_MS)
    await journal.tidy()
    await journal.close()
    journal = await _claimed(path)
    (after,) = await journal.store([_new("after")], 1)
    assert after.entry.arrival == 4
    await journal.close()


async def test_what_is_not_over_is_passed_by(path):
    """However many messages that go on are older than one that has ended, that one goes; so does what ended late."""
    journal = await _claimed(path, retention=0)
    await journal.store([_new(f"open-{number}") for number in range(250)], 1)
    await journal.store([_new(f"over-{number}", "dropped") for number in range(250)], 1)
    await journal.store([_new("last")], 2)
    await journal.tidy()
    assert _ids(path) == {"last", *(f"open-{number}" for number in range(250))}
    await journal.close()


async def test_room_is_used_again(path):
    """A journal into which as much comes as is removed has a size."""
    journal = await _claimed(path, retention=0)
    sizes = []
    for number in range(6):
        await journal.store([_new(f"{number}-{each}", "dropped") for each in range(400)], ENDED_MS)
        await journal.tidy()
        sizes += [
            await journal._read(lambda connection: connection.execute("PRAGMA page_count").fetchone()[0])
        ]
    assert sizes[-1] <= 1.2 * sizes[1]
    await journal.close()
