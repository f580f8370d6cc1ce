"""Decisions carried out over real sockets."""

from __future__ import annotations

import logging

import pytest

from prx_dingtalk_router.decision.model import DropStep, Guard, Mention
from prx_dingtalk_router.delivery import (
    AgentEnded,
    AgentPool,
    AgentStarted,
    Dead,
    Dispatcher,
    Done,
    Dropped,
    Duplicate,
    LateAnswer,
    Limited,
    Replies,
    SessionWebhook,
    StepFailed,
    StepStarted,
)


async def test_a_reply_reaches_the_conversation_it_answers(world, reply_step):
    """A reply is rendered and posted to the webhook of its own message, and the entry is done."""
    dispatcher = world.start()
    message = world.message("hi", session_webhook=world.chat.webhook("other"))
    stored = await dispatcher.accept(world.decision(reply_step("收到：{{ text }}"), message=message))
    assert stored.new
    assert isinstance(await world.watch.ended(message.msg_id), Done)
    assert world.chat.posts == [{"msgtype": "text", "text": {"content": "收到：hi"}, "session": "other"}]
    assert (await world.journal.counts())["done"] == 1


async def test_a_message_acts_once(world, reply_step):
    """The same message accepted again is reported as a duplicate and does nothing."""
    dispatcher = world.start()
    decision = world.decision(reply_step())
    assert (await dispatcher.accept(decision)).new
    assert not (await dispatcher.accept(decision)).new
    await dispatcher.idle()
    assert not (await dispatcher.accept(decision)).new
    await dispatcher.idle()
    assert len(world.chat.posts) == 1
    assert len(world.watch.of(Duplicate)) == 2


async def test_two_robots_may_receive_the_same_message_id(world, agent_step):
    """A message id belongs to its robot: the second robot's turn runs, and both are answered."""
    prx = await world.agent()
    dispatcher = world.start()
    for robot, said in (("robotA", "甲"), ("robotB", "乙")):
        message = world.message(said, robot=robot, msg_id="msgSame==")
        await dispatcher.accept(world.decision(agent_step(), message=message))
    await dispatcher.idle()
    assert sorted(turn.message for turn in prx.turns) == sorted(["甲", "乙"])
    assert sorted(world.chat.texts) == sorted(["答：甲", "答：乙"])


async def test_an_agent_is_asked_and_its_answer_sent(world, reply_step, agent_step):
    """Steps run in order: the reply first, then the agent's answer as markdown with a title."""

    async def answer(request):
        return f"# 关于 **{request.message}**\n\n- 好"

    prx = await world.agent(answer=answer)
    dispatcher = world.start()
    decision = world.decision(reply_step("处理中", mention=Mention()), agent_step(position="2"))
    await dispatcher.accept(decision)
    assert isinstance(await world.watch.ended(decision.message.msg_id), Done)
    first, second = world.chat.posts
    assert first["text"]["content"] == "@u1001 处理中"
    assert first["at"] == {"atUserIds": ["u1001"]}
    assert second["markdown"] == {"title": "关于 你好", "text": "# 关于 **你好**\n\n- 好"}
    assert "at" not in second
    assert [turn.reply_target for turn in prx.turns] == ["dingtalk:dingbot:group:cidG==:u1001"]
    ended = world.watch.of(AgentEnded)[0]
    assert (ended.agent, ended.result, ended.reason) == ("desk", "answered", None)


async def test_an_unreachable_agent_is_replaced(world, reply_step, agent_step):
    """An agent that certainly did not start hands over to the next agent; `failure` says why."""
    down = await world.agent("down", reach_for=2.0)
    await down.stop()
    up = await world.agent("up")
    dispatcher = world.start()
    step = agent_step(
        "down",
        alternatives=(
            agent_step("up", "1.1", template="{{ failure }}"),
            reply_step("{{ failure }}", "1.2"),
        ),
    )
    decision = world.decision(step)
    await dispatcher.accept(decision)
    assert isinstance(await world.watch.ended(decision.message.msg_id), Done)
    assert [turn.message for turn in up.turns] == ["the agent cannot be reached"]
    assert len(world.chat.posts) == 1


async def test_a_failed_turn_is_not_given_to_another_agent(world, reply_step, agent_step):
    """After a turn that ran, `else agent` is passed over and `else reply` is sent."""
    desk = await world.agent("desk")
    desk.faults.fail = "error"
    other = await world.agent("other")
    dispatcher = world.start()
    step = agent_step(alternatives=(agent_step("other", "1.1"), reply_step("抱歉：{{ failure }}", "1.2")))
    decision = world.decision(step)
    await dispatcher.accept(decision)
    assert isinstance(await world.watch.ended(decision.message.msg_id), Done)
    assert world.chat.texts == ["抱歉：the agent could not finish"]
    assert len(desk.turns) == 1
    assert other.turns == []


