"""Faults between daemon and client."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from prx_dingtalk_router.sandbox.prx import Answered, PrxFaults


async def test_dropped_202_leaves_a_running_job(launch: Any) -> None:
    """The connection is reset instead of the 202, the turn goes on, and the same key finds it."""
    daemon = await launch(gated=True, faults=PrxFaults(drop_answers=1))
    with pytest.raises(httpx.TransportError):
        await daemon.ask(key="k", mode="async")
    assert any(isinstance(event, Answered) and event.status == 0 for event in daemon.events)
    assert (await daemon.ask(key="k", mode="async")).json()["status"] == "processing"
    daemon.gate.open()
    await daemon.ended()
    assert (await daemon.ask(key="k", mode="async")).json()["status"] == "duplicate"
    assert len(daemon.prx.turns) == 1


async def test_proxy_error_before_prx(launch: Any) -> None:
    """A proxy's 502 is HTML and nothing has run; the next request gets through."""
    daemon = await launch(faults=PrxFaults(bad_gateway=1))
    response = await daemon.ask(key="k")
    assert response.status_code == 502
    assert response.headers["Content-Type"].startswith("text/html")
    assert daemon.prx.turns == []
    assert (await daemon.ask(key="k")).status_code == 200


async def test_proxy_error_after_prx_took_the_message(launch: Any) -> None:
    """A proxy's 504 after the hand-over hides a turn that runs all the same."""
    daemon = await launch(faults=PrxFaults(bad_gateway_after=1, proxy_status=504))
    assert (await daemon.ask(key="k", mode="async")).status_code == 504
    await daemon.ended()
    assert (await daemon.ask(key="k", mode="async")).json()["status"] == "duplicate"
    assert len(daemon.prx.turns) == 1


async def test_rate_limit_by_knob(launch: Any) -> None:
    """429 with the chosen `retry_after` in the body and no `Retry-After` header, for webhook and `/api` apart."""
    daemon = await launch(faults=PrxFaults(rate_limited=1, api_rate_limited=1, retry_after=7))
    for response in (await daemon.ask(), await daemon.get("/api/jobs")):
        assert response.status_code == 429
        assert response.json()["retry_after"] == 7
        assert "Retry-After" not in response.headers
    assert (await daemon.ask()).status_code == 200
    assert (await daemon.get("/api/jobs")).status_code == 200


async def test_slow_body_arrives_whole_and_in_pieces(launch: Any) -> None:
    """A trickling answer has its length declared and is the same JSON in the end."""
    daemon = await launch(faults=PrxFaults(slow_body=0.05))
    async with daemon.http.stream("GET", "/api/status", headers=daemon.auth) as response:
        pieces = [piece async for piece in response.aiter_raw()]
    assert len(pieces) > 1
    assert int(response.headers["Content-Length"]) == sum(map(len, pieces))
    assert b'"version": "0.8.32"' in b"".join(pieces)


async def test_client_that_leaves_a_slow_body(launch: Any) -> None:
    """Leaving in the middle of a trickling body disturbs nobody."""
    daemon = await launch(faults=PrxFaults(slow_body=0.05, answer_bytes=500_000))
    async with daemon.http.stream("GET", "/api/status", headers=daemon.auth) as response:
        assert response.status_code == 200
    daemon.prx.faults.slow_body = 0.0
    assert (await daemon.http.get("/health")).status_code == 200


async def test_answer_latency_can_outlast_a_client(launch: Any) -> None:
    """A late 202 times out at the client while the turn has run."""
    daemon = await launch(faults=PrxFaults(answer_latency=0.3))
    with pytest.raises(httpx.ReadTimeout):
        await daemon.http.post(
            "/webhook?mode=async",
            content=b'{"message":"hi"}',
            headers=daemon.auth,
            timeout=httpx.Timeout(5, read=0.05),
        )
    await daemon.ended()
    assert daemon.prx.turns[0].status == "succeeded"


async def test_answers_name_no_server(launch: Any) -> None:
    """PRX sends no `Server` header; a proxy's page has the proxy's."""
    daemon = await launch()
    assert "Server" not in (await daemon.http.get("/health")).headers
    daemon.prx.faults.bad_gateway = 1
    assert (await daemon.http.get("/health")).headers["Server"] == "nginx"


async def test_head_has_no_body_to_trickle(launch: Any) -> None:
    """A `HEAD` is answered without a body, slow or not, and the connection stays of use."""
    daemon = await launch(faults=PrxFaults(slow_body=0.05))
    reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(daemon.prx.base_url).port)
    for _ in range(2):
        writer.write(b"HEAD /health HTTP/1.1\r\nHost: prx\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
    writer.close()
    assert await reader.read() == b""


async def test_a_turn_that_failed_was_accepted_too(launch: Any) -> None:
    """The answer of a sync turn that ran and failed is lost like any other; a refusal was no acceptance."""
    daemon = await launch(faults=PrxFaults(drop_answers=1, fail="error"))
    assert (await daemon.ask(body=b"{}")).status_code == 400
    with pytest.raises(httpx.TransportError):
        await daemon.ask(key="k")
    assert (await daemon.ask(key="k")).json()["status"] == "retry_unavailable"


async def test_client_that_leaves_in_its_own_body(launch: Any, caplog: pytest.LogCaptureFixture) -> None:
    """A request that is never sent to its end is nothing to log."""
    daemon = await launch()
    reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(daemon.prx.base_url).port)
    writer.write(
        b"POST /webhook HTTP/1.1\r\nHost: prx\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\nabc"
    )
    await reader.readuntil(b"\r\n\r\n")  # it is being read
    writer.close()
    assert (await daemon.until(Answered)).status == 0
    assert caplog.records == []
