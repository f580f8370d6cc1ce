"""An event loop on which hours pass in no time: the clock moves only when everybody waits, to the next thing that is due."""

from __future__ import annotations

import asyncio
import selectors
from typing import Any

A_MOMENT = 1e-8
EPOCH_MS = 1_795_900_000_000


class NothingIsDueError(AssertionError):
    """Everybody waits for somebody else."""


class _Selector(selectors.SelectSelector):
    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        """Let the time pass that was to be waited for; looking takes a moment, too."""
        if timeout is None:
            raise NothingIsDueError
        self.now += max(A_MOMENT, timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Nothing outside of the process is waited for."""

    def __init__(self) -> None:
        self._moved = _Selector()
        super().__init__(self._moved)

    def time(self) -> float:
        """Seconds since it was made."""
        return self._moved.now


class LoopClock:
    """The clock of a router on such a loop; its wall clock may be set."""

    def __init__(self) -> None:
        self.set_by = 0.0

    def now_ms(self) -> int:
        """Unix time in milliseconds."""
        return EPOCH_MS + round((self.monotonic() + self.set_by) * 1000)

    def monotonic(self) -> float:
        """Seconds of the loop."""
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(max(0.0, seconds))
