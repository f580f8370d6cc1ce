"""Time as the simulated daemon sees it: the machine's clock plus what a test skipped."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """The machine's clocks, shifted by the seconds that ``advance`` skipped.

    Windows, lifetimes, lockouts and retention read this clock, so an hour can pass without waiting. Delays of the
    faults are real.
    """

    def __init__(self) -> None:
        self._skipped = 0.0

    def advance(self, seconds: float) -> None:
        """Skip ``seconds`` (at least 0) at once."""
        self._skipped += max(0.0, seconds)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic() + self._skipped

    def unix_ms(self) -> int:
        """Milliseconds since 1970."""
        return int((time.time() + self._skipped) * 1000)

    def rfc3339(self) -> str:
        """Now in UTC with microseconds, as `/health` writes it: ``2026-08-21T09:30:00.123456+00:00``."""
        return datetime.fromtimestamp(time.time() + self._skipped, UTC).isoformat(timespec="microseconds")
