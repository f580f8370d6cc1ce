"""Thousands of messages: what waits costs memory, not tasks; and what comes while they are gone on with comes after them."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.delivery import Done, StepStarted, to_carry_out

MANY, SOME = 5000, 1000


class Tasks:
    """Counts tasks as they are made."""

    def __init__(self):
        self.made = self.most = self.living = 0
        asyncio.get_running_loop().set_task_factory(self._make)

    def _make(self, loop, coroutine, **options):
        task = asyncio.Task(coroutine, loop=loop, **options)
        task.add_done_callback(self._over)
        self.made += 1
        self.living += 1
        self.most = max(self.most, self.living)
        return task

    def _over(self, _):
        self.living -= 1


async def store_many(world, dispatcher, agent_step, conversations, many=MANY):
    """Hand over messages to an agent, of so many conversations."""
    decisions = [
        world.decision(agent_step(), message=world.message(conversation=f"cid{number % conversations}"))
        for number in range(many)
    ]
    for at in range(0, many, 500):
        await dispatcher.accept_all([to_carry_out(each) for each in decisions[at : at + 500]])
    return [each.message.msg_id for each in decisions]


@pytest.mark.parametrize("conversations", [1, MANY])
async def test_what_waits_has_no_tasks(world, agent_step, conversations):
    """Whether for its session or for room at the agent; neither when it is handed over, nor after a restart, nor at the end."""
    prx = await world.agent(waiting=MANY, in_flight=4)
    world.hold()
    dispatcher = world.start(speed=1)
    tasks = Tasks()
    await store_many(world, dispatcher, agent_step, conversations)
    await dispatcher._backlog.begun()
    await world.watch.holds(lambda: len(prx.turns) == min(4, conversations))
    assert dispatcher.running == MANY
    assert len(asyncio.all_tasks()) < 60
    assert tasks.most < 200
    made = tasks.made
    await dispatcher.stop(drain=0)
    assert tasks.made - made < 60
    await world.pools[-1].aclose()

    dispatcher = world.start(speed=1)
    tasks = Tasks()
    assert await dispatcher.resume() == MANY
    for _ in range(10):
        await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) < 60
    assert tasks.most < 200


async def test_all_go_on_after_a_restart_however_slow_the_journal_is(world, agent_step, monkeypatch):
    """Who is first in a session is read again once all are in line: some at a time, so that they do not need memory all at once."""
    await world.agent(waiting=SOME, in_flight=4)
    world.hold()
    dispatcher = world.start(speed=1)
    await store_many(world, dispatcher, agent_step, SOME, SOME)
    await dispatcher.stop(drain=0)
    await world.pools[-1].aclose()

    dispatcher = world.start(speed=1)
    gate, all_read, get, reading, read = asyncio.Event(), asyncio.Event(), world.journal.get, 0, 0

    async def slowly(key):
        nonlocal reading, read
        reading += 1
        await gate.wait()
        reading, read = reading - 1, read + 1
        if read == SOME:
            all_read.set()
        return await get(key)

    monkeypatch.setattr(world.journal, "get", slowly)
    assert await dispatcher.resume() == SOME
    for _ in range(300):
        await asyncio.sleep(0)
    assert 0 < reading < 100
    gate.set()
    await all_read.wait()
    assert dispatcher.running == SOME


async def test_what_comes_meanwhile_is_stored_at_once_and_begun_after(
    world, reply_step, journal, monkeypatch
):
    """A router that goes on with many takes messages all the while, and nobody overtakes who was there before."""
    world.journal = journal
    world.start(per_minute=100_000)
    before = [to_carry_out(world.decision(reply_step(f"{number}"))) for number in range(60)]
    await journal.store(before, 1)
    gate, unfinished = asyncio.Event(), journal.unfinished

    async def slowly(*arguments, **options):
        await gate.wait()
        return await unfinished(*arguments, **options)

    monkeypatch.setattr(journal, "unfinished", slowly)
    dispatcher = world.start(per_minute=100_000)
    going_on = asyncio.create_task(dispatcher.resume())
    await asyncio.sleep(0)
    late = world.decision(reply_step("late"))
    stored = await dispatcher.accept(late)
    assert stored.new
    for _ in range(20):
        await asyncio.sleep(0)
    assert (dispatcher.running, world.watch.of(StepStarted)) == (1, [])
    gate.set()
    assert await going_on == 60
    assert isinstance(await world.watch.ended(late.message.msg_id), Done)
    await dispatcher.idle()
    assert world.chat.texts == [*map(str, range(60)), "late"]
    await dispatcher.stop(drain=0)
