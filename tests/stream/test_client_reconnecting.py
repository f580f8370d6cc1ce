"""How the Stream client replaces its connection: hand-over, backoff, no storm (dingtalk-stream.md section 5)."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import Any

from prx_dingtalk_router.stream import (
    Callback,
    LossReason,
    Lost,
    Opened,
    StreamState,
)


async def test_a_cut_connection_is_replaced(gateway: Any, consume: Any, frames: Any) -> None:
    """After a cut without a close frame the client registers again and goes on receiving."""
    consumer = consume()
    first = await gateway.next_socket()
    await first.push(frames.callback("m-1"))
    await consumer.until(Callback)
    first.drop()
    second = await gateway.next_socket()
    await second.push(frames.callback("m-2"))
    callbacks = await consumer.until(Callback, 2)
    assert [callback.message_id for callback in callbacks] == ["m-1", "m-2"]
    assert callbacks[0].connection_id != callbacks[1].connection_id
    [lost] = await consumer.until(Lost)
    assert lost.reason is LossReason.DROPPED
    assert len(await consumer.until(Opened, 2)) == 2
    assert consumer.client.counters.reconnects == {"dropped": 1}


async def test_a_disconnect_is_handed_over_without_a_gap(gateway: Any, consume: Any, frames: Any) -> None:
    """The replacement opens at once while the old socket is still read and answered; then the gateway closes it."""
    consumer = consume()
    old = await gateway.next_socket()
    await old.push(frames.system("disconnect", "d-1", {"reason": "connection is expired"}))
    new = await gateway.next_socket()
    assert not old.closed.is_set()
    assert consumer.client.connected
    await old.push(frames.callback("late"), frames.system("ping", "p-old", {"opaque": "1"}))
    await new.push(frames.callback("fresh"))
    assert (await old.answer_to("late"))["code"] == 200
    assert (await old.answer_to("p-old"))["code"] == 200
    assert (await new.answer_to("fresh"))["code"] == 200
    await old.websocket.close()
    [lost] = await consumer.until(Lost)
    assert lost.reason is LossReason.DISCONNECT
    assert consumer.client.state is StreamState.OPEN
    assert consumer.client.counters.reconnects == {"disconnect": 1}
    assert len(gateway.registrations) == 2
    assert all(answer["headers"]["messageId"] != "d-1" for answer in old.answers)


async def test_a_draining_connection_is_closed_after_its_window(
    gateway: Any, consume: Any, frames: Any
) -> None:
    """When the gateway does not close an announced connection, the client does, with code 1000."""
    consumer = consume(timing=replace(frames.fast, drain=0.05))
    old = await gateway.next_socket()
    await old.push(frames.system("disconnect", "d-1", {"reason": "connection is expired"}))
    await gateway.next_socket()
    await consumer.until(Lost)
    async with asyncio.timeout(10):
        await old.closed.wait()
    assert old.close_code == 1000


async def test_disconnects_in_a_row_do_not_make_a_storm(gateway: Any, consume: Any, frames: Any) -> None:
    """A gateway that announces the end of each new connection at once meets growing delays."""

    async def announce(socket: Any) -> None:
        await socket.push(frames.system("disconnect", "d", {"reason": "no"}))

    gateway.on_open = announce
    consumer = consume(timing=replace(frames.fast, backoff_first=0.001, backoff_cap=3600.0, drain=30.0))
    haste = consumer.client._policy._haste
    async with asyncio.timeout(10):
        while haste.ceiling < 0.1:
            await gateway.next_socket()
    assert consumer.client.counters.reconnects["disconnect"] >= 7


async def test_a_cut_between_two_disconnects_ends_the_row(gateway: Any, consume: Any, frames: Any) -> None:
    """Disconnect, cut, disconnect: the second announcement is followed at once like the first."""
    consumer = consume()
    first = consumer.client._policy._haste.ceiling
    for say_goodbye in (True, False, True):
        socket = await gateway.next_socket()
        if say_goodbye:
            await socket.push(frames.system("disconnect", "d", {"reason": "x"}))
        else:
            socket.drop()
    await gateway.next_socket()
    assert consumer.client._policy._haste.ceiling == first
    assert consumer.client.counters.reconnects == {"disconnect": 2, "dropped": 1}


async def test_a_repeated_announcement_does_not_lengthen_the_drain(
    gateway: Any, consume: Any, frames: Any
) -> None:
    """The window begins with the first disconnect frame, however many follow."""
    consume(timing=replace(frames.fast, drain=0.1))
    old = await gateway.next_socket()

    async def repeat() -> None:
        with contextlib.suppress(ConnectionError):
            while not old.closed.is_set():
                await old.push(frames.system("disconnect", "d", {"reason": "x"}))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(old.closed.wait(), 0.01)

    repeating = asyncio.create_task(repeat())
    async with asyncio.timeout(10):
        await old.closed.wait()
        await repeating
    assert old.close_code == 1000


async def test_a_connection_that_is_never_useful_is_asked_for_ever_slower(
    gateway: Any, consume: Any, frames: Any
) -> None:
    """Twenty times open and closed at once: the ceiling of the delays is the cap, and one loop asks."""

    async def close(socket: Any) -> None:
        await socket.websocket.close()

    gateway.on_open = close
    consumer = consume(timing=replace(frames.fast, backoff_first=0.0005, backoff_cap=0.004))
    for _ in range(20):
        await gateway.next_socket()
    assert consumer.client._policy._backoff.ceiling == 0.004
    assert len(gateway.registrations) in (20, 21)
    assert {lost.reason for lost in await consumer.until(Lost, 19)} == {LossReason.CLOSED}


async def test_a_useful_connection_resets_the_backoff(gateway: Any, consume: Any, frames: Any) -> None:
    """After a frame the next delay is a short one again."""
    gateway.refuse(503, "busy", "text/plain", times=4)
    consumer = consume(timing=replace(frames.fast, backoff_first=0.001, backoff_cap=60.0))
    socket = await gateway.next_socket()
    assert consumer.client._policy._backoff.ceiling == 0.016
    await socket.push(frames.callback("m-1"))
    await consumer.until(Callback)
    socket.drop()
    await gateway.next_socket()
    assert consumer.client._policy._backoff.ceiling == 0.002


async def test_a_connection_of_some_age_resets_the_backoff(gateway: Any, consume: Any, frames: Any) -> None:
    """A connection that stood for useful_after was useful without any frame."""
    gateway.refuse(503, "busy", "text/plain", times=4)
    consumer = consume(timing=replace(frames.fast, backoff_first=0.001, backoff_cap=60.0, useful_after=0.0))
    (await gateway.next_socket()).drop()
    await gateway.next_socket()
    assert consumer.client._policy._backoff.ceiling == 0.002
