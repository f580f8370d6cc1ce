"""The Stream client against a gateway on real sockets (dingtalk-stream.md section 13)."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from prx_dingtalk_router.errors import CredentialsRefused, LocalStreamError, RouterError
from prx_dingtalk_router.stream import (
    BOT_MESSAGES,
    Callback,
    LossReason,
    Lost,
    Opened,
    Refused,
    StreamClient,
    StreamOptions,
    StreamState,
    Subscription,
)


async def test_a_callback_is_handed_over_and_answered(gateway: Any, consume: Any, frames: Any) -> None:
    """A callback reaches the consumer with its data, and its answer has the shape of section 4."""
    consumer = consume()
    socket = await gateway.next_socket()
    await socket.push(frames.callback("m-1", {"msgId": "a==", "text": {"content": " 你好"}}))
    [callback] = await consumer.until(Callback)
    assert callback.topic == BOT_MESSAGES
    assert callback.message_id == "m-1"
    assert callback.data == {"msgId": "a==", "text": {"content": " 你好"}}
    assert json.loads(callback.raw) == callback.data
    assert callback.received_at_ms > 1_700_000_000_000
    assert await socket.answer_to("m-1") == {
        "code": 200,
        "headers": {"messageId": "m-1", "contentType": "application/json"},
        "message": "OK",
        "data": '{"response":null}',
    }


async def test_the_registration_says_who_and_what(gateway: Any, consume: Any) -> None:
    """The registration carries trimmed credentials, the subscriptions and a JSON accept header."""
    consume(client_id=" ding-test\n", client_secret=" s3cr3t-value ")
    await gateway.next_socket()
    [body] = gateway.registrations
    assert body["clientId"] == "ding-test"
    assert body["clientSecret"] == "s3cr3t-value"
    assert body["subscriptions"] == [{"type": "CALLBACK", "topic": BOT_MESSAGES}]
    assert gateway.registration_headers[0]["accept"] == "application/json"
    assert gateway.registration_headers[0]["content-type"] == "application/json"


@pytest.mark.parametrize("ticket", ["a+b/c=d&e%f", "钉 钉", "0f3c1d2e-7a55", "a?b#c"])
async def test_a_ticket_arrives_intact(gateway: Any, consume: Any, ticket: str) -> None:
    """Whatever characters a ticket has, the gateway gets it back unchanged."""
    gateway.next_ticket = ticket
    consume()
    await gateway.next_socket()
    assert gateway.tickets_seen == [ticket]


async def test_host_path_and_query_of_the_endpoint_are_kept(gateway: Any, consume: Any) -> None:
    """The endpoint is used as returned, and the ticket joins a query that is there already."""
    gateway.endpoint = gateway.base.replace("http://127.0.0.1", "ws://localhost") + "/other/path?zone=a%20b"
    consume()
    socket = await gateway.next_socket()
    assert socket.request.path == "/other/path"
    assert dict(socket.request.query) == {"zone": "a b", "ticket": "ticket-1"}
    assert socket.request.host.startswith("localhost:")


async def test_pings_are_answered_while_callbacks_pile_up(
    gateway: Any, make_client: Any, frames: Any
) -> None:
    """With 2,000 callbacks queued and nobody consuming them, a ping still gets its opaque back."""
    client = make_client()
    client.start()
    socket = await gateway.next_socket()
    for number in range(2_000):
        await socket.push(frames.callback(f"m-{number}"))
    await socket.push(frames.system("ping", "p-1", {"opaque": "b7b1c6"}))
    answer = await socket.answer_to("p-1")
    assert answer["code"] == 200
    assert json.loads(answer["data"]) == {"opaque": "b7b1c6"}
    assert client.waiting_frames == 2_000
    assert [answer["headers"]["messageId"] for answer in socket.answers] == ["p-1"]


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
    haste = consumer.client._haste
    async with asyncio.timeout(10):
        while haste.ceiling < 0.1:
            await gateway.next_socket()
    assert consumer.client.counters.reconnects["disconnect"] >= 7


async def test_an_answer_goes_to_its_own_socket_only(gateway: Any, consume: Any, frames: Any) -> None:
    """An answer to a callback of a socket that is gone is refused, and not written to the new one."""
    consumer = consume(answers=False)
    old = await gateway.next_socket()
    await old.push(frames.callback("m-1"))
    [callback] = await consumer.until(Callback)
    old.drop()
    new = await gateway.next_socket()
    await consumer.until(Opened, 2)
    assert await callback.ack() is False
    await new.push(frames.system("ping", "p-1", {"opaque": "x"}))
    await new.answer_to("p-1")
    assert [answer["headers"]["messageId"] for answer in new.answers] == ["p-1"]
    assert consumer.client.counters.lost_acks == 1


async def test_a_callback_is_answered_once(gateway: Any, consume: Any, frames: Any) -> None:
    """The second answer to a callback writes nothing and says so."""
    consumer = consume(answers=False)
    socket = await gateway.next_socket()
    await socket.push(frames.callback("m-1"))
    [callback] = await consumer.until(Callback)
    assert await callback.ack(500) is True
    assert await callback.ack() is False
    await socket.push(frames.system("ping", "p-1", {"opaque": "x"}))
    await socket.answer_to("p-1")
    assert [(answer["headers"]["messageId"], answer["code"]) for answer in socket.answers] == [
        ("m-1", 500),
        ("p-1", 200),
    ]


async def test_a_card_callback_is_answered_with_its_update(gateway: Any, consume: Any, frames: Any) -> None:
    """A consumer may give the data of its answer, which travels as JSON in a string."""
    topic = "/v1.0/card/instances/callback"
    consumer = consume(answers=False, subscriptions=(Subscription("CALLBACK", topic),))
    socket = await gateway.next_socket()
    await socket.push(frames.callback("c-1", {"outTrackId": "t"}, topic))
    [callback] = await consumer.until(Callback)
    update = {"response": {"cardData": {"cardParamMap": {"state": "完成"}}}}
    assert await callback.ack(data=update)
    assert json.loads((await socket.answer_to("c-1"))["data"]) == update


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
    apart = [b - a for a, b in zip(gateway.registration_times, gateway.registration_times[1:], strict=False)]
    assert all(gap >= 0.09 for gap in apart)
    assert consumer.client.state is StreamState.FAILED
    assert {event.kind for event in consumer.events if isinstance(event, Refused)} == {"credentials"}


async def test_a_stop_closes_the_socket_properly(gateway: Any, consume: Any, frames: Any) -> None:
    """Stopping sends a close frame with code 1000 and ends the consumer, though a callback is unanswered."""
    consumer = consume(answers=False)
    socket = await gateway.next_socket()
    await socket.push(frames.callback("m-1"))
    await consumer.until(Callback)
    await consumer.client.stop(deadline=5.0)
    async with asyncio.timeout(10):
        await consumer.task
        await socket.closed.wait()
    assert socket.close_code == 1000
    assert consumer.client.state is StreamState.STOPPED


async def test_after_stop_taking_only_earlier_callbacks_are_answered(
    gateway: Any, consume: Any, frames: Any
) -> None:
    """Callbacks that come while stopping get no answer; those taken before still do, and pings too."""
    consumer = consume(answers=False)
    socket = await gateway.next_socket()
    await socket.push(frames.callback("before"))
    [callback] = await consumer.until(Callback)
    consumer.client.stop_taking()
    async with asyncio.timeout(10):
        await consumer.task
    await socket.push(frames.callback("after"), frames.system("ping", "p-1", {"opaque": "x"}))
    await socket.answer_to("p-1")
    assert await callback.ack()
    await socket.answer_to("before")
    assert {answer["headers"]["messageId"] for answer in socket.answers} == {"before", "p-1"}
    assert consumer.client.counters.untaken == 1


async def test_a_stop_while_connecting_ends_at_once(gateway: Any, consume: Any) -> None:
    """A client whose registration hangs can be stopped."""
    hanging = asyncio.Event()

    async def hang(_: Any) -> Any:
        await hanging.wait()

    gateway.script.append(hang)
    consumer = consume()
    async with asyncio.timeout(10):
        while not gateway.registrations:
            await asyncio.sleep(0)
    await consumer.client.stop(deadline=5.0)
    hanging.set()
    assert consumer.client.state is StreamState.STOPPED
    assert await asyncio.wait_for(consumer.task, 10) is None


async def test_a_client_has_one_consumer(gateway: Any, consume: Any) -> None:
    """A second consumer of the same client is a mistake of the bot and is told so."""
    consumer = consume()
    await gateway.next_socket()
    with pytest.raises(LocalStreamError):
        async for _ in consumer.client.events():
            pass


async def test_a_stopped_client_is_used_up(make_client: Any) -> None:
    """Starting a client after its stop is refused."""
    client = make_client()
    await client.stop()
    with pytest.raises(LocalStreamError):
        client.start()


def test_an_api_base_in_the_clear_is_refused() -> None:
    """Credentials are never sent over http to another machine."""
    with pytest.raises(RouterError, match="https"):
        StreamClient(StreamOptions("id", "secret", api_base="http://api.dingtalk.com"))
