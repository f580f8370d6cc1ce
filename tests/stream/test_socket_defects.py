"""A defect of this program costs one frame, or one connection: never the client."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import pytest

from prx_dingtalk_router.stream import Callback, LossReason, Lost, Opened
from prx_dingtalk_router.stream.protocol import connection
from prx_dingtalk_router.stream.socket import StreamSocket
from prx_dingtalk_router.stream.websocket import MessageSocket


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a frame that holds ``BOOM`` raises."""
    parse = connection.parse_frame

    def parse_or_fail(payload: bytes, readers: Any) -> Any:
        if b"BOOM" in payload:
            msg = "boom"
            raise RuntimeError(msg)
        return parse(payload, readers)

    monkeypatch.setattr(connection, "parse_frame", parse_or_fail)


@pytest.mark.usefixtures("failing")
async def test_a_frame_that_nobody_can_read_is_passed_over(
    gateway: Any, consume: Any, frames: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """It is counted and logged with its traceback, once a minute; the connection stays, and the next frames are taken."""
    consumer = consume()
    socket = await gateway.next_socket()
    await socket.push(*(frames.callback(f"BOOM-{number}") for number in range(5)))
    await socket.push(*(frames.system("ping", f"BOOM-{number}", {}) for number in range(5)))
    await socket.push(frames.callback("m-1"))
    [callback] = await consumer.until(Callback)
    assert callback.message_id == "m-1"
    assert (await socket.answer_to("m-1"))["code"] == 200
    assert consumer.client.counters.defects == 10
    assert len(gateway.sockets) == 1
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1
    assert errors[0].exc_info


async def test_a_connection_that_fails_is_replaced(
    gateway: Any, consume: Any, frames: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a reader itself fails, its socket is cut and another connection fetched."""
    run = StreamSocket.run
    failed = []

    async def fail_once(self: StreamSocket) -> LossReason:
        if not failed:
            failed.append(self)
            msg = "boom"
            raise RuntimeError(msg)
        return await run(self)

    monkeypatch.setattr(StreamSocket, "run", fail_once)
    consumer = consume()
    await gateway.next_socket()
    second = await gateway.next_socket()
    await second.push(frames.callback("m-1"))
    await consumer.until(Callback)
    [lost] = await consumer.until(Lost)
    assert lost.reason is LossReason.DROPPED


async def test_a_writer_that_fails_costs_its_connection(
    gateway: Any, consume: Any, frames: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be answered any more the connection is cut at once, and another one answers."""
    write = MessageSocket.send_texts
    failed = []

    async def fail_once(self: MessageSocket, messages: Sequence[bytes]) -> None:
        if not failed:
            failed.append(self)
            msg = "boom"
            raise RuntimeError(msg)
        await write(self, messages)

    monkeypatch.setattr(MessageSocket, "send_texts", fail_once)
    consumer = consume(answers=False)
    first = await gateway.next_socket()
    await first.push(frames.callback("m-1"))
    [callback] = await consumer.until(Callback)
    assert await callback.ack() is False
    second = await gateway.next_socket()
    await second.push(frames.callback("m-2"))
    [_, callback] = await consumer.until(Callback, 2)
    assert await callback.ack()
    assert (await second.answer_to("m-2"))["code"] == 200


async def test_a_reader_does_not_swallow_its_own_cancellation(gateway: Any, consume: Any) -> None:
    """Whoever cancels a reader in the middle of its end finds it cancelled, not ended as if nothing had been."""
    consumer = consume()
    socket = await gateway.next_socket()
    await consumer.until(Opened)
    [(connection, reader)] = consumer.client._sockets.items()
    cancelled = asyncio.Event()

    async def cancel() -> None:
        await connection.leaving.wait()
        reader.cancel()
        cancelled.set()

    canceller = asyncio.create_task(cancel())
    await asyncio.sleep(0)
    socket.drop()
    async with asyncio.timeout(10):
        await cancelled.wait()
        await asyncio.wait([reader])
    assert reader.cancelled()
    await canceller


async def test_what_comes_after_a_reader_is_nobody_s(gateway: Any, consume: Any, frames: Any) -> None:
    """Whoever stops reading, with the connection still open, neither answers what comes nor takes it for a defect."""
    consumer = consume()
    socket = await gateway.next_socket()
    await consumer.until(Opened)
    [(connection, reader)] = consumer.client._sockets.items()
    reader.cancel()
    await asyncio.wait([reader])
    await socket.push(frames.system("ping", "p-1", {"opaque": "x"}), frames.callback("m-1"))
    await connection._websocket.ping()
    pong = await (await connection._websocket.ping())
    assert pong >= 0
    assert consumer.client.counters.defects == 0
    assert consumer.client.counters.frames == {}
