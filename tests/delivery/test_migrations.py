"""From the tables of one version to those of the next."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery import SqliteJournal
from prx_dingtalk_router.delivery.journal import (
    CallDay,
    Identity,
    Person,
    StepChanged,
    StepRecord,
    StepRef,
    StopAsked,
)
from prx_dingtalk_router.delivery.journal.sqlite import migrations, schema
from prx_dingtalk_router.delivery.journal.sqlite.migrations import migrate
from prx_dingtalk_router.errors import JournalError

JOURNALS = Path(__file__).parent / "journals"
"""What earlier versions left, as SQL."""


@pytest.fixture
def path(tmp_path):
    """A journal of this version."""
    made = tmp_path / "j.db"
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        migrate(connection, made)
    return made


def _open(path):
    return closing(sqlite3.connect(path, isolation_level=None))


def test_an_earlier_version_is_brought_up_to_date(path, monkeypatch):
    """Step by step, in one transaction, with what is in it."""
    with _open(path) as connection:
        connection.execute(
            "INSERT INTO step (arrival, rule, position, state, parts) VALUES (1, 'r', '1', 'performed', 0)"
        )
    following = {
        schema.VERSION + 1: "ALTER TABLE step ADD COLUMN a TEXT",
        schema.VERSION + 2: "UPDATE step SET a = 'x'",
    }
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, **following})
    monkeypatch.setattr(migrations, "VERSION", schema.VERSION + 2)
    with _open(path) as connection:
        migrate(connection, path)
        assert connection.execute("SELECT rule, a FROM step").fetchall() == [("r", "x")]
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION + 2,)


def test_a_step_that_fails_changes_nothing(path, monkeypatch):
    """The tables stay those of the earlier version, so that it can go on."""
    statements = "ALTER TABLE step ADD COLUMN a TEXT; UPDATE nothing SET x = 1"
    monkeypatch.setattr(migrations, "STEPS", {schema.VERSION + 1: statements})
    monkeypatch.setattr(migrations, "VERSION", schema.VERSION + 1)
    with _open(path) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, path)
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert "a" not in [row[1] for row in connection.execute("PRAGMA table_info(step)")]


def test_a_newer_version_is_refused(path):
    """With both numbers, and untouched."""
    with _open(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
        with pytest.raises(JournalError) as caught:
            migrate(connection, path)
    assert caught.value.text.key == "delivery.journal-newer"
    assert caught.value.text.params["found"] == schema.VERSION + 1


def test_every_version_has_its_step():
    """Whoever changes the tables says how to get there from the version before."""
    assert set(migrations.STEPS) == set(range(2, schema.VERSION + 1))


def test_an_earlier_version_comes_to_the_same_tables_and_indexes(path, tmp_path):
    """A journal that was brought up to date is as fast as a new one."""
    old = tmp_path / "old.db"
    with _open(old) as connection:
        connection.executescript((JOURNALS / "v1.sql").read_text("utf-8"))
        migrate(connection, old)
        brought = connection.execute("SELECT type, name, tbl_name FROM sqlite_schema").fetchall()
    with _open(path) as connection:
        assert set(brought) == set(connection.execute("SELECT type, name, tbl_name FROM sqlite_schema"))


async def test_a_journal_of_the_first_version_is_gone_on_with(tmp_path):
    """What it holds is read as it was meant: states, steps, a turn at work that was to be stopped, where people began anew."""
    path = tmp_path / "j.db"
    with _open(path) as connection:
        connection.executescript((JOURNALS / "v1.sql").read_text("utf-8"))
    journal = SqliteJournal(path, retention=1e9)
    await journal.claim()
    queued, running, forget = await journal.unfinished()
    assert [each.key.msg_id for each in (queued, running, forget)] == ["queued", "running", "forget"]
    first, second = queued.decision.steps
    assert (first.template, first.match, second.guard.scope) == ("收到", {"n": "7"}, "sender")
    assert second.alternatives[0].mention.sender
    assert (queued.cancelled, running.cancelled) == (False, True)
    assert running.steps[StepRef("ask", "1")] == StepRecord("performed")
    (turn,) = running.turns
    assert (turn.state, turn.job_id, turn.daemon, turn.other_jobs) == (
        "accepted",
        "job1",
        Identity(7, 2.5, 1788200000100),
        ("a",),
    )
    (dead,) = await journal.dead()
    assert dead.reason == text("delivery.agent-removed", agent="desk")
    assert (journal.generation(Person("dingbot", "cidG==", "u1001"), 99)).person == 1
    assert (await journal.counts())["done"] == 1
    after = await journal.apply(
        queued, [StopAsked(), StepChanged(StepRef("ask", "1"), StepRecord("sending", posting=True))]
    )
    assert await journal.get(queued.key) == after
    await journal.keep_calls([CallDay("dingbot", "9999-01-01", "api", 3)])
    assert [each.calls for each in await journal.call_days("2026-11-29")] == [3]
    await journal.close()
