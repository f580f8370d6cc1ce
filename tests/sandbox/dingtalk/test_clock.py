"""The service's clock."""

from __future__ import annotations

import time

from prx_dingtalk_router.sandbox.dingtalk.clock import Clock


def test_speed_shortens_waits_and_leaves_the_time_alone() -> None:
    """An hour at speed 60 is a minute, and what the clock shows is the wall's time."""
    clock = Clock(60.0)
    assert clock.seconds(3600) == 60
    assert clock.after(1_788_200_000_000, 3600) == 1_788_200_060_000
    before = time.time_ns() // 1_000_000
    assert before <= clock.now() <= time.time_ns() // 1_000_000
