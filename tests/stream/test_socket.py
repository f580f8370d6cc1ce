"""One WebSocket, driven: liveness, limits, proxy and certificates, closing."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.stream import Callback, LossReason, Lost, RefusalKind, Refused


async def test_a_black_hole_is_noticed_by_its_missing_pong(gateway: Any, consume: Any, frames: Any) -> None:
    """A peer that neither answers pings nor closes is left after interval and patience, without a closing handshake."""
    gateway.answers_pings = False
    consumer = consume(timing=replace(frames.fast, ping_interval=0.05, pong_patience=0.05, close=3600.0))
    await gateway.next_socket()
    gateway.answers_pings = True
    await gateway.next_socket()
    [lost] = await consumer.until(Lost)
    assert lost.reason is LossReason.NO_PONG
    assert consumer.client.counters.reconnects == {"no-pong": 1}


async def test_a_silent_connection_that_answers_pings_lives(gateway: Any, consume: Any, frames: Any) -> None:
    """Many intervals without a frame are no reason to leave."""
    consumer = consume(timing=replace(frames.fast, ping_interval=0.002, pong_patience=10.0))
    socket = await gateway.next_socket()
    await socket.pinged(20)
    await socket.push(frames.callback("m-1"))
    await consumer.until(Callback)
    assert len(gateway.sockets) == 1
    assert not [event for event in consumer.events if isinstance(event, Lost)]


async def test_a_peer_that_reads_nothing_is_noticed(gateway: Any, consume: Any, frames: Any) -> None:
    """When not even a ping can be written, the connection is left in time, and the answer that hung says False."""
    consumer = consume(
        answers=False, timing=replace(frames.fast, ping_interval=0.05, pong_patience=0.2, close=3600.0)
    )
    socket = await gateway.next_socket()
    await socket.push(frames.callback("m-1"))
    [callback] = await consumer.until(Callback)
    socket.request.transport.pause_reading()
    async with asyncio.timeout(10):
        assert await callback.ack(data="x" * 32_000_000) is False
    [lost] = await consumer.until(Lost)
    assert lost.reason is LossReason.NO_PONG


async def test_a_message_over_the_limit_ends_the_connection_only(
    gateway: Any, consume: Any, frames: Any
) -> None:
    """Too big a message costs the connection, which is replaced; one of exactly the limit is read."""
    consumer = consume(max_message=2_000)
    socket = await gateway.next_socket()
    frame = frames.callback("m-1", {"x": ""})
    await socket.push(frames.callback("m-1", {"x": "y" * (2_000 - len(json.dumps(frame)))}))
    [callback] = await consumer.until(Callback)
    assert callback.message_id == "m-1"
    await socket.push(frames.callback("m-2", {"x": "y" * 2_000}))
    await gateway.next_socket()
    [lost] = await consumer.until(Lost)
    assert lost.reason is LossReason.TOO_BIG


async def test_a_close_of_the_gateway_is_told_from_a_cut(gateway: Any, consume: Any) -> None:
    """A close frame and a cut line have different reasons."""
    consumer = consume()
    await (await gateway.next_socket()).websocket.close(code=1001)
    (await gateway.next_socket()).drop()
    assert [lost.reason for lost in await consumer.until(Lost, 2)] == [LossReason.CLOSED, LossReason.DROPPED]


async def test_proxy_and_ca_file_serve_registration_and_websocket(
    tls_gateway: Any, proxy: Any, certificate: Path, consume: Any, frames: Any
) -> None:
    """Both connections go through the proxy and trust the file's authority."""
    consumer = consume(api_base=tls_gateway.base, proxy=proxy.url, ca_file=str(certificate))
    socket = await tls_gateway.next_socket()
    await socket.push(frames.callback("m-1"))
    await consumer.until(Callback)
    assert (await socket.answer_to("m-1"))["code"] == 200
    assert proxy.targets == [tls_gateway.base.removeprefix("https://")] * 2


async def test_the_proxy_of_the_environment_serves_both(
    tls_gateway: Any, proxy: Any, certificate: Path, consume: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a setting HTTPS_PROXY is used for registration and WebSocket."""
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    consume(api_base=tls_gateway.base, ca_file=str(certificate))
    await tls_gateway.next_socket()
    assert len(proxy.targets) == 2


async def test_an_unknown_authority_is_not_trusted(tls_gateway: Any, proxy: Any, consume: Any) -> None:
    """Without the CA file nothing is sent, the secret least of all."""
    consumer = consume(api_base=tls_gateway.base, proxy=proxy.url)
    refused = (await consumer.until(Refused))[0]
    assert refused.kind is RefusalKind.UNREACHABLE
    assert tls_gateway.registrations == []


async def test_an_endpoint_that_nobody_serves_is_a_refusal(gateway: Any, consume: Any) -> None:
    """A refused TCP connection to the endpoint means register again."""
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    gateway.endpoint = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/connect"
    server.close()
    await server.wait_closed()
    consumer = consume()
    refused = (await consumer.until(Refused))[0]
    gateway.endpoint = None
    assert refused.kind is RefusalKind.HANDSHAKE
    assert "ticket" not in refused.text.render("en")
    await gateway.next_socket()


async def test_a_handshake_that_hangs_ends_in_time(gateway: Any, consume: Any, frames: Any) -> None:
    """An endpoint that accepts and says nothing costs the handshake time."""
    writers: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: writers.append(writer), "127.0.0.1", 0)
    gateway.endpoint = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/connect"
    consumer = consume(timing=replace(frames.fast, handshake=0.05))
    refused = (await consumer.until(Refused))[0]
    gateway.endpoint = None
    assert refused.kind is RefusalKind.TIMEOUT
    await gateway.next_socket()
    server.close()
    for writer in writers:
        writer.close()


async def test_a_stop_does_not_wait_for_a_peer_that_never_closes(
    gateway: Any, consume: Any, frames: Any
) -> None:
    """When the closing handshake is not answered, the deadline ends it."""
    gateway.answers_pings = False
    consumer = consume(timing=replace(frames.fast, close=3600.0))
    await gateway.next_socket()
    await consumer.until(object)
    async with asyncio.timeout(10):
        await consumer.client.stop(deadline=0.05)
        await consumer.task
