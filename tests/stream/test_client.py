"""The Stream client against a gateway on real sockets (dingtalk-stream.md section 13)."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from prx_dingtalk_router.errors import LocalStreamError
from prx_dingtalk_router.stream import (
    BOT_MESSAGES,
    BadFrameSeen,
    Callback,
    Opened,
    PlatformEvent,
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
    assert (consumer.client.counters.untaken, consumer.client.counters.dropped) == (1, 0)


async def test_no_connection_is_opened_for_callbacks_that_nobody_takes(
    gateway: Any, consume: Any, make_client: Any, frames: Any
) -> None:
    """After ``stop_taking`` a connection that ends is not replaced, and none is opened by starting."""
    consumer = consume()
    socket = await gateway.next_socket()
    await consumer.until(Opened)
    consumer.client.stop_taking()
    async with asyncio.timeout(10):
        await consumer.task
    await socket.push(frames.system("disconnect", "d-1", {"reason": "connection is expired"}))
    for number in range(20):  # time enough to register, were it wanted
        await socket.push(frames.system("ping", f"p-{number}", {"opaque": "x"}))
        await socket.answer_to(f"p-{number}")
    another = make_client()
    another.stop_taking()
    assert [batch async for batch in another.batches()] == []
    assert len(gateway.registrations) == 1


async def test_a_stop_while_connecting_ends_at_once(gateway: Any, consume: Any) -> None:
    """A client whose registration hangs can be stopped."""
    hanging = asyncio.Event()

    async def hang(_: Any) -> Any:
        await hanging.wait()

    gateway.script.append(hang)
    consumer = consume()
    async with asyncio.timeout(10):
        await gateway.asked.wait()
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


async def test_any_frames_leave_the_loop_alive(gateway: Any, consume: Any, frames: Any) -> None:
    """Unknown, unreadable, binary and broken frames get their answer, are counted, and a callback still gets through."""
    consumer = consume()
    socket = await gateway.next_socket()
    await socket.push(
        frames.callback("t-1", topic="/v1.0/unknown"),
        frames.callback("k-1") | {"type": "STRANGE"},
        frames.callback("d-1") | {"data": ""},
        frames.callback("d-2", [1]),
        {"headers": {"messageId": "n-1"}},
        "not json",
        "",
        b"\x00\xff\x01",
        "[" * 100_000,
        frames.system("KEEPALIVE", "s-1", {}),
        json.dumps(frames.callback("b-1")).encode(),
        {
            "type": "CALLBACK",
            "header": {"topic": BOT_MESSAGES, "messageId": 42, "time": 1788200002000},
            "data": {"a": 1},
        },
    )
    callbacks = await consumer.until(Callback, 2)
    await socket.answer_to(42)
    codes = {answer["headers"]["messageId"]: answer["code"] for answer in socket.answers}
    assert codes == {"t-1": 404, "k-1": 404, "d-1": 400, "d-2": 400, "n-1": 400, "b-1": 200, 42: 200}
    assert [callback.data for callback in callbacks] == [{"msgId": "msg-b-1", "msgtype": "text"}, {"a": 1}]
    assert callbacks[1].message_id == "42"
    counters = consumer.client.counters
    assert counters.frames == {"CALLBACK": 5, "unknown": 1, "bad": 5, "SYSTEM": 1}
    assert counters.bad_frames == 7
    assert counters.acks == {404: 2, 400: 3, 200: 2}
    assert {str(event.reason) for event in await consumer.until(BadFrameSeen, 7)} >= {
        "not JSON",
        "not UTF-8",
        "no type",
    }


async def test_events_are_answered_before_they_are_handed_over(
    gateway: Any, consume: Any, frames: Any
) -> None:
    """A platform event is acknowledged by the reader; its consumer cannot answer again."""
    consumer = consume(subscriptions=(Subscription("EVENT", "*"),))
    socket = await gateway.next_socket()
    frame = frames.callback("e-1", {"userId": ["u001"]}, "*") | {"type": "EVENT"}
    frame["headers"] |= {"eventType": "user_add_org", "connectionId": "ticket-1"}
    await socket.push(frame)
    [event] = await consumer.until(PlatformEvent)
    assert (event.event_type, event.data) == ("user_add_org", {"userId": ["u001"]})
    assert "connectionId" not in event.headers
    assert json.loads((await socket.answer_to("e-1"))["data"])["status"] == "SUCCESS"
    assert await event.ack("LATER") is False


async def test_a_consumer_may_answer_events_itself(gateway: Any, consume: Any, frames: Any) -> None:
    """With take_events the consumer decides, once."""
    consumer = consume(subscriptions=(Subscription("EVENT", "*"),), take_events=True)
    socket = await gateway.next_socket()
    await socket.push(frames.callback("e-1", {}, "*") | {"type": "EVENT"})
    [event] = await consumer.until(PlatformEvent)
    assert await event.ack("LATER", "busy")
    assert json.loads((await socket.answer_to("e-1"))["data"]) == {"status": "LATER", "message": "busy"}
    assert await event.ack() is False


async def test_what_finds_no_room_gets_no_answer(gateway: Any, make_client: Any, frames: Any) -> None:
    """Over the limit callbacks are left to be delivered again; when the consumer catches up, there is room again."""
    client = make_client(max_waiting_frames=3)
    client.start()
    socket = await gateway.next_socket()
    await socket.push(*(frames.callback(f"m-{number}") for number in range(5)))
    await socket.push(frames.system("ping", "p-1", {"opaque": "x"}))
    await socket.answer_to("p-1")
    assert (client.waiting_frames, client.counters.dropped, client.is_overflowing) == (3, 2, True)
    batches = client.batches(64)
    taken = await anext(batches)
    await socket.push(frames.callback("m-5"), frames.system("ping", "p-2", {"opaque": "x"}))
    await socket.answer_to("p-2")
    assert not client.is_overflowing
    taken += await anext(batches)
    await batches.aclose()
    callbacks = [event for event in taken if isinstance(event, Callback)]
    assert [callback.message_id for callback in callbacks] == ["m-0", "m-1", "m-2", "m-5"]
    for callback in callbacks:
        assert await callback.ack()
    await socket.answer_to("m-5")
    assert {answer["headers"]["messageId"] for answer in socket.answers} == {
        "p-1",
        "p-2",
        "m-0",
        "m-1",
        "m-2",
        "m-5",
    }
