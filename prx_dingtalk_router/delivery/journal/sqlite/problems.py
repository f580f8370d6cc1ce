"""What SQLite and the file system report, as a sentence that says what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from prx_dingtalk_router.errors import JournalError, JournalUnavailable

_OF_SQLITE: Mapping[int, str] = {
    sqlite3.SQLITE_FULL: "delivery.journal-full",
    sqlite3.SQLITE_BUSY: "delivery.journal-locked",
    sqlite3.SQLITE_LOCKED: "delivery.journal-locked",
    sqlite3.SQLITE_CORRUPT: "delivery.journal-corrupt",
    sqlite3.SQLITE_NOTADB: "delivery.journal-corrupt",
    sqlite3.SQLITE_READONLY: "delivery.journal-read-only",
    sqlite3.SQLITE_PERM: "delivery.journal-read-only",
    sqlite3.SQLITE_CANTOPEN: "delivery.journal-unopened",
}

_OF_SYSTEM: Mapping[int, str] = {
    errno.ENOSPC: "delivery.journal-full",
    errno.EDQUOT: "delivery.journal-full",
    errno.EROFS: "delivery.journal-read-only",
    errno.EACCES: "delivery.journal-read-only",
    errno.EPERM: "delivery.journal-read-only",
    errno.ENOENT: "delivery.journal-unopened",
    errno.ENOTDIR: "delivery.journal-unopened",
    errno.EISDIR: "delivery.journal-unopened",
}

# Of a disk that failed nobody knows what it has kept, even if it works again: that is not among them.
_MAY_PASS = frozenset({"delivery.journal-full", "delivery.journal-locked", "delivery.journal-read-only"})

_PRIMARY = 0xFF
"""The low byte of an extended result code is the code that it refines."""


def journal_problem(path: Path, problem: Exception) -> JournalError:
    """The error that people see.

    Args:
        path: of the journal.
        problem: what SQLite or the system raised.
    """
    if isinstance(problem, JournalError):
        return problem
    code = getattr(problem, "sqlite_errorcode", None)
    key = None
    if code is not None:
        key = _OF_SQLITE.get(code & _PRIMARY)
    elif isinstance(problem, OSError) and problem.errno is not None:
        key = _OF_SYSTEM.get(problem.errno)
    kind = JournalUnavailable if key in _MAY_PASS else JournalError
    return kind(key or "delivery.journal-broken", path=str(path), why=str(problem))
