"""Begins what was stored, in the order in which it was; what is more urgent goes first, though not for long."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Iterator

from prx_dingtalk_router.delivery.journal import Entry

# Of the second within which a callback is answered (interfaces.md section 5.1), half may be needed for others.
_LONGEST_WAIT = 0.5
# A thousand begun at once would keep everybody else from the loop until each has taken its first steps.
AT_A_TIME = 8


class Backlog:
    """The queue between storing a message and carrying it out.

    Without a hold and with nothing urgent, a message begins at once. Otherwise it waits for the end of both, at most
    half a second, and many begin little by little.

    Args:
        begin: begins to carry out an entry; returns at once.
        is_urgent: whether something waits that must come before.
    """

    def __init__(self, begin: Callable[[Entry], None], is_urgent: Callable[[], bool]) -> None:
        self._begin = begin
        self._is_urgent = is_urgent
        self._waiting: deque[tuple[Entry, float]] = deque()
        self._holds = 0
        self._at_once = 0
        self._is_shut = False
        self._released = asyncio.Event()
        self._is_closed = False
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, entry: Entry) -> None:
        """Begin an entry, now or after those that came before it."""
        self._waiting.append((entry, asyncio.get_running_loop().time()))
        if self._is_closed:
            return
        if len(self._waiting) == 1 and self._may_begin() and not self._is_put_off():
            self._begin_some()
        elif self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="backlog")

    @contextlib.contextmanager
    def holding(self) -> Iterator[None]:
        """Begin nothing while this lasts."""
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1
            self._released.set()

    @contextlib.contextmanager
    def shut(self) -> Iterator[None]:
        """Begin nothing while this lasts, however long: what was there before comes first."""
        self._is_shut = True
        try:
            yield
        finally:
            self._is_shut = False
            self._released.set()

    async def begun(self) -> None:
        """Wait until nothing waits here any more."""
        while self._waiting and self._task is not None and not self._is_closed:
            await asyncio.wait({self._task})

    def close(self) -> None:
        """Begin nothing more: what waits, and what is added, is left to the journal."""
        self._is_closed = True
        self._released.set()

    async def _run(self) -> None:
        while self._waiting and not self._is_closed:
            if self._is_put_off():
                self._released.clear()
                if self._is_shut:
                    await self._released.wait()
                    continue
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout_at(self._waiting[0][1] + _LONGEST_WAIT):
                        await self._released.wait()
            else:
                self._begin_some()
                await asyncio.sleep(0)

    def _may_begin(self) -> bool:
        """Whether one more may begin at once, before others have had a turn."""
        if self._at_once == 0:
            asyncio.get_running_loop().call_soon(self._others_had_a_turn)
        self._at_once += 1
        return self._at_once <= AT_A_TIME

    def _others_had_a_turn(self) -> None:
        self._at_once = 0

    def _is_put_off(self) -> bool:
        waited = asyncio.get_running_loop().time() - self._waiting[0][1]
        return self._is_shut or (waited < _LONGEST_WAIT and (self._holds > 0 or self._is_urgent()))

    def _begin_some(self) -> None:
        for _ in range(min(AT_A_TIME, len(self._waiting))):
            self._begin(self._waiting.popleft()[0])
