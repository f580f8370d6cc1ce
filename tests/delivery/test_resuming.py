"""Going on with what an earlier process left, beside what comes meanwhile (interfaces.md section 5)."""

from __future__ import annotations

import asyncio

from prx_dingtalk_router.delivery import Done


async def test_who_comes_first_goes_first_after_a_restart(world, agent_step):
    """All that an earlier process left get in line before any of them goes to the agent."""
    prx = await world.agent()
    world.journal.durable = True
    world.start().close()
    now = world.clock.now_ms()
    for said, after in (("third", 9), ("first", 1), ("second", 5)):
        await world.accept(agent_step(), text=said, created_at_ms=now + after)
    dispatcher = world.start()
    assert await dispatcher.resume() == 3
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["first", "second", "third"]


async def test_what_comes_while_reactions_are_taken_up_is_begun_once(world, agent_step, monkeypatch):
    """Whatever going on waits for first: what is accepted meanwhile is this process's own, and not begun a second time."""
    prx = await world.agent()
    world.journal.durable = True
    dispatcher = world.start()
    taken_up, go_on = asyncio.Event(), asyncio.Event()

    async def take_up():
        taken_up.set()
        await go_on.wait()

    monkeypatch.setattr(dispatcher._context.reactions, "take_up", take_up)
    resuming = asyncio.create_task(dispatcher.resume())
    await taken_up.wait()
    msg_id = await world.accept(agent_step())
    go_on.set()
    assert await resuming == 0
    assert isinstance(await world.watch.ended(msg_id), Done)
    await dispatcher.idle()
    assert len(prx.turns) == 1
