"""A journal that takes its time, as one on a disk does, and outlives the processes that have it."""

from __future__ import annotations

import asyncio
import copy
import random
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from prx_dingtalk_router.delivery import MemoryJournal
from prx_dingtalk_router.delivery.journal import Change, Entry, NewEntry, Person, Stored
from prx_dingtalk_router.delivery.journal.entry import Generation
from prx_dingtalk_router.errors import JournalError, JournalUnavailable

READS = ("get", "carried_by", "unfinished", "jobs_taken", "jobless", "reactions", "counts", "between", "dead")


class JournalOfProcess:
    """What one process has of the journal: writes are committed in order, in groups, and told a while after that.

    Args:
        disk: what is kept, whatever becomes of this process.
        chance: how long everything takes.
        slowness: seconds that a commit may take.
    """

    durable = True

    def __init__(self, disk: MemoryJournal, chance: random.Random, slowness: float) -> None:
        self._disk = disk
        self._chance = chance
        self.slowness = slowness
        self._queued: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []
        self._is_busy = False
        self._told_at = 0.0
        self._forgets = copy.deepcopy(disk._forgets)
        self.last_arrival = disk.last_arrival
        self.is_dead = False
        self.is_full = False

    async def store(self, batch: Sequence[NewEntry], now_ms: int) -> Sequence[Stored]:
        """Keep messages."""
        self.last_arrival += len(batch)

        def kept() -> Sequence[Stored]:
            return _at_once(self._disk.store(batch, now_ms))

        stored: Sequence[Stored] = await self._write(kept)
        return stored

    async def apply(self, entry: Entry, changes: Sequence[Change]) -> Entry | None:
        """Keep changes of one entry."""
        after, forgets = await self._write(
            lambda: (_at_once(self._disk.apply(entry, changes)), copy.deepcopy(self._disk._forgets))
        )
        self._forgets = forgets
        return after

    def generation(self, person: Person, arrival: int) -> Generation:
        """The generation of a person's sessions, by what was told to be kept."""
        return self._forgets.generation(person, arrival)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._disk, name)
        if name not in READS:
            return method

        async def read(*arguments: Any, **more: Any) -> Any:
            await self._pause()
            found = _at_once(method(*arguments, **more))
            await self._pause()
            return found

        return read

    async def _pause(self) -> None:
        self._check_alive()
        await asyncio.sleep(self._chance.choice((0.0, 0.0, 0.001, 0.01)) * self._chance.random())
        self._check_alive()

    async def _write(self, operation: Callable[[], Any]) -> Any:
        self._check_alive()
        result: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._queued.append((operation, result))
        if not self._is_busy:
            self._begin()
        return await result

    def _begin(self) -> None:
        group, self._queued = self._queued, []
        self._is_busy = True
        asyncio.get_running_loop().call_later(
            self.slowness * self._chance.random(), lambda: self._commit(group)
        )

    def _commit(self, group: Sequence[tuple[Callable[[], Any], asyncio.Future[Any]]]) -> None:
        if self.is_dead:
            return
        outcomes = [(result, *self._outcome(operation)) for operation, result in group]
        loop = asyncio.get_running_loop()
        self._told_at = max(self._told_at, loop.time() + self.slowness * self._chance.random() / 4)
        loop.call_at(self._told_at, lambda: _tell(outcomes))
        self._is_busy = False
        if self._queued:
            self._begin()

    def _outcome(self, operation: Callable[[], Any]) -> tuple[Any, Exception | None]:
        if self.is_full:
            return None, JournalUnavailable("cli.system", why="No space left on device")
        try:
            return operation(), None
        except JournalError as problem:
            return None, problem

    def _check_alive(self) -> None:
        if self.is_dead:
            raise asyncio.CancelledError


def _tell(outcomes: Sequence[tuple[asyncio.Future[Any], Any, Exception | None]]) -> None:
    for result, value, problem in outcomes:
        if result.done():
            continue
        if problem is not None:
            result.set_exception(problem)
        else:
            result.set_result(value)


def _at_once(work: Coroutine[Any, Any, Any]) -> Any:
    """The result of what waits for nothing."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError(work)
