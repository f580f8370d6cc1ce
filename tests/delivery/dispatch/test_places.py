"""Places in sessions are given back once the journal has why: what the next process reads must not bring anybody back in line."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.decision.model import ForgetStep, Guard
from prx_dingtalk_router.delivery import AgentStarted, Dead, Done, EntryKey, MemoryJournal
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger
from prx_dingtalk_router.delivery.journal import StepChanged, StopAsked

A_MINUTE_LATER = 130101


class Gated(MemoryJournal):
    """Lets nothing of one kind be kept before ``open`` is set; ``reached`` once somebody wants that."""

    def __init__(self, is_of_the_kind, turns_of_the_loop=0):
        super().__init__()
        self.is_of_the_kind = is_of_the_kind
        self.turns_of_the_loop = turns_of_the_loop
        self.reached, self.open = asyncio.Event(), asyncio.Event()

    async def apply(self, entry, changes):
        """Keep changes."""
        if any(self.is_of_the_kind(change) for change in changes):
            self.reached.set()
            await self.open.wait()
        for _ in range(self.turns_of_the_loop):
            await asyncio.sleep(0)
        return await super().apply(entry, changes)


async def test_who_was_turned_away_is_not_let_in_by_a_restart(world, agent_step, reply_step):
    """A message that found its session full, and had something else to say first, is not asked after those behind it."""
    world.journal = Gated(lambda change: isinstance(change, StepChanged) and change.record.due_at_ms)
    world.journal.open.set()
    prx = await world.agent(waiting=0)
    world.hold()
    world.start()
    await world.accept(agent_step(), text="一")
    await world.watch.holds(lambda: prx.turns)
    world.chat.answers.append(A_MINUTE_LATER)
    turned_away = await world.accept(reply_step("收到"), agent_step(position="2"), text="二")
    await world.journal.reached.wait()
    world.open.set()
    await world.accept(agent_step(while_busy="replace"), text="三")
    await world.watch.holds(lambda: len(prx.turns) == 2)
    dispatcher = await world.restart()
    await dispatcher.resume()
    dead = await world.watch.ended(turned_away)
    assert isinstance(dead, Dead)
    assert dead.reason.key == "delivery.queue-full"
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["一", "三"]


@pytest.mark.parametrize("state", ["failed", "refused"])
async def test_whoever_leaves_a_line_is_in_it_until_that_is_kept(world, agent_step, reply_step, state):
    """While it is not kept that a step was not done, nobody behind it comes nearer to the agent."""
    world.journal = Gated(lambda change: isinstance(change, StepChanged) and change.record.state == state)
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    await world.accept(agent_step(guard=Guard(1, 60.0)))
    await world.watch.holds(lambda: prx.turns)
    leaving = agent_step(guard=Guard(1, 60.0)) if state == "refused" else agent_step(template="{{ quoted }}")
    await world.accept(leaving)
    await world.journal.reached.wait()
    await world.accept(agent_step(rule="s"))
    async with asyncio.timeout(5):
        while dispatcher.queued < 2:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0)
    world.journal.open.set()
    world.open.set()
    await dispatcher.idle()


async def test_who_came_while_the_agent_was_removed_is_asked_before_those_behind(
    world, agent_step, reply_step
):
    """A message gets in line for an agent that a reload has removed, and that is there again when its step is reached."""
    world.journal = Gated(
        lambda change: isinstance(change, StepChanged) and change.record.state == "performed"
    )
    prx = await world.agent()
    dispatcher = world.start()
    world.pools[-1].replace({})
    await world.accept(reply_step("收到"), agent_step(position="2"), text="一")
    await world.journal.reached.wait()
    world.pools[-1].replace(world.tables)
    second = await world.accept(agent_step(), text="二")
    async with asyncio.timeout(5):
        while not dispatcher.queued:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0)
    world.journal.open.set()
    assert isinstance(await world.watch.ended(second), Done)
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["一", "二"]


async def test_a_turn_that_is_given_up_is_not_left_as_sent(world, agent_step, monkeypatch):
    """Stopped just as it is noted as sent: nobody is asked, and for the next process it is certain that nobody was."""
    about_to_send, change_turn = asyncio.Event(), Ledger.change_turn

    async def told(ledger, new, **fields):
        if fields.get("state") == "sent":
            about_to_send.set()
        await change_turn(ledger, new, **fields)

    monkeypatch.setattr(Ledger, "change_turn", told)
    world.journal = Gated(lambda change: isinstance(change, StopAsked), turns_of_the_loop=20)
    prx = await world.agent()
    prx.faults.answer_latency = 0.1
    dispatcher = world.start()
    stopped = await world.accept(agent_step())
    await world.watch.until(AgentStarted)
    instead = await world.accept(agent_step(while_busy="replace"), text="二")
    await world.journal.reached.wait()
    await about_to_send.wait()
    world.journal.open.set()
    assert isinstance(await world.watch.ended(instead), Done)
    await dispatcher.idle()
    kept = await world.journal.get(EntryKey("dingbot", stopped))
    assert [turn.state for turn in kept.turns] == ["not-started"]
    assert [turn.message for turn in prx.turns] == ["二"]


async def test_an_agent_that_is_removed_while_others_are_stopped_for_it_leaves_nobody_waiting(
    world, agent_step
):
    """Who takes the place of others, and has no agent any more once they have stopped, is dead with that reason."""
    world.journal = Gated(lambda change: isinstance(change, StopAsked))
    await world.agent()
    world.hold()
    dispatcher = world.start()
    await world.accept(agent_step())
    await world.watch.until(AgentStarted)
    instead = await world.accept(agent_step(while_busy="replace"))
    await world.journal.reached.wait()
    world.pools[-1].replace({})
    world.journal.open.set()
    dead = await world.watch.ended(instead)
    assert isinstance(dead, Dead)
    assert dead.reason.key == "delivery.agent-removed"
    world.open.set()
    await dispatcher.idle()


async def test_people_who_share_a_session_get_in_line_in_one_order(world, agent_step):
    """While a `forget` of one person waits for the journal, nobody else goes before what that person wrote next."""
    world.journal = Gated(lambda change: isinstance(change, StepChanged) and change.record.state == "refused")
    prx = await world.agent()
    dispatcher = world.start()
    forget = ForgetStep(rule="f", position="1", guard=Guard(1, 600.0))
    assert isinstance(await world.watch.ended(await world.accept(forget, sender="u3")), Done)
    await world.accept(forget, sender="u1")
    await world.journal.reached.wait()
    shared = agent_step(session="conversation")
    await world.accept(shared, sender="u1", text="一")
    await world.accept(shared, sender="u2", text="二")
    for _ in range(50):  # whoever need not wait goes
        await asyncio.sleep(0)
    world.journal.open.set()
    await world.watch.holds(lambda: len(world.watch.of(Done)) == 4)
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["一", "二"]
