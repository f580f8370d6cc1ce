"""How fast conversations are written to."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.delivery.dingtalk.pacing import Pacer


def test_a_minute_holds_so_many(hand_clock):
    """The next is in order when the first of a full minute is a minute old, and is only counted then."""
    pacer = Pacer(2, hand_clock)
    assert pacer.take("cid") == 0
    hand_clock.ms += 10_000
    assert pacer.take("cid") == 0
    for _ in range(3):
        assert pacer.take("cid") == pytest.approx(50.0)
    hand_clock.ms += 49_999
    assert pacer.take("cid") == pytest.approx(0.001)
    hand_clock.ms += 1
    assert pacer.take("cid") == 0
    assert pacer.take("cid") == pytest.approx(10.0)
    assert pacer.take("another") == 0


def test_conversations_that_went_quiet_are_forgotten(hand_clock):
    """Thousands of conversations do not stay in memory; one that spoke within the minute keeps its count."""
    pacer = Pacer(1, hand_clock)
    for number in range(3000):
        pacer.take(f"old {number}")
    hand_clock.ms += 61_000
    pacer.take("new")
    for number in range(5000):
        pacer.take(f"more {number}")
    assert not any(name.startswith("old") for name in pacer._conversations)
    assert pacer.take("new") == pytest.approx(60.0)


def test_a_pause_holds_even_an_unused_minute(hand_clock):
    """While a conversation is silenced nothing is sent there, however few replies there were."""
    pacer = Pacer(18, hand_clock)
    pacer.take("cid")
    pacer.pause("cid", 90.0)
    assert pacer.take("cid") == pytest.approx(90.0)
    hand_clock.ms += 90_000
    assert pacer.take("cid") == 0


@pytest.mark.parametrize("hours", [-1, 1])
def test_setting_the_wall_clock_changes_no_wait(hand_clock, hours):
    """A conversation waits for its minute, and for a pause, whatever the wall clock is set to meanwhile."""
    pacer = Pacer(1, hand_clock)
    pacer.take("cid")
    hand_clock.wall_ms = hours * 3_600_000
    assert pacer.take("cid") == pytest.approx(60.0)
    pacer.pause("cid", 90.0)
    hand_clock.wall_ms = 0
    assert pacer.take("cid") == pytest.approx(90.0)
