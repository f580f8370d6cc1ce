"""One journal, one router: a lock that ends with the process that holds it, and says who that is."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from pathlib import Path

from prx_dingtalk_router.errors import JournalError

_MOST_READ = 1_000


class JournalLock:
    """The lock beside a journal, ``<file>.lock``; the system lets go of it however the process ends.

    It is a file of its own because SQLite's locks on the database would be lost with the first handle on it that is closed.

    Args:
        journal: the database file.
    """

    def __init__(self, journal: Path) -> None:
        self._journal = journal
        self._path = journal.with_name(f"{journal.name}.lock")
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take it.

        Raises:
            JournalError: another process has it; the sentence names that process.
            OSError: the file cannot be made.
        """
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            if not _lock(handle):
                raise JournalError("delivery.journal-taken", path=str(self._journal), holder=_holder(handle))
            os.ftruncate(handle, 0)
            os.pwrite(handle, _who().encode(), 0) if hasattr(os, "pwrite") else os.write(
                handle, _who().encode()
            )
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def release(self) -> None:
        """Let go; the file stays, since another process may have it open already."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def is_perhaps_held(journal: Path) -> bool:
    """Whether the process that last took the lock may still be there; told without touching the lock.

    Args:
        journal: the database file.
    """
    try:
        told = json.loads(journal.with_name(f"{journal.name}.lock").read_bytes()[:_MOST_READ])
        pid, host = int(told["pid"]), told["host"]
    except (OSError, ValueError, LookupError, TypeError):
        return False
    if host != socket.gethostname() or sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


def _who() -> str:
    now = time.strftime("%Y-%m-%d %H:%M:%S")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": now})


def _holder(handle: int) -> str:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        told = json.loads(os.read(handle, _MOST_READ))
        return f"{told['pid']} ({told['host']}, {told['since']})"
    except (OSError, ValueError, LookupError, TypeError):
        return "?"


if sys.platform == "win32":
    import msvcrt

    # Far behind what is written: Windows keeps others from reading what is locked.
    _LOCKED_BYTE = 1 << 30

    def _lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
