"""Tells the operator when the machine's clock was set: what is stored, and when webhooks expire, goes by it."""

from __future__ import annotations

from prx_dingtalk_router.delivery import Clock, SystemClock
from prx_dingtalk_router.delivery.clock import StepDetector
from prx_dingtalk_router.service.logs import log

LOOK_SECONDS = 5.0


async def watch_clock(clock: Clock | None = None) -> None:
    """Log each step of the wall clock within five seconds, until cancelled.

    Args:
        clock: whose times are compared.
    """
    clock = clock or SystemClock()
    steps = StepDetector(clock)
    while True:
        await clock.sleep(LOOK_SECONDS)
        step = steps.step()
        if step is not None:
            log("warning", "clock-set", seconds=f"{step:+.0f}")
