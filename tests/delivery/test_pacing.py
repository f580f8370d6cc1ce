"""How fast conversations are written to."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.delivery.dingtalk.pacing import Pacer


async def _speak(pacer, conversation):
    async with pacer.speaking(conversation):
        await pacer.turn(conversation)


async def test_conversations_that_went_quiet_are_forgotten(hand_clock):
    """Thousands of conversations do not stay in memory; one that spoke within the minute keeps its count."""
    pacer = Pacer(1, hand_clock)
    for number in range(3000):
        await _speak(pacer, f"old {number}")
    hand_clock.ms += 61_000
    await _speak(pacer, "new")
    for number in range(5000):
        await _speak(pacer, f"more {number}")
    assert not any(name.startswith("old") for name in pacer._conversations)
    before = hand_clock.ms
    await _speak(pacer, "new")
    assert hand_clock.ms - before >= 59_000


async def test_a_pause_holds_even_an_unused_minute(hand_clock):
    """While a conversation is silenced nothing is sent there, however few replies there were."""
    pacer = Pacer(18, hand_clock)
    async with pacer.speaking("cid"):
        await pacer.turn("cid")
        pacer.pause("cid", 90.0)
        before = hand_clock.ms
        await pacer.turn("cid")
    assert hand_clock.ms - before >= 90_000


@pytest.mark.parametrize("hours", [-1, 1])
async def test_setting_the_wall_clock_changes_no_wait(hand_clock, hours):
    """A conversation waits for its minute, and for a pause, whatever the wall clock is set to meanwhile."""
    pacer = Pacer(1, hand_clock)
    await _speak(pacer, "cid")
    hand_clock.wall_ms = hours * 3_600_000
    await _speak(pacer, "cid")
    assert sum(hand_clock.slept) == pytest.approx(60.0)
    async with pacer.speaking("cid"):
        pacer.pause("cid", 90.0)
        hand_clock.wall_ms = 0
        await pacer.turn("cid")
    assert sum(hand_clock.slept) == pytest.approx(150.0)
