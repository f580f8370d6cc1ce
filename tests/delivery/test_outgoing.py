"""What a message makes the router say, with others in the same conversation: in order, whole, and nobody waits with a task."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery import Dead, Done, Repeated, Replied, advice_on
from prx_dingtalk_router.delivery.dispatch.alarms import Alarms
from prx_dingtalk_router.delivery.dispatch.floors import MOST_SPEAKERS
from prx_dingtalk_router.delivery.journal import StepRef

THROTTLED = 130101


def working():
    """How many tasks are at work on messages."""
    return sum(task.get_name().startswith("message-") for task in asyncio.all_tasks())


@pytest.fixture
def say(world, reply_step):
    """Accepts a message that is replied to; its id."""

    async def said(words, conversation="cidG==", **fields):
        message = world.message(conversation=conversation, **fields)
        await world.dispatchers[-1].accept(world.decision(reply_step(words), message=message))
        return message.msg_id

    return said


async def refused(world, alarm_set):
    """Wait until a reply was refused and its conversation is left alone; nothing of it is on its way then."""
    async with asyncio.timeout(15):
        await alarm_set.wait()
    for _ in range(10):
        await asyncio.sleep(0)
    (entry, *_) = await world.journal.unfinished()
    record = entry.steps[StepRef("r", "1")]
    assert (record.state, record.posting, working()) == ("sending", False, 0)


@pytest.fixture
def alarm_set(monkeypatch):
    """Set once something is put off."""
    happened, after = asyncio.Event(), Alarms.after

    def noted(self, seconds, ring):
        happened.set()
        after(self, seconds, ring)

    monkeypatch.setattr(Alarms, "after", noted)
    return happened


async def test_a_throttled_conversation_is_come_back_to(world, chat, say, alarm_set):
    """Meanwhile nobody has a task for it and others are answered; when its time is over all follow in their order."""
    dispatcher = world.start(speed=30)
    chat.answers.append(THROTTLED)
    first = await say("一")
    await refused(world, alarm_set)
    behind = [await say(word) for word in "二三"]
    other = await say("别处", "cidOther==")
    assert await world.watch.ended(other)
    assert (working(), chat.texts, dispatcher.running) == (0, ["别处"], 3)
    for each in (first, *behind):
        assert isinstance(await world.watch.ended(each), Done)
    assert chat.texts == ["别处", "一", "二", "三"]
    assert world.watch.of(Repeated) == []


async def test_each_part_is_noted_before_it_is_on_its_way(world, chat, say):
    """When a post arrives the journal says that it may, and how many were sent before it."""
    noted = []

    def look(_):
        (entry,) = world.journal._entries.values()
        record = entry.steps[StepRef("r", "1")]
        noted.append((record.parts, record.posting))
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    chat.answers += [look] * 9
    world.start()
    assert isinstance(await world.watch.ended(await say("\n".join("字" * 3000 for _ in range(5)))), Done)
    assert len(noted) > 1
    assert noted == [(number, True) for number in range(len(noted))]


async def test_what_was_refused_is_no_repeat_after_a_restart(world, chat, say, alarm_set):
    """A process that ends while a throttled conversation waits leaves nothing on its way: the next one sends and tells no repeat."""
    world.start(speed=1)
    chat.answers.append(THROTTLED)
    msg_id = await say("一")
    await refused(world, alarm_set)
    await world.dispatchers[-1].stop(drain=0)
    assert await world.start().resume() == 1
    assert isinstance(await world.watch.ended(msg_id), Done)
    assert (chat.texts, world.watch.of(Repeated)) == (["一"], [])


@pytest.mark.parametrize("durable", [True, False])
async def test_a_stop_waits_for_a_conversation_only_if_nobody_follows(world, chat, say, durable, alarm_set):
    """With a durable journal the next process comes back to it; without one the drain is there for it."""
    world.journal.durable = durable
    dispatcher = world.start(speed=100)
    chat.answers.append(THROTTLED)
    await say("一")
    await refused(world, alarm_set)
    await dispatcher.stop(drain=15)
    assert chat.texts == ([] if durable else ["一"])
    assert dispatcher.running == (1 if durable else 0)


async def test_parts_of_two_replies_do_not_mix(world, chat, say):
    """Replies to one conversation follow each other whole, in the order in which they were ready."""
    dispatcher = world.start()
    for word in "甲乙丙":
        await say("\n".join(word * 3000 for _ in range(5)))
    await dispatcher.idle()
    seen = "".join(text[0] for text in chat.texts)
    assert seen == "".join(sorted(seen, key="甲乙丙".index))
    assert set(seen) == set("甲乙丙")
    assert len(seen) > 3


async def test_a_notice_waits_for_the_floor(world, chat, say, agent_step, alarm_set):
    """That the agent is still working is said when the conversation takes something again, in its place behind who was there before."""
    await world.agent(notice_after=1.0, notice="还在处理")
    world.hold()
    dispatcher = world.start(speed=30)
    chat.answers.append(THROTTLED)
    await say("一")
    await refused(world, alarm_set)
    await dispatcher.accept(world.decision(agent_step(), message=world.message(sender="u1002")))
    await world.watch.until(Replied, purpose="notice")
    assert chat.texts == ["一", "还在处理"]
    world.open.set()
    await dispatcher.idle()
    assert chat.texts == ["一", "还在处理", "答：你好"]


async def test_thousands_that_wait_to_speak_have_no_tasks(world, chat, say):
    """Of 600 messages in as many conversations no more than may speak have tasks while the peer is slow; all are sent."""
    held = asyncio.Event()

    async def slow(request):
        await request.read()
        await held.wait()
        return web.json_response({"errcode": 0})

    app = web.Application()
    app.router.add_post("/robot/sendBySession", slow)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    dispatcher = world.start()
    for number in range(600):
        await say("好", f"cid{number}", session_webhook=f"http://{host}:{port}/robot/sendBySession?session=s")
    await dispatcher._backlog.begun()
    for _ in range(50):
        await asyncio.sleep(0)
    assert working() <= MOST_SPEAKERS
    assert dispatcher.running == 600
    held.set()
    await dispatcher.idle()
    assert len(world.watch.of(Done)) == 600
    await runner.cleanup()


async def test_what_finds_no_place_in_line_is_dead_with_its_reason(world, chat, say, alarm_set):
    """Where as many wait as may, the next reply fails by that, is dead and not told; those in line are sent, others are answered."""
    dispatcher = world.start(speed=30)
    dispatcher._context.floors.most_waiting = 2
    chat.answers.append(THROTTLED)
    first = await say("一")
    await refused(world, alarm_set)
    second = await say("二")
    third = await say("三")
    dead = await world.watch.ended(third)
    assert isinstance(dead, Dead)
    assert dead.reason == text("delivery.conversation-full", most=2)
    assert advice_on(dead.reason)
    assert isinstance(await world.watch.ended(await say("别处", "cidOther==")), Done)
    assert isinstance(await world.watch.ended(first), Done)
    assert isinstance(await world.watch.ended(second), Done)
    assert chat.texts == ["别处", "一", "二"]
    (refusal,) = [each for each in world.watch.of(Replied) if each.result == "refused"]
    assert (refusal.msg_id, refusal.route, refusal.reason) == (third, "none", dead.reason)
    assert isinstance(await world.watch.ended(await say("四")), Done)


async def test_a_telling_that_finds_no_place_in_line_is_let_be(world, chat, say, agent_step, alarm_set):
    """Where as many wait as may, nobody is told of a failure either, and the message ends all the same."""
    dispatcher = world.start(speed=30, failed_reply="抱歉")
    dispatcher._context.floors.most_waiting = 1
    chat.answers.append(THROTTLED)
    first = await say("一")
    await refused(world, alarm_set)
    message = world.message()
    await dispatcher.accept(world.decision(agent_step("nobody"), message=message))
    assert isinstance(await world.watch.ended(message.msg_id), Dead)
    assert isinstance(await world.watch.ended(first), Done)
    await dispatcher.idle()
    assert chat.texts == ["一"]
