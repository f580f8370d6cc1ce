"""What the Stream client does when it gets no connection, and what it never logs."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Any

import pytest

from prx_dingtalk_router.errors import CredentialsRefused, RouterError
from prx_dingtalk_router.stream import (
    BadFrameSeen,
    Opened,
    RefusalKind,
    Refused,
    StreamClient,
    StreamOptions,
    StreamState,
)


async def test_refused_credentials_are_retried_and_then_given_up(
    gateway: Any, consume: Any, frames: Any
) -> None:
    """401 is asked again, apart from each other, and ends in CredentialsRefused after give_up_after."""
    gateway.refuse(401, {"code": "authFailed", "message": "鉴权失败"}, times=100)
    consumer = consume(give_up_after=0.4, timing=replace(frames.fast, credentials_retry=0.1))
    with pytest.raises(CredentialsRefused) as caught:
        async with asyncio.timeout(10):
            await consumer.task
    assert "authFailed" in str(caught.value)
    assert 2 <= len(gateway.registrations) <= 4
    refusals = [event for event in consumer.events if isinstance(event, Refused)]
    assert all(0.1 <= refusal.retry_in <= 0.11 for refusal in refusals[:-1])
    assert consumer.client.state is StreamState.FAILED
    assert {refusal.kind for refusal in refusals} == {RefusalKind.CREDENTIALS}


def test_an_api_base_in_the_clear_is_refused() -> None:
    """Credentials are never sent over http to another machine."""
    with pytest.raises(RouterError, match="https"):
        StreamClient(StreamOptions("id", "secret", api_base="http://api.dingtalk.com"))


@pytest.mark.parametrize(
    ("status", "body", "content_type", "kind"),
    [
        (
            400,
            "<html>The plain HTTP request was sent to HTTPS port</html>",
            "text/html",
            RefusalKind.NOT_JSON,
        ),
        (400, {"code": "systemError", "message": "x"}, "application/json", RefusalKind.SETUP),
        (401, {"code": "authFailed", "message": "x"}, "application/json", RefusalKind.CREDENTIALS),
        (403, {"code": "Forbidden", "message": "x"}, "application/json", RefusalKind.QUOTA),
        (503, "busy", "text/plain", RefusalKind.UNAVAILABLE),
        (200, {"endpoint": "wss://h/connect"}, "application/json", RefusalKind.NO_TICKET),
        (200, {"endpoint": "ws://h/connect", "ticket": "t"}, "application/json", RefusalKind.ENDPOINT),
    ],
)
async def test_a_refused_registration_is_told_and_tried_again(
    gateway: Any, consume: Any, frames: Any, status: int, body: Any, content_type: str, kind: RefusalKind
) -> None:
    """Each refusal is classified, told to the consumer, and the next try succeeds."""
    gateway.refuse(status, body, content_type)
    consumer = consume()
    await gateway.next_socket()
    [refused] = await consumer.until(Refused)
    assert refused.kind is kind
    if kind is RefusalKind.QUOTA:
        assert refused.retry_in >= frames.fast.backoff_cap
    else:
        assert refused.retry_in <= max(frames.fast.backoff_first, frames.fast.credentials_retry * 1.1)
    await consumer.until(Opened)
    assert consumer.client.counters.refusals == {kind.value: 1}
    assert consumer.client.last_refusal is None


@pytest.mark.parametrize("status", [401, 403, 404, 302, 500])
async def test_a_refused_handshake_means_register_again(gateway: Any, consume: Any, status: int) -> None:
    """Whatever the upgrade is answered with, a new ticket is fetched; a redirect is not followed."""
    gateway.handshakes.append(status)
    consumer = consume()
    await gateway.next_socket()
    [refused] = await consumer.until(Refused)
    assert refused.kind is RefusalKind.HANDSHAKE
    assert str(status) in refused.text.render("en")
    assert gateway.tickets_seen == ["ticket-1", "ticket-2"]
    assert consumer.client.counters.reconnects == {"handshake": 1}


async def test_credentials_that_are_mended_in_time_are_not_given_up(gateway: Any, consume: Any) -> None:
    """A refusal that ends before give_up_after leaves no trace."""
    gateway.refuse(401, {"code": "authFailed"}, times=2)
    consumer = consume(give_up_after=600.0)
    await gateway.next_socket()
    assert len(await consumer.until(Refused, 2)) == 2
    assert consumer.client._refused_since is None


async def test_no_secret_is_logged(
    gateway: Any, consume: Any, frames: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """At the most talkative level neither the client secret, nor a ticket, nor a session webhook is in the log."""
    caplog.set_level(logging.DEBUG)
    gateway.next_ticket = "ticket-SECRET"
    gateway.refuse(401, {"code": "authFailed", "message": "for clientSecret=s3cr3t-value"})
    gateway.refuse(200, {"endpoint": "ws://127.0.0.1:1/connect", "ticket": "ticket-SECRET"})
    gateway.handshakes.append(401)
    consumer = consume()
    socket = await gateway.next_socket()
    webhook = "https://oapi.dingtalk.com/robot/sendBySession?session=SECRET"
    frame = frames.callback("m-1", {"sessionWebhook": webhook})
    frame["headers"]["connectionId"] = "ticket-SECRET"
    await socket.push(frame, frame | {"type": "X"}, frame | {"data": webhook}, f"{{{webhook}")
    await consumer.until(BadFrameSeen, 2)
    socket.drop()
    await gateway.next_socket()
    await consumer.client.stop()
    ours = [record for record in caplog.records if record.name != "aiohttp.access"]  # that is the gateway's
    text = "\n".join(logging.Formatter().format(record) for record in ours)
    assert "connection 1 is open" in text
    shown = text + repr(consumer.events) + repr(consumer.client._options)
    assert "SECRET" not in shown
    assert "s3cr3t-value" not in shown