async def test_a_guard_lets_so_many_through(world, reply_step):
    """A refused step takes its `else`; a chain of guards alone ends with nothing sent and the entry done."""
    dispatcher = world.start()
    guard = Guard(1, 60.0, "sender")
    for _ in range(2):
        step = reply_step("一次", guard=guard, alternatives=(reply_step("太快", "1.1", guard=guard),))
        await dispatcher.accept(world.decision(step))
        await dispatcher.idle()
    await dispatcher.accept(world.decision(step))
    await dispatcher.idle()
    assert world.chat.texts == ["一次", "太快"]
    assert [event.position for event in world.watch.of(Limited)] == ["1", "1", "1.1"]


async def test_a_limited_agent_is_dropped_as_limited(world, agent_step):
    """An agent step without room and without alternatives drops the message as `limited`."""
    prx = await world.agent()
    dispatcher = world.start()
    for _ in range(2):
        decision = world.decision(agent_step(guard=Guard(1, 60.0)))
        await dispatcher.accept(decision)
        await dispatcher.idle()
    assert world.watch.of(Dropped)[0].reason == "limited"
    assert len(prx.turns) == 1


async def test_a_drop_says_its_reason(world, agent_step):
    """A drop step, and a decision without steps, end with the rule's word and send nothing."""
    dispatcher = world.start()
    await dispatcher.accept(world.decision(DropStep(rule="r", position="1", reason="spam")))
    await dispatcher.accept(world.decision(reason="no rule"))
    await dispatcher.idle()
    assert sorted(event.reason for event in world.watch.of(Dropped)) == ["no rule", "spam"]
    assert world.chat.posts == []


async def test_a_removed_agent_leaves_the_message_dead(world, agent_step):
    """A stored decision whose agent is not in the configuration is dead with that reason."""
    dispatcher = world.start()
    decision = world.decision(agent_step("gone"))
    await dispatcher.accept(decision)
    dead = await world.watch.ended(decision.message.msg_id)
    assert isinstance(dead, Dead)
    assert (dead.reason.key, dead.reason.params) == ("delivery.agent-removed", {"agent": "gone"})


async def test_a_timeout_takes_the_alternative_and_the_late_answer_is_not_sent(world, reply_step, agent_step):
    """After `else reply` was performed the answer that comes later is logged only."""
    await world.agent()
    world.hold()
    dispatcher = world.start()
    decision = world.decision(agent_step(timeout=1.5, alternatives=(reply_step("超时了", "1.1"),)))
    await dispatcher.accept(decision)
    assert isinstance(await world.watch.ended(decision.message.msg_id), Done)
    assert dispatcher.running == 1
    world.open.set()
    await world.watch.until(LateAnswer, agent="desk")
    await dispatcher.idle()
    assert world.chat.texts == ["超时了"]


async def test_a_late_answer_without_alternative_is_still_sent(world, agent_step):
    """A timeout without an alternative leaves the answer to be delivered when it comes."""
    await world.agent()
    world.hold()
    dispatcher = world.start()
    decision = world.decision(agent_step(timeout=1.5))
    await dispatcher.accept(decision)
    await world.watch.until(StepFailed)
    world.open.set()
    assert isinstance(await world.watch.ended(decision.message.msg_id), Done)
    assert len(world.chat.posts) == 1


async def test_what_is_put_off_is_not_begun_at_the_end(world, reply_step):
    """While something urgent waits nothing is begun; it counts as running, and a stop leaves it, journal or not."""
    pool = AgentPool({})
    replies = Replies([SessionWebhook(world.http, ["127.0.0.1"])], per_minute=1000)
    dispatcher = Dispatcher(world.journal, pool, replies, observers=[world.watch], is_urgent=lambda: True)
    for _ in range(20):
        await dispatcher.accept(world.decision(reply_step()))
    assert (dispatcher.running, world.watch.of(StepStarted)) == (20, [])
    await dispatcher.stop()
    assert (dispatcher.running, world.watch.of(StepStarted)) == (20, [])
    await pool.aclose()


@pytest.mark.parametrize(("durable", "said"), [(True, "delivery.left"), (False, "delivery.lost")])
async def test_what_becomes_of_the_rest_is_said_as_it_is(world, agent_step, caplog, durable, said):
    """What runs and what waits at a stop goes on at the next start, or is lost with a journal in memory."""
    caplog.set_level(logging.INFO)
    world.journal.durable = durable
    await world.agent()
    world.hold()
    dispatcher = world.start()
    for _ in range(3):
        await dispatcher.accept(world.decision(agent_step("desk")))
    await world.watch.until(AgentStarted)
    await dispatcher.stop(drain=0)
    (sentence,) = [record.msg for record in caplog.records if record.name.endswith("dispatcher")]
    assert (sentence.key, sentence.params["count"]) == (said, 3)
