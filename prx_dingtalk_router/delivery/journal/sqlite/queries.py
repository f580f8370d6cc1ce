"""What is read of a journal: entries, with their steps and turns."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence

from prx_dingtalk_router.delivery.journal.entry import (
    NEVER_BEGAN,
    Entry,
    EntryKey,
    Person,
    StepRecord,
    StepRef,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.forgets import Forget
from prx_dingtalk_router.delivery.journal.sqlite import rows
from prx_dingtalk_router.delivery.journal.states import STATES, EntryState

OPEN = "state IN ('queued', 'running')"
DEAD = "state = 'dead'"
MOST_JOBLESS = 2_000
"""Turns that are looked through for those without a job: a daemon remembers 512 jobs that have ended."""
AT_WORK = " AND arrival IN (SELECT arrival FROM turn WHERE state IN ('sent', 'accepted'))"


def one(connection: sqlite3.Connection, key: EntryKey) -> Entry | None:
    """The entry of a message."""
    found = entries(connection, "robot = ? AND msg_id = ?", (key.robot, key.msg_id), 1)
    return found[0] if found else None


def of_message(connection: sqlite3.Connection, msg_id: str) -> Sequence[Entry]:
    """The entries of a message id, whichever robot received it."""
    # The index of keys alone is walked through, not the rows.
    where = "arrival IN (SELECT arrival FROM main.entry INDEXED BY entry_key WHERE msg_id = ?)"
    return entries(connection, where, (msg_id,), 100)


def between(
    connection: sqlite3.Connection, since_ms: int, until_ms: int, after: int, limit: int, sender: str | None
) -> Sequence[Entry]:
    """Entries stored in a time, perhaps of one person, by arrival."""
    after = after or arrival_before(connection, since_ms)
    where, values = "arrival > ? AND +stored_at_ms >= ? AND +stored_at_ms < ?", (after, since_ms, until_ms)
    if sender is not None:
        return entries(connection, f"{where} AND sender = ?", (*values, sender), limit)
    return entries(connection, where, values, limit)


def arrival_before(connection: sqlite3.Connection, since_ms: int) -> int:
    """The arrival after which everything stored from ``since_ms`` on is.

    The index of times alone tells, so that what is older need not be walked through.
    """
    (first,) = connection.execute(
        "SELECT min(arrival) FROM main.entry INDEXED BY entry_time WHERE stored_at_ms >= ?", (since_ms,)
    ).fetchone()
    return (first or 1) - 1


def callbacks(
    connection: sqlite3.Connection, since_ms: int, after: int, limit: int
) -> list[tuple[int, int, str]]:
    """Arrival, time and callback of what was stored from ``since_ms`` on and arrived after ``after``, by arrival."""
    return connection.execute(
        "SELECT arrival, stored_at_ms, callback FROM entry WHERE arrival > ? AND +stored_at_ms >= ? "
        "ORDER BY arrival LIMIT ?",
        (after, since_ms, limit),
    ).fetchall()


def entries(
    connection: sqlite3.Connection, where: str, values: Sequence[object], limit: int
) -> Sequence[Entry]:
    """Entries by arrival, as of one moment.

    Args:
        connection: not in a transaction.
        where: a condition on ``entry``.
        values: of its parameters.
        limit: how many at most.
    """
    connection.execute("BEGIN")
    try:
        found = connection.execute(
            f"SELECT {rows.ENTRY} FROM entry WHERE {where} ORDER BY arrival LIMIT ?",  # noqa: S608
            (*values, limit),
        ).fetchall()
        arrivals = json.dumps([row[0] for row in found])
        steps: defaultdict[int, dict[StepRef, StepRecord]] = defaultdict(dict)
        for row in _of(connection, "step", rows.STEP, arrivals):
            step, record = rows.step_of(row)
            steps[row[0]][step] = record
        turns: defaultdict[int, list[TurnRecord]] = defaultdict(list)
        for row in _of(connection, "turn", rows.TURN, arrivals):
            turns[row[0]].append(rows.turn_of(row))
    finally:
        connection.execute("COMMIT")
    return [rows.entry_of(row, steps.get(row[0], {}), turns.get(row[0], ())) for row in found]


def _of(connection: sqlite3.Connection, table: str, columns: str, arrivals: str) -> sqlite3.Cursor:
    return connection.execute(
        f"SELECT {columns} FROM {table} WHERE arrival IN (SELECT value FROM json_each(?)) ORDER BY rowid",  # noqa: S608
        (arrivals,),
    )


def jobs_taken(connection: sqlite3.Connection, job_ids: Collection[str]) -> frozenset[str]:
    """Which of these jobs belong to turns."""
    found = connection.execute(
        "SELECT job_id FROM turn WHERE job_id IN (SELECT value FROM json_each(?))", (json.dumps([*job_ids]),)
    )
    return frozenset(job_id for (job_id,) in found)


def jobless(connection: sqlite3.Connection, arrival: int, turn: TurnRecord) -> list[TurnRecord]:
    """The turns before one in its session that may have begun, and whose job was never named."""
    found = connection.execute(
        f"SELECT {rows.TURN} FROM (SELECT * FROM turn WHERE rowid < "  # noqa: S608 - names of ours alone
        "(SELECT rowid FROM turn WHERE arrival = ? AND rule = ? AND position = ? AND attempt = ?) "
        "ORDER BY rowid DESC LIMIT ?) "
        "WHERE job_id IS NULL AND session = ? AND state NOT IN (SELECT value FROM json_each(?))",
        (
            *(arrival, turn.step.rule, turn.step.position, turn.attempt, MOST_JOBLESS),
            *(turn.lane.session, json.dumps([*NEVER_BEGAN])),
        ),
    )
    return [rows.turn_of(row) for row in found]


def counts(connection: sqlite3.Connection) -> dict[EntryState, int]:
    """How many entries are in each state."""
    counted = dict(connection.execute("SELECT state, count(*) FROM entry GROUP BY state"))
    return {state: counted.get(state, 0) for state in STATES}


def forgets(connection: sqlite3.Connection) -> list[tuple[Person, Forget]]:
    """Every ``forget``."""
    found = connection.execute(
        "SELECT robot, conversation, sender, arrival, number, rule, position, count FROM forget"
    )
    return [
        (Person(robot, conversation, sender), Forget(arrival, number, StepRef(rule, position), count))
        for robot, conversation, sender, arrival, number, rule, position, count in found
    ]


def last_arrival(connection: sqlite3.Connection) -> int:
    """The highest arrival number that was given."""
    found: int = connection.execute("SELECT coalesce(max(arrival), 0) FROM entry").fetchone()[0]
    return found
