"""Time as delivery sees it, so that windows, expiry and schedules can be tested without waiting for them.

Two times, never mixed. The wall clock (``now_ms``) is for what is stored, shown, or compared with other people's times: when a
message was written, when a webhook expires. It may be set back or forward at any moment, so nothing is waited for by it. Every
wait, time-out and pause is counted on the monotonic clock, which means nothing outside this process.
"""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

LEAST_STEP = 1.0


class Clock(Protocol):
    """Tells the time and waits."""

    def now_ms(self) -> int:
        """Unix time in milliseconds, by the wall clock."""

    def monotonic(self) -> float:
        """Seconds since some moment of this process, which no setting of the wall clock changes."""

    async def sleep(self, seconds: float) -> None:
        """Wait on the monotonic clock; zero or less only lets others run."""


class SystemClock:
    """The clocks of the machine."""

    def now_ms(self) -> int:
        """Unix time in milliseconds, by the wall clock."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        """Seconds since some moment of this process, which no setting of the wall clock changes."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait on the monotonic clock; zero or less only lets others run."""
        await asyncio.sleep(max(0.0, seconds))


class StepDetector:
    """Notices that the wall clock was set, or that the machine slept.

    Args:
        clock: both of whose times are compared.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._apart = self._difference()

    def step(self) -> float | None:
        """Seconds by which the wall clock was set since the last call; None below one second, as slewing is no step."""
        apart = self._difference()
        step = apart - self._apart
        if abs(step) < LEAST_STEP:
            return None
        self._apart = apart
        return step

    def _difference(self) -> float:
        return self._clock.now_ms() / 1000 - self._clock.monotonic()
