"""The writing side of a connection: nobody waits to read while something cannot be written, and writes are few."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from prx_dingtalk_router.stream import Callback, Lost, Opened, acknowledge

# More than the buffers of both ends hold.
MUCH = "x" * 32_000_000


@pytest.fixture
def patient(frames: Any) -> Any:
    """Times in which a peer that reads nothing is not noticed."""
    return replace(frames.fast, ping_interval=3600.0, close=0.1)


async def test_callbacks_are_acknowledged_with_one_write(
    gateway: Any, consume: Any, frames: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty answers given together are one write to the socket, and fifty messages at the other end."""
    consumer = consume(answers=False)
    socket = await gateway.next_socket()
    await socket.push(*(frames.callback(f"m-{number}") for number in range(50)))
    callbacks = await consumer.until(Callback, 50)
    writes: list[int] = []
    [connection] = consumer.client._sockets
    transport = connection._websocket.transport
    write = transport.write

    def count(data: bytes) -> None:
        writes.append(len(data))
        write(data)

    monkeypatch.setattr(transport, "write", count)
    assert await acknowledge(callbacks) == [True] * 50
    assert len(writes) == 1
    await socket.answer_to("m-49")
    assert [answer["headers"]["messageId"] for answer in socket.answers] == [f"m-{n}" for n in range(50)]
    assert consumer.client.counters.acks == {200: 50}


async def test_frames_are_read_while_nothing_can_be_written(
    gateway: Any, consume: Any, frames: Any, patient: Any
) -> None:
    """A peer that reads nothing of what it asks for still gets its callbacks handed over."""
    consumer = consume(answers=False, timing=patient)
    socket = await gateway.next_socket()
    await socket.push(frames.callback("m-1"))
    [callback] = await consumer.until(Callback)
    socket.request.transport.pause_reading()
    hanging = asyncio.create_task(callback.ack(data=MUCH))
    await socket.push(*(frames.system("ping", f"p-{number}", {"opaque": "x"}) for number in range(300)))
    await socket.push(frames.callback("t-1", topic="/v1.0/unknown"), frames.callback("m-2"))
    assert [each.message_id for each in await consumer.until(Callback, 2)] == ["m-1", "m-2"]
    assert not hanging.done()
    socket.drop()
    assert await hanging is False
    await consumer.until(Lost)
    assert consumer.client.counters.lost_acks == 302


async def test_pings_are_answered_before_what_waits(
    gateway: Any, consume: Any, frames: Any, patient: Any
) -> None:
    """When a peer begins to read again, its pings are answered first, then the callbacks in their order."""
    gateway.max_message = 0
    consumer = consume(answers=False, timing=patient)
    socket = await gateway.next_socket()
    await socket.push(*(frames.callback(f"m-{number}") for number in range(4)))
    callbacks = await consumer.until(Callback, 4)
    socket.request.transport.pause_reading()
    answers = [asyncio.create_task(callbacks[0].ack(data=MUCH))]
    await asyncio.sleep(0.01)  # the writer has taken it
    answers += [asyncio.create_task(each.ack()) for each in callbacks[1:]]
    await socket.push(frames.system("ping", "p-1", {"opaque": "x"}), frames.callback("m-4"))
    await consumer.until(Callback, 5)
    socket.request.transport.resume_reading()
    assert await asyncio.gather(*answers) == [True] * 4
    await socket.answer_to("m-3")
    assert [answer["headers"]["messageId"] for answer in socket.answers] == [
        "m-0",
        "p-1",
        "m-1",
        "m-2",
        "m-3",
    ]


async def test_a_peer_that_only_asks_fills_no_memory(
    gateway: Any, consume: Any, frames: Any, patient: Any
) -> None:
    """Answers that a peer never reads are bounded; what is over the limit is not sent, and counted."""
    consumer = consume(answers=False, timing=patient, max_waiting_answers=10)
    socket = await gateway.next_socket()
    await socket.push(frames.callback("m-1"))
    [callback] = await consumer.until(Callback)
    socket.request.transport.pause_reading()
    hanging = asyncio.create_task(callback.ack(data=MUCH))
    await asyncio.sleep(0.01)  # the writer has taken it
    await socket.push(*(frames.system("ping", f"p-{number}", {"opaque": "x"}) for number in range(30)))
    await socket.push(frames.callback("m-2"))
    await consumer.until(Callback, 2)
    assert consumer.client.counters.lost_acks == 20
    hanging.cancel()
    socket.drop()
    await consumer.until(Lost)


async def test_an_answer_after_the_end_is_not_written(gateway: Any, consume: Any, frames: Any) -> None:
    """Whoever answers on a connection that is gone hears so at once."""
    consumer = consume(answers=False)
    socket = await gateway.next_socket()
    await socket.push(frames.callback("m-1"))
    [callback] = await consumer.until(Callback)
    socket.drop()
    await consumer.until(Opened, 2)
    async with asyncio.timeout(10):
        assert await callback.ack() is False


async def test_what_was_answered_is_written_before_the_end(gateway: Any, consume: Any, frames: Any) -> None:
    """A client that is stopped while answers wait writes them first, and closes after the last one."""
    consumer = consume(answers=False)
    socket = await gateway.next_socket()
    await socket.push(*(frames.callback(f"m-{number}") for number in range(5)))
    callbacks = await consumer.until(Callback, 5)
    answers = asyncio.gather(*(each.ack(data="x" * 500_000) for each in callbacks))
    await asyncio.sleep(0)
    await consumer.client.stop()
    assert await answers == [True] * 5
    async with asyncio.timeout(10):
        await socket.closed.wait()
    assert [answer["headers"]["messageId"] for answer in socket.answers] == [f"m-{n}" for n in range(5)]
    assert socket.close_code == 1000


async def test_a_peer_that_reads_nothing_does_not_keep_a_client_from_its_end(
    gateway: Any, consume: Any, frames: Any, patient: Any
) -> None:
    """Answers that cannot be written are given up, and the connection is cut."""
    consumer = consume(answers=False, timing=patient)
    socket = await gateway.next_socket()
    await socket.push(frames.callback("m-1"))
    [callback] = await consumer.until(Callback)
    socket.request.transport.pause_reading()
    hanging = asyncio.create_task(callback.ack(data=MUCH))
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await consumer.client.stop(deadline=0.5)
        assert await hanging is False
