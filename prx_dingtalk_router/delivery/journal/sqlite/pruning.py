"""What is removed with time: messages after the retention, counts after a day, session webhooks when they expire.

Little by little: each of these is a part of one commit, and whoever stores meanwhile waits for one of them at most.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Sequence

from prx_dingtalk_router.delivery.journal.sliding_window import LONGEST_MS

MOST_AT_ONCE = 100
"""Rows removed in one go: by and large as many pages of the log, as keys stand anywhere in their index."""

Place = tuple[int, int]
"""When an entry was stored, and its arrival number: the order in which entries are looked through."""
FIRST: Place = (0, 0)


def find_old_entries(
    connection: sqlite3.Connection, horizon_ms: int, after: Place
) -> tuple[list[int], Place | None]:
    """Look through some entries, the oldest first, for those that ended by ``horizon_ms``.

    The last of all is not among them, so that arrival numbers only grow. Most of what removing them touches, their keys in the
    index too, is read here: the writer, whom others wait for, finds it in memory.

    Returns:
        Their arrival numbers, and after which entry to go on; None if that is the end.
    """
    found = connection.execute(
        "SELECT stored_at_ms, arrival, finished_at_ms <= ?, "
        "(SELECT same.arrival FROM entry AS same INDEXED BY entry_key "
        "WHERE same.robot = entry.robot AND same.msg_id = entry.msg_id) "
        "FROM entry INDEXED BY entry_time WHERE stored_at_ms <= ? AND (stored_at_ms, arrival) > (?, ?) "
        "AND arrival < (SELECT max(arrival) FROM entry) ORDER BY stored_at_ms, arrival LIMIT ?",
        (horizon_ms, horizon_ms, *after, MOST_AT_ONCE),
    ).fetchall()
    old = [arrival for _, arrival, is_old, _ in found if is_old]
    return old, found[-1][:2] if len(found) == MOST_AT_ONCE else None


def remove_old_entries(connection: sqlite3.Connection, found: Sequence[int], horizon_ms: int) -> None:
    """Remove those of some entries that still are such as ``find_old_entries`` found them."""
    old = connection.execute(
        "SELECT arrival FROM entry WHERE finished_at_ms <= ? AND arrival IN (SELECT value FROM json_each(?))",
        (horizon_ms, json.dumps(found)),
    )
    arrivals = json.dumps([arrival for (arrival,) in old])
    for table in ("step", "turn", "entry"):
        connection.execute(
            f"DELETE FROM {table} WHERE arrival IN (SELECT value FROM json_each(?))",  # noqa: S608
            (arrivals,),
        )


def remove_old_counts(connection: sqlite3.Connection, now_ms: int) -> int:
    """Remove counts that are in no window any more; how many."""
    return connection.execute(
        'DELETE FROM "window" WHERE rowid IN (SELECT rowid FROM "window" WHERE at_ms <= ? LIMIT ?)',
        (now_ms - LONGEST_MS, MOST_AT_ONCE),
    ).rowcount


def remove_expired_webhooks(connection: sqlite3.Connection, now_ms: int) -> int:
    """Remove session webhooks that take no reply any more; how many."""
    return connection.execute(
        "UPDATE entry SET webhook = NULL WHERE arrival IN "
        "(SELECT arrival FROM entry WHERE webhook IS NOT NULL AND webhook_expires_ms <= ? LIMIT ?)",
        (now_ms, MOST_AT_ONCE),
    ).rowcount


def fold_old_forgets(connection: sqlite3.Connection) -> int:
    """Let the last ``forget`` of a person stand for the earlier ones that no kept entry saw without it; how many went.

    One that has a higher number in its conversation than the last has stays, so that no number is given twice.
    """
    (oldest,) = connection.execute("SELECT coalesce(min(arrival), 0) FROM entry").fetchone()
    found = connection.execute(
        "SELECT rowid, robot, conversation, sender, number, count FROM forget WHERE arrival < ? "
        "ORDER BY robot, conversation, sender, arrival DESC, number DESC",
        (oldest,),
    ).fetchall()
    gone: list[tuple[int]] = []
    for _, group in itertools.groupby(found, key=lambda row: row[1:4]):
        (last, *_, number, count), *earlier = group
        folded = [row for row in earlier if row[4] < number]
        if folded:
            total = count + sum(row[5] for row in folded)
            connection.execute("UPDATE forget SET count = ? WHERE rowid = ?", (total, last))
            gone += [(row[0],) for row in folded]
    connection.executemany("DELETE FROM forget WHERE rowid = ?", gone)
    return len(gone)
