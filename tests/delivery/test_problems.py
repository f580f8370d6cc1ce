"""What SQLite and the system report, as sentences."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from prx_dingtalk_router.delivery.journal.sqlite.problems import journal_problem
from prx_dingtalk_router.errors import JournalError, JournalUnavailable


def _sqlite(code):
    problem = sqlite3.OperationalError("odd")
    problem.sqlite_errorcode = code
    return problem


@pytest.mark.parametrize(
    ("problem", "key"),
    [
        (_sqlite(sqlite3.SQLITE_FULL), "journal-full"),
        (_sqlite(sqlite3.SQLITE_READONLY | 8 << 8), "journal-read-only"),
        (_sqlite(sqlite3.SQLITE_IOERR | 4 << 8), "journal-broken"),
        (OSError(errno.ENOSPC, "No space"), "journal-full"),
        (OSError(errno.EROFS, "Read-only"), "journal-read-only"),
        (PermissionError(errno.EACCES, "Denied"), "journal-read-only"),
        (OSError(errno.EIO, "Input/output"), "journal-broken"),
        (sqlite3.ProgrammingError("odd"), "journal-broken"),
    ],
)
def test_a_problem_says_what_to_do(problem, key):
    """By the code of SQLite, refined or not, or of the system; anything else in its own words, with the path."""
    error = journal_problem(Path("/x/j.db"), problem)
    assert error.text.key == f"delivery.{key}"
    assert "/x/j.db" in str(error)


def test_what_may_pass_is_told_from_what_does_not():
    """A lock, a full disk and missing rights are outlasted; a damaged file, or a disk that failed, is not."""
    kinds = {
        code: type(journal_problem(Path("j"), _sqlite(code)))
        for code in (
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_NOTADB,
        )
    }
    assert list(kinds.values()) == [JournalUnavailable] * 4 + [JournalError] * 3


def test_a_sentence_stays_one():
    """What is an error for people already is not worded again."""
    error = JournalError("delivery.journal-closed")
    assert journal_problem(Path("j"), error) is error
