"""Calls that are due at some time."""

from __future__ import annotations

import asyncio

from prx_dingtalk_router.delivery.dispatch.alarms import Alarms


async def test_they_ring_in_order_of_their_time(world):
    """Whatever order they are set in; of two that are due together the first set rings first; one task waits for all."""
    alarms, rang = Alarms(world.clock), []
    before = len(asyncio.all_tasks())
    for name, seconds in (("late", 0.05), ("soon", 0.01), ("sooner", 0.0), ("late too", 0.05)):
        alarms.after(seconds, lambda name=name: rang.append(name))
    assert len(asyncio.all_tasks()) == before + 1
    async with asyncio.timeout(20):
        while len(rang) < 4:
            await alarms.rung()
    assert sorted(rang[2:]) == rang[2:] == ["late", "late too"]
    assert rang[:2] == ["sooner", "soon"]


async def test_a_sooner_one_does_not_wait_for_a_later_one(world):
    """Whoever sleeps for the one that is due first is woken by one that is due before it."""
    alarms, rang = Alarms(world.clock), asyncio.Event()
    alarms.after(3600.0, rang.clear)
    await asyncio.sleep(0)
    alarms.after(0.0, rang.set)
    async with asyncio.timeout(20):
        await rang.wait()
    await alarms.aclose()


async def test_nobody_is_called_after_the_close(world):
    """Neither what was set before it nor what is set after it."""
    alarms, rang = Alarms(world.clock), []
    alarms.after(0.0, lambda: rang.append(1))
    await alarms.aclose()
    alarms.after(0.0, lambda: rang.append(2))
    for _ in range(10):
        await asyncio.sleep(0)
    assert (rang, len(alarms)) == ([], 0)
