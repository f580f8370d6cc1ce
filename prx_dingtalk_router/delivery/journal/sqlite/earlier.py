"""Reading the tables of an earlier version as if they were of this one, without changing them: for commands that only look."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from prx_dingtalk_router.delivery.journal.sqlite.schema import TABLES

_READ = ("entry", "step", "turn")


def show_as_present(connection: sqlite3.Connection) -> None:
    """Give every table that lacks columns a view of its name, for this connection alone, in which they have their defaults.

    Args:
        connection: to a journal of this version or an earlier one; may be read-only.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    for table in _READ:
        found = {name for name, _ in _columns(connection, table)}
        missing = [(name, default) for name, default in _present(table) if name not in found]
        if missing:
            columns = ", ".join(f"{default} AS {name}" for name, default in missing)
            # Of two with one name, that of the connection is meant. Every value of it is of ours.
            view = f"CREATE TEMP VIEW {table} AS SELECT rowid, *, {columns} FROM main.{table}"  # noqa: S608
            connection.execute(view)


def _present(table: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as model:
        model.executescript(TABLES)
        return _columns(model, table)


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    """Names and defaults."""
    rows = connection.execute(f"PRAGMA main.table_info({table})")
    return [(name, default or "NULL") for _, name, _, _, default, _ in rows]
