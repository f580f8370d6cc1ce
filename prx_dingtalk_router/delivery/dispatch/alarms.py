"""Calls that are due at some time: one task waits for all of them, however many there are."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable

from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.waiting import wait_for_any


class Alarms:
    """Calls back after so many seconds on the monotonic clock.

    Args:
        clock: waits and tells the time.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._sooner = asyncio.Event()
        self._rang = asyncio.Event()
        self._is_closed = False
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._due)

    def after(self, seconds: float, ring: Callable[[], None]) -> None:
        """Call ``ring`` once so many seconds have passed; of two that are due together the first set is the first called."""
        if self._is_closed:
            return
        heapq.heappush(self._due, (self._clock.monotonic() + seconds, next(self._numbers), ring))
        if self._due[0][2] is ring:
            self._sooner.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="alarms")

    async def rung(self) -> None:
        """Wait until one has been called."""
        self._rang.clear()
        await self._rang.wait()

    async def aclose(self) -> None:
        """Call nobody any more."""
        self._is_closed = True
        self._due.clear()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while self._due:
            wait = self._due[0][0] - self._clock.monotonic()
            if wait > 0:
                self._sooner.clear()
                await wait_for_any(self._clock.sleep(wait), self._sooner.wait())
            else:
                heapq.heappop(self._due)[2]()
                self._rang.set()
