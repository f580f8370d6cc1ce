"""A clock that is set is told to the operator."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json

from prx_dingtalk_router.service.clock_watch import watch_clock
from prx_dingtalk_router.service.logs import configure_logs, flush_logs


class SetClock:
    """A clock on which time passes in sleeping, and whose wall clock is set as told, one step a sleep."""

    def __init__(self, *steps: float) -> None:
        self._steps = list(steps)
        self._seconds = 0.0
        self._set = 0.0

    def now_ms(self) -> int:
        """Unix time in milliseconds."""
        return round((1_788_200_000 + self._seconds + self._set) * 1000)

    def monotonic(self) -> float:
        """Seconds that have passed."""
        return self._seconds

    async def sleep(self, seconds: float) -> None:
        """Let the time pass, and set the wall clock; cancelled when all steps are done."""
        if not self._steps:
            raise asyncio.CancelledError
        self._seconds += seconds
        self._set += self._steps.pop(0)


async def test_each_step_is_one_line() -> None:
    """An hour back and a minute forward are told once each, with their sign; quiet times and slewing are not."""
    out = io.StringIO()
    configure_logs("info", "json", out)
    with contextlib.suppress(asyncio.CancelledError):
        await watch_clock(SetClock(0.0, 0.3, -3600.0, 0.0, 60.0, 0.0))
    assert flush_logs()
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(line["event"], line["level"], line["seconds"]) for line in lines] == [
        ("clock-set", "warning", "-3600"),
        ("clock-set", "warning", "+60"),
    ]
