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
    """After a signal nothing new is taken, the running turn is waited for and answered, and the socket is closed."""
    router = await world.run()
    msg_id = await hanging(world, "请教 最后一个")
    router.signal(number)
    await router.logged("stopping")
    late = world.say("敲门 太晚")
    await world.event("Pushed", msg_id=late)
    world.agent.faults.hang = False
    assert await router.ended() == code
    assert "请教 最后一个" in (await world.reply_to(msg_id)).text
    (gone,) = await world.event("Disconnected")
    assert (gone.reason, gone.code) == ("client", 1000)
    assert world.replies_to(late) == []
    assert [
        event
        for event in world.events.seen
        if getattr(event, "msg_id", "") == late and hasattr(event, "code")
    ] == []
    assert router.log.seen[-1]["event"] == "stopped"
    assert "Traceback" not in router.said


async def test_an_idle_router_ends_at_once(world: Any) -> None:
    """With nothing running, SIGTERM ends it with 0."""
    router = await world.run()
    router.signal(signal.SIGTERM)
    assert await router.ended() == 0


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
async def test_a_second_signal_ends_at_once(world: Any, second: signal.Signals) -> None:
    """A second signal does not wait for what runs."""
    router = await world.run()
    msg_id = await hanging(world, "请教 不等了")
    router.signal(signal.SIGTERM)
    await router.logged("stopping")
    router.signal(second)
    code = await router.ended()
    assert code in (-second, 130)
    assert world.replies_to(msg_id) == []
    assert "Traceback" not in router.said


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
