"""When a message shows that its agent is at work: from its first wait to its end, however it ends."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.decision.model import CancelStep, Guard
from prx_dingtalk_router.delivery import (
    AgentEnded,
    AgentPool,
    AgentStarted,
    Dispatcher,
    Done,
    ReactionChanged,
    Replies,
    SessionWebhook,
)
from prx_dingtalk_router.delivery.dingtalk import Accepted


class Wire:
    """What is seen on messages, and all calls."""

    def __init__(self):
        self.seen: set[str] = set()
        self.calls: list[tuple[str, str]] = []

    async def attach(self, robot, conversation, msg_id, name):
        """Set one."""
        self.calls.append(("attach", msg_id))
        self.seen.add(msg_id)
        return Accepted({})

    async def recall(self, robot, conversation, msg_id, name):
        """Take it away."""
        self.calls.append(("recall", msg_id))
        self.seen.discard(msg_id)
        return Accepted({})


@pytest.fixture
def wire():
    """Where reactions are seen."""
    return Wire()


@pytest.fixture
def start(world, wire):
    """Starts a dispatcher over the world's journal that shows reactions on the wire."""

    def make():
        pool = AgentPool(world.tables, clock=world.clock)
        replies = Replies([SessionWebhook(world.http, ["127.0.0.1"], clock=world.clock)], per_minute=1000)
        dispatcher = Dispatcher(
            world.journal,
            pool,
            replies,
            observers=[world.watch],
            clock=world.clock,
            failed_reply="",
            reactions=wire,
        )
        world.pools.append(pool)
        world.dispatchers.append(dispatcher)
        return dispatcher

    return make


async def is_gone(world, wire, msg_id):
    """Wait until a message has ended and shows nothing."""
    await world.watch.ended(msg_id)
    await world.watch.holds(lambda: msg_id not in wire.seen)


async def test_it_is_seen_while_the_agent_works_and_gone_with_the_answer(world, wire, start, agent_step):
    """The answer does not wait for it, nor it for the answer."""
    await world.agent()
    world.hold()
    message = world.message()
    await start().accept(world.decision(agent_step(progress="reaction"), message=message))
    await world.watch.until(ReactionChanged, result="attached")
    assert world.watch.of(AgentStarted)
    world.open.set()
    await is_gone(world, wire, message.msg_id)
    await world.watch.until(ReactionChanged, result="removed")
    assert wire.calls == [("attach", message.msg_id), ("recall", message.msg_id)]
    assert world.chat.texts == ["答：你好"]
    assert not await world.journal.reactions()


async def test_nothing_is_shown_without_the_option(world, wire, start, agent_step):
    """Nor by a step that is no agent's."""
    await world.agent()
    message = world.message()
    dispatcher = start()
    await dispatcher.accept(world.decision(agent_step(), message=message))
    await world.watch.ended(message.msg_id)
    await dispatcher.stop()
    assert wire.calls == []


async def test_a_message_that_waits_for_its_session_shows_it_too(world, wire, start, agent_step):
    """People wait in the dark while another message of theirs is at the agent, and are not left to."""
    await world.agent()
    world.hold()
    dispatcher = start()
    first, second = world.message("一"), world.message("二")
    for message in (first, second):
        await dispatcher.accept(world.decision(agent_step(progress="reaction"), message=message))
    await world.watch.until(ReactionChanged, 2, result="attached")
    assert len(world.watch.of(AgentStarted)) == 1
    assert wire.seen == {first.msg_id, second.msg_id}
    world.open.set()
    for message in (first, second):
        await is_gone(world, wire, message.msg_id)


async def test_it_is_gone_when_the_agent_fails(world, wire, start, agent_step, reply_step):
    """Before or after the ``else`` is said, whichever is sooner."""

    async def answer(_):
        await world.open.wait()
        raise RuntimeError("no")

    await world.agent(answer=answer)
    world.hold()
    message = world.message()
    step = agent_step(progress="reaction", alternatives=(reply_step("稍后再试", position="1.1"),))
    await start().accept(world.decision(step, message=message))
    await world.watch.until(ReactionChanged, result="attached")
    world.open.set()
    await is_gone(world, wire, message.msg_id)
    assert world.chat.texts == ["稍后再试"]


