"""Agent steps whose surroundings change: reloads while they wait, and several agents of one chain."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.delivery import AgentStarted, Dead, Done, EntryKey, StepFailed


@pytest.mark.parametrize("waits_for", ["session", "room"])
async def test_who_waits_over_a_reload_is_asked_after_it(world, agent_step, waits_for):
    """New settings of an agent harm nobody who waits for it, whether for their session or for room."""
    prx = await world.agent(in_flight=1)
    world.hold()
    dispatcher = world.start()
    await world.accept(agent_step(), text="一")
    await world.watch.holds(lambda: prx.turns)
    second = await world.accept(agent_step(), text="二", sender="u1001" if waits_for == "session" else "u2")
    for _ in range(50):  # until it waits
        await asyncio.sleep(0)
    world.pools[-1].replace({"desk": world.tables["desk"].model_copy(update={"notice": "…"})})
    world.open.set()
    assert isinstance(await world.watch.ended(second), Done)
    await dispatcher.idle()
    assert world.chat.texts == ["答：一", "答：二"]


async def test_who_waits_for_an_agent_that_a_reload_removes_is_dead(world, agent_step):
    """A message that waits in a session while its agent is removed is dead with that reason."""
    prx = await world.agent()
    world.hold()
    world.start()
    first = await world.accept(agent_step())
    await world.watch.holds(lambda: prx.turns)
    second = await world.accept(agent_step())
    world.pools[-1].replace({})
    world.open.set()
    assert isinstance(await world.watch.ended(first), Done)
    dead = await world.watch.ended(second)
    assert isinstance(dead, Dead)
    assert dead.reason.key == "delivery.agent-removed"


async def test_an_agent_may_be_its_own_alternative(world, agent_step):
    """Asked again in other words after a failure, a safe agent gets a new key, so the request is not a conflict."""
    prx = await world.agent(retry_safe=True)
    prx.faults.fail = "error"
    world.start()
    await world.accept(agent_step(alternatives=(agent_step("desk", "1.1", template="短一些"),)))
    await world.watch.until(StepFailed)
    prx.faults.fail = ""
    await world.chat.until(1)
    assert world.chat.texts == ["答：短一些"]
    assert [event.attempt for event in world.watch.of(AgentStarted)] == [1, 2]


async def test_an_agent_is_not_its_own_alternative_while_it_is_at_work(world, agent_step, reply_step):
    """A turn that outlived its timeout keeps its session busy, also for the next step of its own chain."""
    prx = await world.agent(retry_safe=True)
    world.hold()
    dispatcher = world.start()
    instead = (agent_step("desk", "1.1"), reply_step("{{ failure }}", "1.2"))
    await world.accept(agent_step(timeout=1.0, alternatives=instead))
    await world.chat.until(1)
    waiting = await world.accept(agent_step(), text="下一个")
    assert len(prx.turns) == 1
    world.open.set()
    assert isinstance(await world.watch.ended(waiting), Done)
    await dispatcher.idle()
    assert [turn.message for turn in prx.turns] == ["你好", "下一个"]
    assert world.chat.texts == ["the agent is busy, please try again later", "答：下一个"]


async def test_of_two_late_turns_the_first_answer_is_sent(world, agent_step):
    """When safe agents outlived their timeouts and nothing was performed instead, whoever answers first is heard."""
    done = {"desk": asyncio.Event(), "other": asyncio.Event()}

    def answer(name):
        async def answered(_):
            await done[name].wait()
            return name

        return answered

    for name in done:
        await world.agent(name, answer=answer(name), retry_safe=True)
    world.start()
    step = agent_step(timeout=1.0, alternatives=(agent_step("other", "1.1", timeout=1.0),))
    msg_id = await world.accept(step)
    await world.watch.until(StepFailed, 2)
    done["other"].set()
    await world.chat.until(1)
    done["desk"].set()
    assert isinstance(await world.watch.ended(msg_id), Done)
    assert world.chat.texts == ["other"]


async def test_what_is_retried_is_not_turned_away_by_a_full_session(world, agent_step):
    """However many are tried again at once, they wait for each other, in the order in which they were written."""
    prx = await world.agent(waiting=1)
    prx.faults.fail = "error"
    dispatcher = world.start()
    ids = [await world.accept(agent_step(), text=f"第{number}") for number in range(6)]
    for msg_id in ids:
        assert isinstance(await world.watch.ended(msg_id), Dead)
    prx.faults.fail = ""
    await asyncio.gather(*(dispatcher.retry(EntryKey("dingbot", msg_id)) for msg_id in ids))
    await dispatcher.idle()
    assert world.chat.texts == [f"答：第{number}" for number in range(6)]


@pytest.mark.parametrize("format", ["markdown", "text"])
async def test_an_answer_calls_nobody_out(world, agent_step, format):  # noqa: A002
    """Whatever an agent writes, DingTalk is given no list of whom to notify; the words themselves arrive as they are."""
    words = "@u1002 @所有人 <@all> [@u1003](dingtalk://x) @$:LWCP_v1:$u4 <a atId=u1002>小李</a>"

    async def answer(_):
        return words

    await world.agent(answer=answer, format=format)
    world.start()
    await world.accept(agent_step())
    await world.chat.until(1)
    await world.dispatchers[-1].idle()
    (post,) = world.chat.posts
    assert words in (post["markdown"]["text"] if format == "markdown" else post["text"]["content"])
    assert "at" not in post
