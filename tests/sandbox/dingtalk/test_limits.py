"""Limits on a clock that the test moves."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.sandbox.dingtalk import Faults
from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.limits import CallRate, PostRate


class Hand(Clock):
    """A clock that goes when it is moved."""

    def __init__(self) -> None:
        super().__init__()
        self.ms = 1_788_200_000_000

    def now(self) -> int:
        """The time that the test has set."""
        return self.ms


@pytest.fixture
def clock() -> Hand:
    """A clock moved by hand."""
    return Hand()


def test_twenty_posts_pass_in_any_minute(clock: Hand) -> None:
    """A steady 20 posts a minute never meet the limit, by robot and conversation."""
    rate = PostRate(clock, Faults())
    for _ in range(100):
        assert rate.allow("robot", "cid")
        clock.ms += 3000
    assert all(rate.allow("robot", f"cid{number}") for number in range(50))


def test_overrun_blocks_for_ten_minutes_and_posting_prolongs_it(clock: Hand) -> None:
    """One post too many blocks for ten minutes, counted from the last try."""
    rate = PostRate(clock, Faults())
    assert [rate.allow("robot", "cid") for _ in range(21)] == [True] * 20 + [False]
    clock.ms += 599_999
    assert not rate.allow("robot", "cid")
    clock.ms += 599_999
    assert not rate.allow("robot", "cid")
    clock.ms += 600_000
    assert rate.allow("robot", "cid")


def test_calls_of_a_second(clock: Hand) -> None:
    """Twenty calls pass in a second, the next waits for it to end; applications and APIs count apart."""
    rate = CallRate(clock, Faults())
    assert [rate.allow("app", "send") for _ in range(21)] == [True] * 20 + [False]
    assert rate.allow("app", "download")
    assert rate.allow("other", "send")
    clock.ms += 1000
    assert rate.allow("app", "send")


def test_zero_lifts_the_limits(clock: Hand) -> None:
    """Knobs at 0 lift rate limits."""
    faults = Faults(webhook_rate=0, api_qps=0)
    posts, calls = PostRate(clock, faults), CallRate(clock, faults)
    assert all(posts.allow("r", "c") and calls.allow("a", "x") for _ in range(100))
