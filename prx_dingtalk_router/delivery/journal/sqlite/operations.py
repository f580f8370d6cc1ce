"""What the writer does: keep messages, and what happened to them. Each is part of one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain

from prx_dingtalk_router.decision.codec import encode_reason
from prx_dingtalk_router.delivery.journal.changes import (
    Change,
    Discarded,
    Ended,
    Forgotten,
    Retried,
    RoomReturned,
    RoomTaken,
    StepChanged,
    TurnChanged,
    changed,
)
from prx_dingtalk_router.delivery.journal.entry import Entry, NewEntry, Person, Stored
from prx_dingtalk_router.delivery.journal.forgets import Forget
from prx_dingtalk_router.delivery.journal.sqlite import rows
from prx_dingtalk_router.delivery.journal.sqlite.schema import VERSION
from prx_dingtalk_router.delivery.journal.sqlite.writer import NothingKept
from prx_dingtalk_router.delivery.journal.states import ENDED
from prx_dingtalk_router.errors import JournalError


def values(count: int, columns: int) -> str:
    """A table of so many rows."""
    row = f"({', '.join('?' * columns)})"
    return f"VALUES {', '.join([row] * count)}"


def upsert(table: str, columns: str, key: str, count: int = 1) -> str:
    """An insert of so many rows that changes one with the same key, where it is."""
    others = [name for name in columns.split(", ") if name not in key.split(", ")]
    changes = ", ".join(f"{name} = excluded.{name}" for name in others)
    return _insert(table, columns, f"ON CONFLICT ({key}) DO UPDATE SET {changes}", count)


def _insert(table: str, columns: str, otherwise: str = "", count: int = 1) -> str:
    rows_of_it = values(count, len(columns.split(",")))
    return f'INSERT INTO "{table}" ({columns}) {rows_of_it} {otherwise}'


# SQLite gives the interpreter up for each statement, and a busy process gives it back late: so many rows share one.
_ROWS_TOGETHER = (256, 64, 16, 4, 1)
_STEP = upsert("step", rows.STEP, "arrival, rule, position")
_TURN = upsert("turn", rows.TURN, "arrival, rule, position, attempt")
_WINDOW = _insert("window", "rule, position, scope, arrival, at_ms", "ON CONFLICT DO NOTHING")
_FORGET = _insert("forget", "robot, conversation, sender, arrival, number, rule, position, count")


def store(
    connection: sqlite3.Connection, batch: Sequence[NewEntry], written: Sequence[rows.Row], now_ms: int
) -> list[Stored]:
    """Insert messages; what is known already stays as it is.

    Args:
        connection: in a transaction.
        batch: the messages.
        written: their rows, with arrival numbers that were not given before.
        now_ms: when.
    """
    if execute_together(connection, _new_entries, written) == len(batch):
        return [_stored(new, row, now_ms) for new, row in zip(batch, written, strict=True)]
    arrivals = json.dumps([row[0] for row in written])
    kept = {
        arrival
        for (arrival,) in connection.execute(
            "SELECT arrival FROM entry WHERE arrival IN (SELECT value FROM json_each(?))", (arrivals,)
        )
    }
    return [
        _stored(new, row, now_ms) if row[0] in kept else Stored(new.key, None)
        for new, row in zip(batch, written, strict=True)
    ]


def execute_together(
    connection: sqlite3.Connection, statement: Callable[[int], str], written: Sequence[rows.Row]
) -> int:
    """Carry out a statement for rows, many at a time.

    Args:
        connection: in a transaction.
        statement: for so many rows.
        written: the values of each.

    Returns:
        How many rows it changed.
    """
    count, done = 0, 0
    while left := len(written) - done:
        together = next(size for size in _ROWS_TOGETHER if size <= left)
        of_these = list(chain.from_iterable(written[done : done + together]))
        count += connection.execute(statement(together), of_these).rowcount
        done += together
    return count


@cache
def _new_entries(count: int) -> str:
    return _insert("entry", rows.ENTRY, "ON CONFLICT (robot, msg_id) DO NOTHING", count)


def _stored(new: NewEntry, row: rows.Row, now_ms: int) -> Stored:
    ended = now_ms if new.state in ENDED else None
    key = new.key
    entry = Entry(
        key,
        new.decision,
        row[0],
        now_ms,
        new.state,
        new.reason,
        finished_at_ms=ended,
        callback=row[rows.CALLBACK],
    )
    return Stored(key, entry)


def apply(
    connection: sqlite3.Connection,
    entry: Entry,
    changes: Sequence[Change],
    forgets: list[tuple[Person, Forget]],
) -> Entry:
    """Keep changes of one entry.

    Args:
        connection: in a transaction.
        entry: as the caller knows it.
        changes: in order.
        forgets: gets each ``forget`` that is new.

    Returns:
        The entry after them.

    Raises:
        JournalError: it has another revision, or a state that does not allow a change.
        NothingKept: there is no room.
    """
    after = changed(entry, changes)
    for change in changes:
        # Before anything is written, so that nothing has to be undone: thousands may be turned away in a minute.
        if isinstance(change, RoomTaken) and not _has_room(connection, entry.arrival, change):
            _check_revision(connection, entry)
            raise NothingKept(None)
    over = after.state in ("done", "dropped")
    moved = connection.execute(
        "UPDATE entry SET state = ?, revision = ?, reason = ?, finished_at_ms = ?, cancelled = ?, "
        "carrier = ?, webhook = CASE WHEN ? THEN NULL ELSE webhook END WHERE arrival = ? AND revision = ?",
        (
            after.state,
            after.revision,
            encode_reason(after.reason),
            after.finished_at_ms,
            rows.stopped_number(after.stopped),
            after.carrier,
            over,
            entry.arrival,
            entry.revision,
        ),
    )
    if moved.rowcount != 1:
        raise JournalError("delivery.journal-conflict", msg_id=entry.key.msg_id)
    for change in changes:
        _keep(connection, after, change, forgets)
    return after


def _keep(
    connection: sqlite3.Connection, after: Entry, change: Change, forgets: list[tuple[Person, Forget]]
) -> None:
    arrival = after.arrival
    match change:
        case StepChanged(step, record):
            connection.execute(_STEP, rows.step_row(arrival, step, record))
        case TurnChanged(turn):
            connection.execute(_TURN, rows.turn_row(arrival, turn))
        case RoomTaken(guard, _, _, at_ms):
            connection.execute(_WINDOW, (guard.step.rule, guard.step.position, guard.scope, arrival, at_ms))
        case RoomReturned(guard):
            connection.execute(
                'DELETE FROM "window" WHERE rule = ? AND position = ? AND scope = ? AND arrival = ?',
                (guard.step.rule, guard.step.position, guard.scope, arrival),
            )
        case Forgotten(person, step):
            forget = _forget(connection, person, arrival, step.rule, step.position)
            if forget is not None:
                forgets.append((person, Forget(arrival, forget, step)))
        case Ended(state):
            if state != "dead":
                _outline(connection, arrival)
        case Discarded():
            _outline(connection, arrival)
        case Retried(decision):
            if decision is not None:
                kept = rows.decision_column(decision)
                connection.execute("UPDATE entry SET decision = ? WHERE arrival = ?", (kept, arrival))
            earlier = rows.earlier_column(after.earlier)
            connection.execute("UPDATE entry SET earlier = ? WHERE arrival = ?", (earlier, arrival))
            connection.execute("DELETE FROM step WHERE arrival = ?", (arrival,))
            connection.execute("DELETE FROM turn WHERE arrival = ?", (arrival,))
            connection.executemany(
                _STEP, [rows.step_row(arrival, step, record) for step, record in after.steps.items()]
            )
            connection.executemany(_TURN, [rows.turn_row(arrival, turn) for turn in after.turns])


def touch(connection: sqlite3.Connection) -> None:
    """Write a page that says what it said before."""
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _outline(connection: sqlite3.Connection, arrival: int) -> None:
    connection.execute("UPDATE turn SET body = x'', answer = NULL WHERE arrival = ?", (arrival,))


def _check_revision(connection: sqlite3.Connection, entry: Entry) -> None:
    seen = (entry.arrival, entry.revision)
    if connection.execute("SELECT 1 FROM entry WHERE arrival = ? AND revision = ?", seen).fetchone() is None:
        raise JournalError("delivery.journal-conflict", msg_id=entry.key.msg_id)


def _has_room(connection: sqlite3.Connection, arrival: int, wanted: RoomTaken) -> bool:
    who = (wanted.guard.step.rule, wanted.guard.step.position, wanted.guard.scope)
    of_guard = "rule = ? AND position = ? AND scope = ?"
    held = connection.execute(
        f'SELECT 1 FROM "window" WHERE {of_guard} AND arrival = ?',  # noqa: S608
        (*who, arrival),
    ).fetchone()
    if held:
        return True
    (taken,) = connection.execute(
        f'SELECT count(*) FROM "window" WHERE {of_guard} AND at_ms > ?',  # noqa: S608
        (*who, wanted.at_ms - wanted.per * 1000),
    ).fetchone()
    return int(taken) < wanted.count


def _forget(
    connection: sqlite3.Connection, person: Person, arrival: int, rule: str, position: str
) -> int | None:
    """The number of a new ``forget``; None if the step began anew before."""
    known = connection.execute(
        "SELECT 1 FROM forget WHERE arrival = ? AND rule = ? AND position = ?", (arrival, rule, position)
    ).fetchone()
    if known:
        return None
    (last,) = connection.execute(
        "SELECT max(number) FROM forget WHERE robot = ? AND conversation = ?",
        (person.robot, person.conversation),
    ).fetchone()
    number = (last or 0) + 1
    connection.execute(
        _FORGET, (person.robot, person.conversation, person.sender, arrival, number, rule, position, 1)
    )
    return number
