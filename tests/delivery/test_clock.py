"""The two times of delivery: the wall clock, and the one that nobody sets."""

from __future__ import annotations

from prx_dingtalk_router.delivery.clock import StepDetector, SystemClock


def test_time_that_passes_is_no_step(hand_clock):
    """Hours that pass on both clocks, and slewing by less than a second, are no step."""
    steps = StepDetector(hand_clock)
    hand_clock.ms += 3 * 3_600_000
    assert steps.step() is None
    hand_clock.wall_ms += 900
    assert steps.step() is None


def test_a_step_is_noticed_once_with_its_size(hand_clock):
    """Whoever sets the wall clock by an hour, either way, is noticed the next time, and not again."""
    steps = StepDetector(hand_clock)
    for hours in (-1, 1, 1):
        hand_clock.wall_ms += hours * 3_600_000
        assert steps.step() == hours * 3600
        assert steps.step() is None


def test_small_steps_add_up(hand_clock):
    """A clock that is moved a little again and again has been set in the end."""
    steps = StepDetector(hand_clock)
    seen = []
    for _ in range(4):
        hand_clock.wall_ms += 600
        seen.append(steps.step())
    assert round(sum(filter(None, seen)), 3) == 2.4


async def test_the_clocks_of_the_machine(monkeypatch):
    """Waiting takes its time on the monotonic clock, and setting the wall clock does not show there."""
    clock = SystemClock()
    steps = StepDetector(clock)
    before, wall = clock.monotonic(), clock.now_ms()
    await clock.sleep(0.02)
    await clock.sleep(-1.0)
    assert clock.monotonic() - before >= 0.019
    monkeypatch.setattr("time.time_ns", lambda: (wall + 7_200_000) * 1_000_000)
    assert abs(steps.step() - 7200) < 60
    assert clock.monotonic() - before < 60
