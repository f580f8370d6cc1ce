"""The table of what the robot said: a row a post."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from prx_dingtalk_router.delivery.journal.sent_words import SentWords
from prx_dingtalk_router.delivery.journal.sqlite.pruning import MOST_AT_ONCE
from prx_dingtalk_router.text.surrogates import whole

_COLUMNS = "robot, conversation, at_ms, words, coalesce(process_query_key, '')"
_KEEP = "INSERT INTO sent (robot, conversation, at_ms, words, process_query_key) VALUES (?, ?, ?, ?, ?)"


def keep(connection: sqlite3.Connection, sent: Sequence[SentWords]) -> None:
    """Insert posts."""
    rows = [
        (each.robot, each.conversation, each.at_ms, whole(each.words), each.process_query_key or None)
        for each in sent
    ]
    connection.executemany(_KEEP, rows)


def of_key(connection: sqlite3.Connection, robot: str, process_query_key: str) -> SentWords | None:
    """The post that the robot API calls so."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM sent WHERE process_query_key = ? AND robot = ?",  # noqa: S608 - names of ours alone
        (process_query_key, robot),
    ).fetchone()
    return SentWords(*found) if found else None


def near(
    connection: sqlite3.Connection, robot: str, conversation: str, at_ms: int, within_ms: int
) -> SentWords | None:
    """The post to a conversation that was made nearest to a time."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM sent WHERE conversation = ? AND at_ms BETWEEN ? AND ? AND robot = ? "  # noqa: S608
        "ORDER BY abs(at_ms - ?) LIMIT 1",
        (conversation, at_ms - within_ms, at_ms + within_ms, robot, at_ms),
    ).fetchone()
    return SentWords(*found) if found else None


def remove_old(connection: sqlite3.Connection, horizon_ms: int) -> int:
    """Remove the oldest posts that were made by ``horizon_ms``; how many."""
    return connection.execute(
        "DELETE FROM sent WHERE rowid IN "
        "(SELECT rowid FROM (SELECT rowid, at_ms FROM sent ORDER BY rowid LIMIT ?) WHERE at_ms <= ?)",
        (MOST_AT_ONCE, horizon_ms),
    ).rowcount
