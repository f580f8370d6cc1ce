"""How a running router ends: with what is promised finished, and the promised exit code."""

from __future__ import annotations

import signal
from typing import Any

import pytest


async def hanging(world: Any, text: str) -> str:
    """A message whose agent is at work and does not end; its id."""
    world.agent.faults.hang = True
    msg_id: str = world.say(text)
    await world.turns.until(lambda event: getattr(event, "message", "") == text)
    await world.event("Acked", msg_id=msg_id)
    return msg_id


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
async def test_what_runs_is_finished_first(world: Any, number: signal.Signals, code: int) -> None:
    """After a signal the running turn is waited for and answered, the socket is closed, and the code is the promised one."""
    router = await world.run()
    msg_id = await hanging(world, "请教 最后一个")
    router.signal(number)
    await router.logged("stopping")
    world.agent.faults.hang = False
    assert await router.ended() == code
    assert "请教 最后一个" in (await world.reply_to(msg_id)).text
    (gone,) = await world.event("Disconnected")
    assert (gone.reason, gone.code) == ("client", 1000)
    assert router.log.seen[-1]["event"] == "stopped"
    assert "Traceback" not in router.said


async def test_what_comes_while_it_ends_is_carried_out_by_the_next(world: Any) -> None:
    """Until the socket closes messages are stored and acknowledged, and begun by nobody before the next start."""
    router = await world.run()
    running = await hanging(world, "请教 最后一个")
    router.signal(signal.SIGTERM)
    await router.logged("stopping")
    late = [world.say(f"敲门 太晚 {number}") for number in range(15)]
    for msg_id in late:
        (answer,) = await world.event("Acked", msg_id=msg_id)
        assert answer.code == 200
    world.agent.faults.hang = False
    assert await router.ended() == 0
    assert await world.reply_to(running)
    assert [world.replies_to(msg_id) for msg_id in late] == [[]] * 15
    after = await world.run()
    assert [(await world.reply_to(msg_id)).text for msg_id in late] == [
        f"请进：敲门 太晚 {number}" for number in range(15)
    ]
    after.signal(signal.SIGTERM)
    assert await after.ended() == 0
    assert [len(world.replies_to(msg_id)) for msg_id in (running, *late)] == [1] * 16


async def test_messages_that_come_with_the_signal_are_answered_once(world: Any) -> None:
    """Whichever of 15 messages comes before the signal and whichever after: together two processes answer each once."""
    # What is pushed while the socket closes has no ack, and comes again when a router is there.
    world.dingtalk.faults.redeliver_after, world.dingtalk.faults.redeliveries = 4.0, 100
    router = await world.run()
    said = [world.say(f"敲门 {number}") for number in range(5)]
    router.signal(signal.SIGTERM)
    said += [world.say(f"敲门 {number}") for number in range(5, 15)]
    assert await router.ended() == 0
    after = await world.run()
    for msg_id in said:
        assert await world.reply_to(msg_id)
    after.signal(signal.SIGTERM)
    assert await after.ended() == 0
    assert [len(world.replies_to(msg_id)) for msg_id in said] == [1] * 15


async def test_with_a_journal_in_memory_the_socket_is_closed_first(world: Any) -> None:
    """Nobody would carry out what is acknowledged then: the running turn is finished after the end of the connection."""
    router = await world.run(journal="memory:")
    msg_id = await hanging(world, "请教 最后一个")
    router.signal(signal.SIGTERM)
    (gone,) = await world.event("Disconnected")
    assert (gone.reason, gone.code) == ("client", 1000)
    assert world.replies_to(msg_id) == []
    world.agent.faults.hang = False
    assert await router.ended() == 0
    assert await world.reply_to(msg_id)


async def test_an_idle_router_ends_at_once(world: Any) -> None:
    """With nothing running, SIGTERM ends it with 0."""
    router = await world.run()
    router.signal(signal.SIGTERM)
    assert await router.ended() == 0


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
async def test_a_second_signal_ends_at_once(world: Any, second: signal.Signals) -> None:
    """A second signal does not wait for what runs; what was acknowledged until then is carried out by the next process."""
    router = await world.run()
    msg_id = await hanging(world, "请教 不等了")
    router.signal(signal.SIGTERM)
    await router.logged("stopping")
    late = [world.say(f"敲门 太晚 {number}") for number in range(15)]
    await world.event("Acked", msg_id=late[3])
    router.signal(second)
    assert await router.ended() == 130
    assert world.replies_to(msg_id) == []
    events = [line["event"] for line in router.log.seen]
    assert events[-1] == "stopped-at-once"
    assert events.count("decided") >= 5, "what was logged before it is written"
    assert "Traceback" not in router.said
    world.agent.faults.hang = False
    await world.run()
    for each in (msg_id, *late):
        assert await world.reply_to(each)
    assert [len(world.replies_to(each)) for each in late] == [1] * 15


async def test_once_ends_after_the_first_idle_second(world: Any) -> None:
    """``--once`` answers what comes, waits for what runs, and ends with 0 when a second was idle."""
    world.dingtalk.faults.hold_pushes = True
    msg_id = world.say("请教 只此一次")
    world.agent.faults.hang = True
    router = await world.run("--once", connected=False)
    await world.dingtalk.connected()
    world.dingtalk.faults.hold_pushes = False
    await world.turns.until(lambda event: getattr(event, "message", "") == "请教 只此一次")
    world.agent.faults.hang = False
    assert await router.ended() == 0
    assert "请教 只此一次" in (await world.reply_to(msg_id)).text
    assert router.log.seen[-1]["event"] == "stopped"


async def test_once_ends_without_any_message(world: Any) -> None:
    """``--once`` ends even if nobody writes."""
    router = await world.run("--once")
    assert await router.ended() == 0


async def test_refused_credentials_end_it_with_3(world: Any) -> None:
    """Credentials that are refused for ``give_up_after`` end the router with 3 and a sentence, without the secret."""
    world.dingtalk.faults.register = "authFailed"
    router = await world.run(connected=False, give_up_after="1s")
    assert await router.ended() == 3
    await router.logged("refused")
    assert [line for line in router.raw if line.startswith("prx-router: ")]
    assert "s3cr3t-0f-th3-b0t" not in router.said
    assert "Traceback" not in router.said
