"""The daemon's clock."""

from __future__ import annotations

import asyncio
from datetime import datetime

from prx_dingtalk_router.sandbox.prx.clock import Clock


def test_advance_moves_all_readings() -> None:
    """Monotonic seconds, unix milliseconds and the written time move together; time never goes back."""
    clock = Clock()
    monotonic, unix_ms = clock.monotonic(), clock.unix_ms()
    clock.advance(3_600)
    clock.advance(-3_600)
    assert clock.monotonic() - monotonic >= 3_600
    assert clock.unix_ms() - unix_ms >= 3_599_999
    written = datetime.fromisoformat(clock.rfc3339())
    assert abs(written.timestamp() * 1000 - clock.unix_ms()) < 60_000


async def test_sleep_goes_by_the_clock() -> None:
    """A sleeper wakes when enough was skipped, and not before; none at all is no wait."""
    clock = Clock()
    await clock.sleep(0)
    sleeper = asyncio.create_task(clock.sleep(1_000))
    await asyncio.sleep(0)
    clock.advance(900)
    for _ in range(10):
        await asyncio.sleep(0)
    assert not sleeper.done()
    clock.advance(101)
    await sleeper
