"""The ban on a public address."""

from __future__ import annotations

from prx_dingtalk_router.delivery.dingtalk import AddressBan


async def test_a_ban_lasts_as_long_as_the_longest_that_was_told(hand_clock):
    """It ends by itself; one that is told of meanwhile only makes it longer."""
    ban = AddressBan(hand_clock)
    assert ban.left == 0.0
    ban.begin(300)
    await hand_clock.sleep(100)
    ban.begin(60)
    assert ban.left == 200.0
    ban.begin(300)
    await hand_clock.sleep(299)
    assert ban.left == 1.0
    await hand_clock.sleep(1)
    assert ban.left == 0.0
