"""A journal in a SQLite file. See ``Journal`` for the methods and what they promise."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.journal.call_days import CallDay
from prx_dingtalk_router.delivery.journal.changes import Change, Forgotten
from prx_dingtalk_router.delivery.journal.entry import (
    Entry,
    EntryKey,
    Generation,
    NewEntry,
    Person,
    Stored,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.forgets import Forgets
from prx_dingtalk_router.delivery.journal.memory import DEFAULT_RETENTION
from prx_dingtalk_router.delivery.journal.port import PAGE
from prx_dingtalk_router.delivery.journal.reaction_mark import ReactionMark
from prx_dingtalk_router.delivery.journal.sent_words import SentWords
from prx_dingtalk_router.delivery.journal.sqlite import (
    call_rows,
    operations,
    pruning,
    queries,
    reactions,
    rows,
    sent_rows,
)
from prx_dingtalk_router.delivery.journal.sqlite.applying import Applying
from prx_dingtalk_router.delivery.journal.sqlite.checkpoints import Checkpoints
from prx_dingtalk_router.delivery.journal.sqlite.connections import connect_to_read
from prx_dingtalk_router.delivery.journal.sqlite.lock import JournalLock
from prx_dingtalk_router.delivery.journal.sqlite.problems import journal_problem
from prx_dingtalk_router.delivery.journal.sqlite.tidying import Tidying
from prx_dingtalk_router.delivery.journal.sqlite.writer import Operation, Writer
from prx_dingtalk_router.delivery.journal.states import EntryState
from prx_dingtalk_router.errors import JournalError

T = TypeVar("T")


class SqliteJournal:
    """Keeps everything in one file, which one router holds at a time.

    What is written is on the disk (write-ahead log, ``synchronous = FULL``) when a method returns; calls made at the same time
    share a commit. Reading goes on meanwhile, over a connection of its own.

    Args:
        path: of the file; made if it is not there, its folder is not.
        retention: seconds for which messages are kept after their end.
        clock: tells what is old.
    """

    durable = True

    def __init__(self, path: Path, retention: float = DEFAULT_RETENTION, clock: Clock | None = None) -> None:
        self._path = path
        self._lock = JournalLock(path)
        self._checkpoints = Checkpoints(path)
        self._writer = Writer(path, self._checkpoints)
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="journal-reader")
        self._reader: sqlite3.Connection | None = None
        self._forgets = Forgets()
        self._arrivals = 0
        self._tidying = Tidying(
            self._writer, self._read, self._checkpoints, round(retention * 1000), clock or SystemClock()
        )
        self._keeping_tidy: asyncio.Task[None] | None = None

    @property
    def last_arrival(self) -> int:
        """The arrival number of the last message that was stored."""
        return self._arrivals

    async def claim(self) -> None:
        """Take the lock, open the file, and bring its tables up to date."""
        try:
            self._lock.acquire()
        except OSError as problem:
            raise journal_problem(self._path, problem) from problem
        try:
            await self._writer.start()
            await self._write(pruning.fold_old_forgets)
            self._reader = await self._in_reader(connect_to_read, self._path)
            self._arrivals = await self._read(queries.last_arrival)
            for person, forget in await self._read(queries.forgets):
                self._forgets.add(person, forget)
        except BaseException:
            await self.close()
            raise
        self._keeping_tidy = asyncio.create_task(self._tidying.keep_tidy(), name="journal-tidying")

    async def heartbeat(self) -> None:
        """Write what changes nothing, so that a lock, a full disk or a file that is gone is noticed though nobody writes."""
        await self._write(operations.touch)

    async def store(self, batch: Sequence[NewEntry], now_ms: int) -> Sequence[Stored]:
        """Keep messages, each once per (robot, message id)."""
        first = self._arrivals + 1
        self._arrivals += len(batch)
        written = [rows.entry_row(new, first + number, now_ms) for number, new in enumerate(batch)]
        return await self._write(lambda connection: operations.store(connection, batch, written, now_ms))

    def apply(self, entry: Entry, changes: Sequence[Change]) -> Awaitable[Entry | None]:
        """Keep changes of one entry."""
        asked = Applying(entry, changes)
        kept = self._writer.submit(asked)
        if any(isinstance(each, Forgotten) for each in changes):
            return asyncio.ensure_future(self._with_forgets(kept, asked))
        return kept

    async def _with_forgets(self, kept: Awaitable[Entry | None], asked: Applying) -> Entry | None:
        after = await kept
        for person, forget in asked.forgets:
            self._forgets.add(person, forget)
        return after

    async def get(self, key: EntryKey) -> Entry | None:
        """The entry as it stands."""
        return await self._read(queries.one, key)

    async def carried_by(self, key: EntryKey) -> Sequence[Entry]:
        """The entries that were told to their agent together with a message, by arrival."""
        return await self._read(queries.entries, "robot = ? AND carrier = ?", (key.robot, key.msg_id), -1)

    async def unfinished(
        self, after: int = 0, limit: int = PAGE, *, at_work: bool = False
    ) -> Sequence[Entry]:
        """Entries that have not ended, by arrival."""
        where = f"{queries.OPEN} AND arrival > ?{queries.AT_WORK if at_work else ''}"
        return await self._read(queries.entries, where, (after,), limit)

    async def between(
        self, since_ms: int, until_ms: int, after: int = 0, limit: int = PAGE, *, sender: str | None = None
    ) -> Sequence[Entry]:
        """Entries stored in a time, by arrival."""
        return await self._read(queries.between, since_ms, until_ms, after, limit, sender)

    async def dead(self, after: int = 0, limit: int = PAGE) -> Sequence[Entry]:
        """The dead entries, by arrival."""
        return await self._read(queries.entries, f"{queries.DEAD} AND arrival > ?", (after,), limit)

    async def jobs_taken(self, job_ids: Collection[str]) -> frozenset[str]:
        """Which of these jobs belong to turns that are kept."""
        return await self._read(queries.jobs_taken, job_ids) if job_ids else frozenset()

    async def jobless(self, arrival: int, turn: TurnRecord) -> Sequence[TurnRecord]:
        """The turns before one in its session that may have begun, and whose job was never named."""
        return await self._read(queries.jobless, arrival, turn)

    async def mark_reaction(self, mark: ReactionMark) -> None:
        """Keep that a message may carry a reaction."""
        await self._write(lambda connection: reactions.mark(connection, mark))

    async def unmark_reaction(self, key: EntryKey) -> None:
        """Keep that a message carries none."""
        await self._write(lambda connection: reactions.unmark(connection, key))

    async def reactions(self, limit: int = PAGE) -> Sequence[ReactionMark]:
        """The marks, the oldest first."""
        return await self._read(reactions.marks, limit)

    async def counts(self) -> Mapping[EntryState, int]:
        """How many entries are in each state."""
        return await self._read(queries.counts)

    async def keep_calls(self, days: Sequence[CallDay]) -> None:
        """Keep the calls of days."""
        await self._write(lambda connection: call_rows.keep(connection, days))

    async def call_days(self, since: str) -> Sequence[CallDay]:
        """The calls of the days from ``since`` on."""
        return await self._read(call_rows.since, since)

    async def keep_sent(self, posts: Sequence[SentWords]) -> None:
        """Keep what the robot said."""
        await self._write(lambda connection: sent_rows.keep(connection, posts))

    async def sent_as(self, robot: str, process_query_key: str) -> SentWords | None:
        """The post that the robot API calls so."""
        return await self._read(sent_rows.of_key, robot, process_query_key)

    async def sent_near(self, robot: str, conversation: str, at_ms: int, within_ms: int) -> SentWords | None:
        """The post to a conversation that was made nearest to a time."""
        return await self._read(sent_rows.near, robot, conversation, at_ms, within_ms)

    def generation(self, person: Person, arrival: int) -> Generation:
        """The generation of a person's sessions that an entry sees."""
        return self._forgets.generation(person, arrival)

    async def close(self) -> None:
        """Finish what is being written, and let go of the file."""
        if self._keeping_tidy is not None:
            self._keeping_tidy.cancel()
            await asyncio.gather(self._keeping_tidy, return_exceptions=True)
        if self._reader is not None:
            # The last connection to go puts the log into the database, which one that only reads cannot.
            await self._in_reader(self._reader.close)
            self._reader = None
        await self._writer.stop()
        self._reading.shutdown(wait=False)
        self._lock.release()

    async def tidy(self) -> None:
        """Remove what is beyond its time, little by little."""
        await self._tidying.tidy()

    async def _write(self, operation: Operation[T]) -> T:
        # Whoever gives up waiting does not take back what was submitted.
        return await self._writer.submit(operation)

    async def _read(self, query: Callable[..., T], *arguments: object) -> T:
        if self._reader is None:
            raise JournalError("delivery.journal-closed")
        return await self._in_reader(query, self._reader, *arguments)

    async def _in_reader(self, work: Callable[..., T], *arguments: object) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._reading, work, *arguments)
        except sqlite3.Error as problem:
            raise journal_problem(self._path, problem) from problem