async def test_it_is_gone_with_the_timeout(world, wire, start, agent_step):
    """The agent may be at work still; nobody waits for it any more."""
    await world.agent()
    world.hold()
    message = world.message()
    await start().accept(world.decision(agent_step(progress="reaction", timeout=4.0), message=message))
    await world.watch.until(ReactionChanged, result="attached")
    await world.watch.until(ReactionChanged, result="removed")
    assert not world.watch.of(AgentEnded)
    world.open.set()
    await world.watch.ended(message.msg_id)
    assert wire.calls == [("attach", message.msg_id), ("recall", message.msg_id)]


async def test_it_is_gone_when_its_sender_cancels(world, wire, start, agent_step):
    """Of the message at the agent, and of the one that waits."""
    await world.agent()
    world.hold()
    dispatcher = start()
    asked = [world.message("一"), world.message("二")]
    for message in asked:
        await dispatcher.accept(world.decision(agent_step(progress="reaction"), message=message))
    await world.watch.until(ReactionChanged, 2, result="attached")
    stop = world.message("停")
    await dispatcher.accept(world.decision(CancelStep(rule="stop", position="1"), message=stop))
    for message in asked:
        await is_gone(world, wire, message.msg_id)
    world.open.set()


async def test_a_chain_of_agents_keeps_one(world, wire, start, agent_step):
    """The second agent is asked with the reaction of the first, and only one is ever set."""
    await world.agent("desk", reach_for="1s")
    await world.agent("general")
    await world.prx["desk"].stop()
    world.hold()
    message = world.message()
    other = agent_step("general", position="1.1", progress="reaction")
    step = agent_step("desk", progress="reaction", timeout=60.0, alternatives=(other,))
    await start().accept(world.decision(step, message=message))
    await world.watch.until(AgentStarted, agent="general")
    await world.watch.until(ReactionChanged, result="attached")
    world.open.set()
    await is_gone(world, wire, message.msg_id)
    assert wire.calls.count(("attach", message.msg_id)) == wire.calls.count(("recall", message.msg_id))
    assert world.chat.texts == ["答：你好"]


@pytest.mark.parametrize("mode", ["merge", "replace"])
async def test_what_is_put_together_or_replaced_shows_nothing_afterwards(
    world, wire, start, agent_step, mode
):
    """Each of its session loses its reaction with its own end, whoever is answered."""
    await world.agent()
    world.hold()
    dispatcher = start()
    messages = [world.message(said) for said in ("一", "二", "三")]
    for count, message in enumerate(messages, start=1):
        step = agent_step(progress="reaction", while_busy=mode)
        await dispatcher.accept(world.decision(step, message=message))
        await world.watch.until(ReactionChanged, count, result="attached")
    world.open.set()
    for message in messages:
        await is_gone(world, wire, message.msg_id)
    assert not await world.journal.reactions()


async def test_a_step_without_room_shows_nothing(world, wire, start, agent_step):
    """Its agent is never waited for."""
    await world.agent()
    dispatcher = start()
    step = agent_step(progress="reaction", guard=Guard(1, 600.0))
    for said in ("一", "二"):
        message = world.message(said)
        await dispatcher.accept(world.decision(step, message=message))
        await world.watch.ended(message.msg_id)
    await dispatcher.stop()
    assert ("attach", message.msg_id) not in wire.calls


async def test_the_end_of_the_router_takes_it_away_and_the_next_start_sets_it_again(
    world, wire, start, agent_step
):
    """A message that is left in the journal shows nothing while nobody works on it."""
    await world.agent()
    world.hold()
    dispatcher = start()
    message = world.message()
    await dispatcher.accept(world.decision(agent_step(progress="reaction"), message=message))
    await world.watch.until(ReactionChanged, result="attached")
    await dispatcher.stop(drain=0.0)
    assert wire.seen == set()
    await start().resume()
    await world.watch.until(ReactionChanged, 2, result="attached")
    world.open.set()
    assert isinstance(await world.watch.ended(message.msg_id), Done)
    await is_gone(world, wire, message.msg_id)


@pytest.mark.parametrize("calls", ["refused", "slow"])
async def test_reactions_hinder_no_answer(world, wire, start, agent_step, monkeypatch, calls):
    """Calls that fail, or never come back, keep nothing from its conversation."""

    async def call(*_):
        if calls == "slow":
            await asyncio.Event().wait()
        raise ConnectionError

    await world.agent()
    monkeypatch.setattr(wire, "attach", call)
    monkeypatch.setattr(wire, "recall", call)
    dispatcher = start()
    message = world.message()
    await dispatcher.accept(world.decision(agent_step(progress="reaction"), message=message))
    assert isinstance(await world.watch.ended(message.msg_id), Done)
    assert world.chat.texts == ["答：你好"]
