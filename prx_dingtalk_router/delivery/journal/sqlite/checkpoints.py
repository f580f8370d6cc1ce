"""Checkpoints: what stands in the write-ahead log goes into the database beside the commits, not in them."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from pathlib import Path

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery.journal.sqlite.connections import connect_to_checkpoint, log_of
from prx_dingtalk_router.delivery.journal.sqlite.problems import journal_problem

logger = logging.getLogger(__name__)

PAGE_BYTES = 4_096
"""Of a journal that SQLite makes."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.02, 0.25
"""Seconds between two checkpoints: few where much is written, as a big one keeps commits waiting for the disk."""
PAUSE_AFTER_TROUBLE = 5.0
AT_ONCE = 400
"""Pages of one checkpoint that the pause is made for."""
LONG = 1_000
"""Pages of a log that is to begin anew: checkpoints follow each other closely until one meets a moment without a commit."""
BUSY = 4_000
"""Pages of a log that has met no such moment: the writer makes one."""
MUCH = 16_000
"""Pages of a log that somebody keeps from beginning anew: people are told, and again each time it has doubled."""


class Checkpoints:
    """Copies the log's pages into the database, in a thread and over a connection of its own, while the writer goes on.

    SQLite begins the log anew with a commit that finds all of it copied. Where commits follow each other so closely that none does,
    the writer copies what came since the last checkpoint itself, between two of them. A log that nobody copies, as this thread
    has trouble or cannot keep up, the writer copies with its commits, as SQLite does by itself.

    Args:
        path: of the journal.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written = threading.Event()
        self._ending = threading.Event()
        self._is_due_between_commits = False
        self._thread: threading.Thread | None = None
        self._pause = LONGEST_PAUSE
        self._pages = self._copied = 0
        self._much = MUCH
        self._trouble: Text | None = None

    @property
    def are_behind(self) -> bool:
        """Whether the log is so long that nothing should be written that can wait."""
        return self._pages > 2 * LONG or self._trouble is not None

    @property
    def are_held_up(self) -> bool:
        """Whether they cannot copy all of the log, as somebody reads the journal as it was, or the disk gives trouble."""
        return self._copied < self._pages or self._trouble is not None

    def start(self) -> None:
        """Begin; the journal exists."""
        self._thread = threading.Thread(target=self._work, name="journal-checkpoints", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, after the checkpoint that is being made."""
        self._ending.set()
        self._written.set()
        if self._thread is not None:
            self._thread.join()

    def committed(self, connection: sqlite3.Connection) -> None:
        """Take note of a commit, and make the last checkpoint of a busy log.

        Args:
            connection: the writer's, between two transactions.
        """
        if self._is_due_between_commits:
            self._is_due_between_commits = False
            with contextlib.suppress(sqlite3.Error):  # which the thread meets as well, and tells
                _checkpoint(connection)
        self._written.set()

    def _work(self) -> None:
        connection: sqlite3.Connection | None = None
        try:
            while True:
                if not self.are_held_up:
                    self._written.wait()
                self._written.clear()
                if self._ending.wait(self._pause if self._trouble is None else PAUSE_AFTER_TROUBLE):
                    return
                try:
                    connection = connection or connect_to_checkpoint(self._path)
                    done = _checkpoint(connection)
                except sqlite3.Error as problem:
                    self._tell_trouble(journal_problem(self._path, problem).text)
                    continue
                self._tell_trouble(None)
                if done is not None:
                    self._note(*done)
        finally:
            if connection is not None:
                connection.close()

    def _note(self, pages: int, copied: int) -> None:
        """Conclude from a checkpoint when the next is due."""
        new = copied - self._copied if copied >= self._copied else copied
        self._pages, self._copied = pages, copied
        if new > AT_ONCE or (pages > LONG and not self.are_held_up):
            self._pause = max(SHORTEST_PAUSE, self._pause / 2)
        elif new < AT_ONCE / 2:
            self._pause = min(LONGEST_PAUSE, self._pause * 2)
        self._is_due_between_commits = pages > BUSY
        self._tell_length()

    def _tell_trouble(self, trouble: Text | None) -> None:
        """Say once that checkpoints fail, and once that they do not any more."""
        before, self._trouble = self._trouble, trouble
        if trouble is not None and (before is None or trouble.key != before.key):
            logger.warning(text("delivery.journal-not-copied", log=str(log_of(self._path)), problem=trouble))
        elif before is not None and trouble is None:
            logger.warning(text("delivery.journal-copied", log=str(log_of(self._path))))

    def _tell_length(self) -> None:
        if self._pages > self._much:
            self._much = 2 * self._pages
            megabytes = round(self._pages * PAGE_BYTES / 1e6)
            logger.warning(
                text("delivery.journal-log-long", log=str(log_of(self._path)), megabytes=megabytes)
            )
        elif self._pages <= LONG and self._much > MUCH:
            self._much = MUCH
            logger.warning(text("delivery.journal-copied", log=str(log_of(self._path))))


def _checkpoint(connection: sqlite3.Connection) -> tuple[int, int] | None:
    """How many pages the log has, and how many of them are in the database now; None if another checkpoint is being made."""
    is_busy, pages, copied = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return None if is_busy else (pages, copied)
