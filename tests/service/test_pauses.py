"""Long work leaves the loop to others in time."""

from __future__ import annotations

import asyncio

from prx_dingtalk_router.service.pauses import Pauses


async def test_a_pause_is_due_after_the_time_and_not_before() -> None:
    """The time counts from the last pause."""
    pauses = Pauses(every=3600.0)
    assert not pauses.due
    pauses = Pauses(every=0.0)
    assert pauses.due
    await pauses.pause()
    assert pauses.due


async def test_everybody_has_a_turn_in_a_pause() -> None:
    """Whoever was ready before the pause has run after it."""
    ran: list[int] = []
    loop = asyncio.get_running_loop()
    for number in range(3):
        loop.call_soon(ran.append, number)
    await Pauses().pause()
    assert ran == [0, 1, 2]
