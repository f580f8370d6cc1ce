"""What the Stream client does when it gets no connection, and what it never logs."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

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
    """401 is asked again, apart from each other and once more at the end, and then it is CredentialsRefused."""
    gateway.refuse(401, {"code": "authFailed", "message": "鉴权失败"}, times=100)
    consumer = consume(give_up_after=0.1, timing=replace(frames.fast, credentials_retry=0.03))
    loop = asyncio.get_running_loop()
    began = loop.time()
    with pytest.raises(CredentialsRefused) as caught:
        async with asyncio.timeout(10):
            await consumer.task
    assert loop.time() - began >= 0.1
    assert "authFailed" in str(caught.value)
    refusals = [event for event in consumer.events if isinstance(event, Refused)]
    # The last try has no delay after it.
    assert len(gateway.registrations) == len(refusals) + 1
    assert 1 <= len(refusals) <= 3
    assert all(0.03 <= refusal.retry_in <= 0.033 for refusal in refusals[:-1])
    assert consumer.client.state is StreamState.FAILED
    assert {refusal.kind for refusal in refusals} == {RefusalKind.CREDENTIALS}


async def test_the_last_try_is_made_when_the_time_is_up(gateway: Any, consume: Any, frames: Any) -> None:
    """Where the time is shorter than the delay between two tries, its end is when the second one is made."""
    gateway.refuse(401, {"code": "authFailed"}, times=2)
    consumer = consume(give_up_after=0.05, timing=replace(frames.fast, credentials_retry=3600.0))
    with pytest.raises(CredentialsRefused):
        async with asyncio.timeout(10):
            await consumer.task
    assert len(gateway.registrations) == 2
    [refused] = [event for event in consumer.events if isinstance(event, Refused)]
    assert refused.retry_in == pytest.approx(0.05)


async def test_a_last_try_that_succeeds_connects(gateway: Any, consume: Any, frames: Any) -> None:
    """A 401 that is gone when the time is up does not end the client."""
    gateway.refuse(401, {"code": "authFailed"})
    consumer = consume(give_up_after=0.05, timing=replace(frames.fast, credentials_retry=3600.0))
    await consumer.until(Opened)
    assert len(gateway.registrations) == 2
    assert consumer.client.connected


async def test_another_kind_of_refusal_is_not_the_end(gateway: Any, consume: Any, frames: Any) -> None:
    """503 when the time is up is tried again; the next 401 ends it, because the time did not begin anew."""
    gateway.refuse(401, {"code": "authFailed"})
    gateway.refuse(503, "busy", "text/plain", times=3)
    gateway.refuse(401, {"code": "authFailed"})
    consumer = consume(give_up_after=0.02, timing=replace(frames.fast, credentials_retry=3600.0))
    with pytest.raises(CredentialsRefused):
        async with asyncio.timeout(10):
            await consumer.task
    kinds = [event.kind for event in consumer.events if isinstance(event, Refused)]
    assert kinds == [RefusalKind.CREDENTIALS] + [RefusalKind.UNAVAILABLE] * 3
    assert len(gateway.registrations) == 5


async def test_refusals_of_other_kinds_are_never_given_up(gateway: Any, consume: Any) -> None:
    """Only refused credentials end a client."""
    gateway.refuse(400, {"code": "systemError"}, times=3)
    consumer = consume(give_up_after=0.0)
    await consumer.until(Opened)
    assert consumer.client.counters.refusals == {"setup": 3}


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
    assert consumer.client._policy._refused_since is None


async def test_no_secret_is_logged(
    gateway: Any, consume: Any, frames: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """At the most talkative level neither the client secret, nor a ticket, nor a session webhook is in the log."""
    caplog.set_level(logging.DEBUG)
    gateway.next_ticket = "ticket-SECRET"
    gateway.refuse(401, {"code": "authFailed", "message": "for clientSecret=s3cr3t-value"})
    gateway.refuse(400, {"code": "s3cr3t-value", "message": "secret s3cr3t-value wrong, S3CR3T-VALUE"})
    gateway.refuse(400, {"code": "x", "message": "y" * 195 + "s3cr3t-value"})
    gateway.script.append(lambda _: web.Response(status=503, reason="s3cr3t-value"))
    gateway.refuse(200, {"endpoint": "ws://s3cr3t-value/connect", "ticket": "t"})
    gateway.refuse(200, {"endpoint": "ws://ticket-secret/connect", "ticket": "ticket-SECRET"})
    gateway.refuse(200, {"endpoint": "ws://127.0.0.1:1/connect", "ticket": "ticket-SECRET"})
    gateway.handshakes.append(401)
    consumer = consume()
    socket = await gateway.next_socket()
    webhook = "https://oapi.dingtalk.com/robot/sendBySession?session=SECRET"
    frame = frames.callback("m-1", {"sessionWebhook": webhook})
    frame["headers"]["connectionId"] = "ticket-SECRET"
    # Ahead of the rest, because only the first oddity of a connection is logged loudly.
    await socket.push(frames.callback("m-0", topic="/s3cr3t-value/ticket-SECRET"))
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
    assert "ticket-secret" not in shown.lower()
    assert "s3cr3t" not in shown.lower()
    assert "secret *** wrong, ***" in text
    assert "/***/***" in text


async def test_unreadable_frames_are_warned_of_once_a_minute(
    gateway: Any, consume: Any, frames: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The first is logged with its reason and size and without its content; all are answered, counted and told."""
    consumer = consume()
    socket = await gateway.next_socket()
    await socket.push(*(frames.callback(f"m-{n}") | {"data": "CONTENT"} for n in range(30)), "CONTENT")
    await consumer.until(BadFrameSeen, 31)
    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(warnings) == 1
    assert "data is not a JSON object" in warnings[0]
    assert "CONTENT" not in caplog.text
    assert consumer.client.counters.bad_frames == 31
    assert (await socket.answer_to("m-29"))["code"] == 400
