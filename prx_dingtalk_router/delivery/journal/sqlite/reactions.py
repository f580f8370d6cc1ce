"""The marks of reactions in their table: rows that come and go with them."""

from __future__ import annotations

import sqlite3

from prx_dingtalk_router.delivery.journal.entry import EntryKey
from prx_dingtalk_router.delivery.journal.reaction_mark import ReactionMark


def mark(connection: sqlite3.Connection, mark: ReactionMark) -> None:
    """Insert the row of a message, or write it anew."""
    connection.execute(
        "INSERT OR REPLACE INTO reaction (robot, msg_id, conversation, name, at_ms, tries) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (mark.key.robot, mark.key.msg_id, mark.conversation, mark.name, mark.at_ms, mark.tries),
    )


def unmark(connection: sqlite3.Connection, key: EntryKey) -> None:
    """Remove the row of a message, if there is one."""
    connection.execute("DELETE FROM reaction WHERE robot = ? AND msg_id = ?", (key.robot, key.msg_id))


def marks(connection: sqlite3.Connection, limit: int) -> list[ReactionMark]:
    """Read the rows, the oldest first."""
    found = connection.execute(
        "SELECT robot, msg_id, conversation, name, at_ms, tries FROM reaction "
        "ORDER BY at_ms, robot, msg_id LIMIT ?",
        (limit,),
    ).fetchall()
    return [ReactionMark(EntryKey(robot, msg_id), *rest) for robot, msg_id, *rest in found]
