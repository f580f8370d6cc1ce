"""What a connection takes, and what is no HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest


@pytest.mark.parametrize(
    "sent",
    [
        b"hello\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: prx\r\nContent-Length: many\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: prx\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        bytes.fromhex("16030100a5010000a10303"),
    ],
)
async def test_what_is_no_http(launch: Any, caplog: pytest.LogCaptureFixture, sent: bytes) -> None:
    """It is answered with an empty 400 that names no server, the connection ends, and nothing is logged."""
    daemon = await launch()
    reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(daemon.prx.base_url).port)
    writer.write(sent)
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    assert head.startswith(b"HTTP/1.1 400 ")
    assert (b"server" in head.lower(), body) == (False, b"")
    assert caplog.records == []
    assert (await daemon.http.get("/health")).status_code == 200


async def test_long_heads_are_read(launch: Any) -> None:
    """A long header or query is judged by what it says, not by its length."""
    daemon = await launch()
    assert (await daemon.ask(mode="x" * 20_000)).status_code == 200
    refused = await daemon.ask(key="k" * 20_000)
    assert (refused.status_code, list(refused.json())) == (400, ["error"])
