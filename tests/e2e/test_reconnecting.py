"""Connections come and go; messages do not get lost over it."""

from __future__ import annotations

from typing import Any


def answered(world: Any, said: dict[str, str]) -> bool:
    """Whether each of these messages got its one reply."""
    return all(world.replies_to(msg_id) == [f"请进：{text}"] for msg_id, text in said.items())


async def test_an_announced_end_loses_nothing(world: Any) -> None:
    """Around a ``disconnect`` every message is acknowledged and answered once, over the old connection or the new."""
    router = await world.run()
    said = {world.say(f"敲门 {n}", f"u100{n % 5 + 1}"): f"敲门 {n}" for n in range(10)}
    world.dingtalk.disconnect()
    said |= {world.say(f"敲门 {n}", f"u100{n % 5 + 1}"): f"敲门 {n}" for n in range(10, 20)}
    await world.event("Connected", 2)
    said |= {world.say(f"敲门 {n}", f"u100{n % 5 + 1}"): f"敲门 {n}" for n in range(20, 30)}
    for msg_id in said:
        await world.event("Acked", msg_id=msg_id, code=200)
        await world.reply_to(msg_id)
    assert answered(world, said)
    await router.logged("connected", 2)
    await world.event("Disconnected")
    assert world.dingtalk.connections == 1
    (told,) = await router.logged("connection-replaced")
    assert told["level"] == "info"


async def test_a_connection_that_is_cut_is_replaced(world: Any) -> None:
    """After a cut without any word the router connects again; what was not acknowledged comes again and acts once."""
    world.dingtalk.faults.redeliver_after = 4.0
    world.dingtalk.faults.redeliveries = 100
    router = await world.run()
    said = {world.say(f"敲门 {n}"): f"敲门 {n}" for n in range(5)}
    world.dingtalk.cut()
    await world.event("Connected", 2)
    said[world.say("敲门 之后")] = "敲门 之后"
    for msg_id in said:
        await world.event("Acked", msg_id=msg_id, code=200)
        await world.reply_to(msg_id)
    assert answered(world, said)
    await router.logged("connection-lost")


async def test_a_gateway_that_is_down_is_tried_again(world: Any) -> None:
    """Refused registrations are told with the time of the next try, and end when the gateway is back."""
    world.dingtalk.faults.register = "unavailable"
    world.dingtalk.faults.register_for = 2
    router = await world.run(connected=False)
    (first, *_) = await router.logged("refused", 2)
    assert first["level"] == "error"
    assert first["seconds"] >= 0
    await router.logged("connected")
    msg_id = world.say("敲门")
    assert (await world.reply_to(msg_id)).text == "请进：敲门"
