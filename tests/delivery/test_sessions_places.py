"""The places in the queues of sessions."""

from __future__ import annotations

import asyncio

from prx_dingtalk_router.delivery import EntryKey
from prx_dingtalk_router.delivery.dispatch.sessions import Sessions
from prx_dingtalk_router.delivery.journal import Lane

LANE = Lane("desk", "s")


def _key(name):
    return EntryKey("bot", name)


async def test_a_lane_is_sorted_and_one_at_a_time():
    """The earliest by (createAt, arrival) goes next, but does not overtake the one at the agent."""
    sessions = Sessions()
    order = []

    async def through(name):
        await sessions.await_turn(LANE, _key(name))
        order.append(name)

    for arrival, (name, created) in enumerate([("late", 9), ("b", 5), ("a", 5)]):
        assert sessions.enter(LANE, _key(name), (created, arrival), None)
    await asyncio.wait_for(through("b"), 5)
    assert sessions.enter(LANE, _key("early"), (1, 4), None)
    waits = [asyncio.create_task(through(name)) for name in ("late", "a", "early")]
    await asyncio.sleep(0)
    assert order == ["b"]
    for name in ("b", "early", "a"):
        sessions.leave(LANE, _key(name))
        for _ in range(3):
            await asyncio.sleep(0)
    await asyncio.gather(*waits)
    assert order == ["b", "early", "a", "late"]


async def test_the_first_of_a_lane_is_waited_for():
    """While the first is not ready yet, the second does not go before it; when it leaves, it does."""
    sessions = Sessions()
    sessions.enter(LANE, _key("1"), (1, 1), None)
    sessions.enter(LANE, _key("2"), (2, 2), None)
    waiting = asyncio.create_task(sessions.await_turn(LANE, _key("2")))
    await asyncio.sleep(0)
    assert not waiting.done()
    sessions.leave(LANE, _key("1"))
    await asyncio.wait_for(waiting, 5)


def test_so_many_may_wait():
    """Besides the one whose turn it is `waiting` may wait; the next has no place, and lanes do not share places."""
    sessions = Sessions()
    assert [sessions.enter(LANE, _key(str(n)), (n, n), 2) for n in range(4)] == [True, True, True, False]
    assert sessions.enter(LANE, _key("0"), (0, 0), 0)
    assert sessions.enter(Lane("desk", "other"), _key("3"), (3, 3), 0)
