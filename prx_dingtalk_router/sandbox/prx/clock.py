"""Time as the simulated daemon sees it: the machine's clock plus what a test skipped."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime


class Clock:
    """The machine's clocks, shifted by the seconds that ``advance`` skipped.

    Windows, lifetimes, lockouts, retention and the length of turns go by this clock, so an hour can pass without
    waiting. Delays on the wire are real.
    """

    def __init__(self) -> None:
        self._skipped = 0.0
        self._advanced = asyncio.Event()

    def advance(self, seconds: float) -> None:
        """Skip ``seconds`` (at least 0) at once."""
        self._skipped += max(0.0, seconds)
        advanced, self._advanced = self._advanced, asyncio.Event()
        advanced.set()

    async def sleep(self, seconds: float) -> None:
        """Wait until ``seconds`` have passed on this clock; ``advance`` shortens the wait."""
        end = self.monotonic() + seconds
        while (left := end - self.monotonic()) > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._advanced.wait(), left)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic() + self._skipped

    def unix_ms(self) -> int:
        """Milliseconds since 1970."""
        return int((time.time() + self._skipped) * 1000)

    def rfc3339(self) -> str:
        """Now in UTC with microseconds, as `/health` writes it: ``2026-08-21T09:30:00.123456+00:00``."""
        return datetime.fromtimestamp(time.time() + self._skipped, UTC).isoformat(timespec="microseconds")
