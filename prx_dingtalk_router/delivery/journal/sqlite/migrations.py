"""From the tables of an earlier version to those of this one, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from prx_dingtalk_router.delivery.journal.sqlite.schema import APPLICATION_ID, TABLES, VERSION
from prx_dingtalk_router.errors import JournalError

STEPS: Mapping[int, str] = {
    2: """
    ALTER TABLE entry ADD COLUMN cancelled INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE step ADD COLUMN posting INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX turn_at_work ON turn (arrival) WHERE state IN ('sent', 'accepted');
    UPDATE entry SET cancelled = 1 WHERE arrival IN (SELECT arrival FROM turn WHERE cancel_asked);
    """,
    3: "CREATE INDEX turn_job ON turn (job_id) WHERE job_id IS NOT NULL",
    4: """
    ALTER TABLE step ADD COLUMN route TEXT NOT NULL DEFAULT '';
    ALTER TABLE step ADD COLUMN begun_at_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE step ADD COLUMN at_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE step ADD COLUMN due_at_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE turn ADD COLUMN at_ms INTEGER NOT NULL DEFAULT 0;
    """,
    5: """
    ALTER TABLE entry ADD COLUMN carrier TEXT;
    CREATE INDEX entry_carrier ON entry (robot, carrier) WHERE carrier IS NOT NULL;
    """,
    6: """
    CREATE TABLE calls (
        day     TEXT    NOT NULL,
        robot   TEXT    NOT NULL,
        meter   TEXT    NOT NULL,
        calls   INTEGER NOT NULL,
        alerted INTEGER NOT NULL,
        PRIMARY KEY (day, robot, meter)
    ) WITHOUT ROWID;
    """,
    7: """
    CREATE TABLE reaction (
        robot        TEXT    NOT NULL,
        msg_id       TEXT    NOT NULL,
        conversation TEXT    NOT NULL,
        name         TEXT    NOT NULL,
        at_ms        INTEGER NOT NULL,
        tries        INTEGER NOT NULL
    );
    CREATE UNIQUE INDEX reaction_key ON reaction (robot, msg_id);
    """,
    8: """
    CREATE TABLE sent (
        robot             TEXT    NOT NULL,
        conversation      TEXT    NOT NULL,
        at_ms             INTEGER NOT NULL,
        words             TEXT    NOT NULL,
        process_query_key TEXT
    );
    CREATE INDEX sent_place ON sent (conversation, at_ms);
    CREATE INDEX sent_key ON sent (process_query_key) WHERE process_query_key IS NOT NULL;
    """,
    9: "ALTER TABLE entry ADD COLUMN earlier TEXT",
    10: "DROP INDEX entry_sender",
}
"""By the version that a step leads to: the statements that lead there from the one before it."""


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables, or bring those of an earlier version up to date; all or nothing.

    Args:
        connection: in autocommit.
        path: named in errors.

    Raises:
        JournalError: a newer version made the tables, or the file belongs to another program.
        sqlite3.Error: it cannot be used.
    """
    check_version(connection, path)
    if _number(connection, "user_version") == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = _number(connection, "user_version")
        for statement in _statements(TABLES) if found == 0 else _steps(found):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what is no journal of this version or an earlier one.

    Raises:
        JournalError: a newer version made it, or another program.
        sqlite3.Error: it cannot be read.
    """
    found = _number(connection, "user_version")
    kind = _number(connection, "application_id")
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if kind != APPLICATION_ID and (found or kind or tables):
        raise JournalError("delivery.journal-foreign", path=str(path))
    if found > VERSION:
        raise JournalError("delivery.journal-newer", path=str(path), found=found, known=VERSION)


def _steps(found: int) -> list[str]:
    return [
        statement for version in range(found + 1, VERSION + 1) for statement in _statements(STEPS[version])
    ]


def _statements(script: str) -> list[str]:
    return [statement for statement in (each.strip() for each in script.split(";")) if statement]


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    found: int = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
    return found
