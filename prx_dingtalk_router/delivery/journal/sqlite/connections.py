"""Connections to a journal's file: one that writes, one that copies its log, and others that only read."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from prx_dingtalk_router.delivery.journal.sqlite.migrations import migrate

BUSY_SECONDS = 5.0
"""How long somebody else's lock on the file, such as a shell's, is waited for."""

# 32 MB: what the write-ahead log is cut back to once a long reader let it grow.
_LOG_BYTES = 32 * 1024 * 1024
LOG_PAGES = 8_000
"""As many: from here on commits copy the log themselves, if nobody else did."""


def log_of(path: Path) -> Path:
    """The write-ahead log of a journal."""
    return path.with_name(f"{path.name}-wal")


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Open or make a journal, with the tables of this version, readable for its owner alone.

    Raises:
        JournalError: a newer version made it, or it is no journal.
        OSError: the file cannot be made.
        sqlite3.Error: it cannot be used.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = FAST")
        connection.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_checkpoint(path: Path) -> sqlite3.Connection:
    """Open a journal that exists, to copy its log into the database.

    Raises:
        sqlite3.Error: it cannot be used.
    """
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a journal that exists, for reading alone; a router may be writing meanwhile.

    Raises:
        sqlite3.Error: it cannot be used.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)


def connect_to_look(path: Path) -> sqlite3.Connection:
    """Open a journal that exists, without writing anything, the files that SQLite keeps beside it included.

    Where no write-ahead log is, nobody has it open: then it is read as it is, without a lock. It must not be open for long.

    Raises:
        sqlite3.Error: it cannot be used.
    """
    if log_of(path).exists():
        return connect_to_read(path)
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
