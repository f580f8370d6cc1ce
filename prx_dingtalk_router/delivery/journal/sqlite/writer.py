"""The one thread that writes: what was asked for meanwhile is one commit, and the event loop never waits on the disk."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from prx_dingtalk_router.delivery.journal.sqlite.checkpoints import Checkpoints
from prx_dingtalk_router.delivery.journal.sqlite.connections import connect_to_write, log_of
from prx_dingtalk_router.delivery.journal.sqlite.problems import journal_problem
from prx_dingtalk_router.errors import JournalError

T = TypeVar("T")
Operation = Callable[[sqlite3.Connection], T]

MOST_TOGETHER = 256
"""Operations of one commit, or little more; those beyond them wait for the next."""


# What is wrong with one operation, and says nothing about the file.
_OF_ONE = (
    JournalError,
    ValueError,
    TypeError,
    LookupError,
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
)


class Joining(ABC):
    """An operation that can be carried out with others of its kind, in fewer statements than each by itself."""

    __slots__ = ()

    @abstractmethod
    def __call__(self, connection: sqlite3.Connection) -> Any:
        """Carry it out by itself."""

    @property
    @abstractmethod
    def about(self) -> Hashable:
        """What it is about: two about the same are not carried out together; None for one that cannot be with any."""

    @classmethod
    @abstractmethod
    def all_of(cls, connection: sqlite3.Connection, several: Sequence[Any]) -> Sequence[Any]:
        """Carry several out.

        Raises:
            JournalError: one of them failed, which says nothing of the others; all are undone.
        """


class NothingKept(Exception):  # noqa: N818 - reads as what happened
    """Raised by an operation whose changes are to be undone; its result is ``value``."""

    def __init__(self, value: object) -> None:
        self.value = value


class Writer:
    """Carries out operations on the journal's file, each whole or not at all, many with one commit.

    Args:
        path: of the journal.
        checkpoints: made beside the commits.
    """

    def __init__(self, path: Path, checkpoints: Checkpoints) -> None:
        self._path = path
        self._checkpoints = checkpoints
        self._queue: SimpleQueue[Sequence[_Task] | None] = SimpleQueue()
        self._asked: list[_Task] = []
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._broken: JournalError | None = None
        self._files: tuple[tuple[Path, tuple[int, int]], ...] = ()

    async def start(self) -> None:
        """Open the journal and begin to work.

        Raises:
            JournalError: it cannot be used.
        """
        self._loop = asyncio.get_running_loop()
        opened: asyncio.Future[Any] = self._loop.create_future()
        self._thread = threading.Thread(target=self._work, args=(opened,), name="journal-writer", daemon=True)
        self._thread.start()
        try:
            await opened
        except JournalError:
            self._thread = None
            raise

    def submit(self, operation: Operation[T]) -> asyncio.Future[T]:
        """Carry out an operation after all that were submitted before it.

        Returns:
            Its result, once that is on the disk; a JournalError if it is not.
        """
        result: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        if self._thread is None:
            result.set_exception(self._broken or JournalError("delivery.journal-closed"))
        else:
            if not self._asked:
                # All that one turn of the loop asks for: the thread would be woken for the first, and wait for the rest.
                asyncio.get_running_loop().call_soon(self._hand_over)
            self._asked.append(_Task(operation, result))
        return result

    def _hand_over(self) -> None:
        if self._asked:
            asked, self._asked = self._asked, []
            self._queue.put(asked)

    async def stop(self) -> None:
        """Finish what was submitted, and close the file."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._hand_over()
            self._queue.put(None)
            await asyncio.to_thread(thread.join)

    def _work(self, opened: asyncio.Future[Any]) -> None:
        try:
            connection = connect_to_write(self._path)
        except Exception as problem:
            self._tell([(opened, None, journal_problem(self._path, problem))])
            return
        self._files = _identities(self._path)
        self._tell([(opened, None, None)])
        self._checkpoints.start()
        try:
            while (group := self._next()) is not None:
                self._tell(self._commit(connection, group))
                self._checkpoints.committed(connection)
        finally:
            self._checkpoints.stop()
            connection.close()

    def _next(self) -> list[_Task] | None:
        """What waits, at least one; None when that is the end."""
        first = self._queue.get()
        if first is None:
            return None
        group = list(first)
        while len(group) < MOST_TOGETHER:
            try:
                more = self._queue.get_nowait()
            except Empty:
                break
            if more is None:
                self._queue.put(None)
                break
            group += more
        return group

    def _commit(self, connection: sqlite3.Connection, group: Sequence[_Task]) -> list[_Outcome]:
        """Carry out a group; a defect of one undoes that one, trouble with the file all."""
        try:
            if self._broken is not None:
                raise self._broken
            outcomes = _together(connection, group) or _each(connection, group)
            self._check_files()
        except Exception as problem:
            failed = journal_problem(self._path, problem)
            _roll_back(connection)
            return [(task.result, None, failed) for task in group]
        return outcomes

    def _check_files(self) -> None:
        """Whatever was written to files that are no longer there is lost with this process: from now on nothing is kept."""
        if len(self._files) < len(_files(self._path)):
            self._files = _identities(self._path)  # the log is made by the first write
        for path, identity in self._files:
            if _identity(path) != identity:
                self._broken = JournalError("delivery.journal-gone", path=str(path))
                raise self._broken

    def _tell(self, outcomes: Sequence[_Outcome]) -> None:
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(_settle, outcomes)
        except RuntimeError:
            return  # the loop is closed: nobody waits any more


class _Task:
    __slots__ = ("operation", "result")

    def __init__(self, operation: Operation[Any], result: asyncio.Future[Any]) -> None:
        self.operation = operation
        self.result = result


_Outcome = tuple[asyncio.Future[Any], Any, Exception | None]


def _together(connection: sqlite3.Connection, group: Sequence[_Task]) -> list[_Outcome] | None:
    """Carry out a group in one piece; None, and nothing is kept, if one failed that had written something."""
    outcomes: list[_Outcome] = []
    connection.execute("BEGIN IMMEDIATE")
    for tasks in _runs(group):
        before, first = connection.total_changes, tasks[0].operation
        try:
            if len(tasks) > 1 and isinstance(first, Joining):
                values: Sequence[Any] = first.all_of(connection, [task.operation for task in tasks])
            else:
                values = [first(connection)]
        except (NothingKept, *_OF_ONE) as problem:
            if len(tasks) > 1 or connection.total_changes != before:
                connection.execute("ROLLBACK")
                return None
            outcomes.append(_outcome(tasks[0], problem))
        else:
            outcomes += [(task.result, value, None) for task, value in zip(tasks, values, strict=True)]
    connection.execute("COMMIT")
    return outcomes


def _each(connection: sqlite3.Connection, group: Sequence[_Task]) -> list[_Outcome]:
    """Carry out a group so that each can be undone by itself; twice as many statements."""
    outcomes: list[_Outcome] = []
    connection.execute("BEGIN IMMEDIATE")
    for task in group:
        connection.execute("SAVEPOINT one")
        try:
            outcomes.append((task.result, task.operation(connection), None))
        except (NothingKept, *_OF_ONE) as problem:
            connection.execute("ROLLBACK TO one")
            outcomes.append(_outcome(task, problem))
        connection.execute("RELEASE one")
    connection.execute("COMMIT")
    return outcomes


def _outcome(task: _Task, problem: Exception) -> _Outcome:
    if isinstance(problem, NothingKept):
        return task.result, problem.value, None
    return task.result, None, problem


def _runs(group: Sequence[_Task]) -> Iterator[Sequence[_Task]]:
    """The tasks of a group in order; those that follow each other and can be carried out together in one piece."""
    run: list[_Task] = []
    met: set[Hashable] = set()
    for task in group:
        about = task.operation.about if isinstance(task.operation, Joining) else None
        if run and (about is None or about in met):
            yield run
            run, met = [], set()
        run.append(task)
        met.add(about)
        if about is None:
            yield run
            run, met = [], set()
    if run:
        yield run


def _settle(outcomes: Sequence[_Outcome]) -> None:
    for result, value, problem in outcomes:
        if result.done():
            continue
        if problem is not None:
            result.set_exception(problem)
        else:
            result.set_result(value)


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        try:
            connection.execute("ROLLBACK")
        except sqlite3.Error:
            return  # what made the commit fail keeps it from being undone: the next BEGIN says so


def _files(path: Path) -> tuple[Path, Path]:
    """The database and its write-ahead log."""
    return path, log_of(path)


def _identities(path: Path) -> tuple[tuple[Path, tuple[int, int]], ...]:
    return tuple((each, identity) for each in _files(path) if (identity := _identity(each)) is not None)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
