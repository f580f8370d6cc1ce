"""Stream connections: heartbeats, the announced end, black holes, closing at once."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from prx_dingtalk_router.sandbox.dingtalk import (
    Announced,
    Connected,
    DingTalk,
    Disconnected,
    Faults,
    PingAnswered,
    Pushed,
    Refused,
    Said,
    Undelivered,
)


async def test_first_system_ping_comes_at_once_and_wants_its_opaque(bot: Any, log: Any) -> None:
    """The first frame is a SYSTEM ping; observers see whether its opaque came back."""
    socket = await bot.connect()
    ping = await bot.frame(socket, "SYSTEM")
    assert ping["headers"]["topic"] == "ping"
    assert isinstance(ping["headers"]["time"], str)
    await bot.ack(socket, ping, data=json.loads(ping["data"]))
    assert (await log.first(PingAnswered)).echoed


async def test_system_ping_without_its_opaque_is_noticed(bot: Any, log: Any) -> None:
    """An answer with empty data is an answer, not an echo."""
    socket = await bot.connect()
    await bot.ack(socket, await bot.frame(socket, "SYSTEM"), data={})
    assert not (await log.first(PingAnswered)).echoed


async def test_websocket_ping_is_answered(bot: Any) -> None:
    """The service answers a client's own pings with the same bytes."""
    _, granted = await bot.register()
    socket = await bot.open(granted, autoping=False)
    await socket.ping(b"are you there")
    while (message := await socket.receive(timeout=10)).type is not aiohttp.WSMsgType.PONG:
        pass
    assert message.data == b"are you there"


async def test_services_own_pings_come_by_knob(serve: Any, faults: Faults, make_bot: Any) -> None:
    """SYSTEM pings repeat, WebSocket pings and the extra SYSTEM topics come where the knobs want them."""
    faults.ping_every, faults.ws_ping_every, faults.system_extras, faults.ticket_life = 30, 20, True, 10_000
    bot = make_bot(await serve(speed=1000))
    _, granted = await bot.register()
    socket = await bot.open(granted, autoping=False)
    topics: list[str] = []
    pinged = False
    while not pinged or topics.count("ping") < 2:
        message = await socket.receive(timeout=10)
        if message.type is aiohttp.WSMsgType.PING:
            pinged = True
        else:
            topics.append(json.loads(message.data)["headers"]["topic"])
    assert {"CONNECTED", "REGISTERED", "KEEPALIVE"} <= set(topics)
    await socket.close()


async def test_periods_reach_connections_that_are_open(bot: Any, faults: Faults, log: Any) -> None:
    """Pings, rotation and drops can be turned on while a connection is open, each without the others."""
    faults.ping_every = 0
    _, granted = await bot.register()
    socket = await bot.open(granted, autoping=False)
    await log.first(Connected)
    faults.set("ws-ping-every", "0.01")
    assert (await socket.receive(timeout=10)).type is aiohttp.WSMsgType.PING
    faults.set("ws-ping-every", "0")
    faults.set("ping-every", "0.01")
    pings = 0
    while pings < 2:
        message = await socket.receive(timeout=10)
        pings += message.type is aiohttp.WSMsgType.TEXT and '"topic":"ping"' in message.data
    faults.set("ping-every", "0")
    faults.set("rotate-after", "0.01")
    await log.first(Announced)
    faults.set("drop-after", "0.01")
    assert (await log.first(Disconnected)).reason == "service"


async def test_connection_is_dropped_without_a_word(bot: Any, faults: Faults, log: Any) -> None:
    """The knob drops a connection some time after it opened: no `disconnect`, no close frame."""
    faults.drop_after = 0.05
    socket = await bot.connect()
    while (message := await socket.receive(timeout=10)).type is aiohttp.WSMsgType.TEXT:
        assert "disconnect" not in message.data
    assert message.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    assert (await log.first(Disconnected)).reason == "service"
    assert not log.of(Announced)


async def test_disconnect_is_announced_then_silent_then_closed(
    serve: Any, watch: Any, make_bot: Any, faults: Faults
) -> None:
    """After `disconnect` nothing is pushed over the connection, its pings are answered, and TCP ends without a close frame."""
    faults.redeliveries, faults.redeliver_after, faults.disconnect_quiet = 0, 1, 40
    faults.ping_every, faults.ws_ping_every, faults.ticket_life = 1, 1, 900
    dingtalk = await serve(speed=50)
    log, bot = watch(dingtalk), make_bot(dingtalk)
    _, granted = await bot.register()
    socket = await bot.open(granted, autoping=False)
    dingtalk.disconnect()
    while True:
        message = await socket.receive(timeout=10)
        if message.type is aiohttp.WSMsgType.TEXT and "disconnect" in message.data:
            break
    frame = json.loads(message.data)
    assert frame["headers"]["topic"] == "disconnect"
    assert frame["headers"]["messageId"]
    assert json.loads(frame["data"]) == {"reason": "persistent connection is timeout"}
    dingtalk.say(Said("u1001", text="in the window"))
    await socket.ping(b"still")
    assert (await socket.receive(timeout=10)).type is aiohttp.WSMsgType.PONG
    ended = await socket.receive(timeout=10)
    assert ended.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    assert socket.close_code in (None, 1006)
    assert (await log.first(Disconnected)).reason == "service"
    assert (await log.first(Undelivered)).why == "no connection"
    assert not log.of(Pushed)
    assert dingtalk.connections == 0


async def test_messages_go_to_the_new_connection_after_disconnect(
    bot: Any, dingtalk: DingTalk, log: Any
) -> None:
    """While the old connection is silent, the new one gets everything."""
    old = await bot.connect()
    dingtalk.disconnect()
    await log.first(Announced)
    new = await bot.connect()
    sent = [dingtalk.say(Said("u1001", text=str(number))) for number in range(5)]
    assert [(await bot.message(new))["msgId"] for _ in sent] == sent
    assert not old.closed


async def test_disconnect_frame_as_documented_has_no_id(bot: Any, dingtalk: DingTalk, faults: Faults) -> None:
    """The documented sample lacks a messageId; the knob gives that form and another reason."""
    faults.disconnect_id, faults.disconnect_reason = False, "connection is expired"
    socket = await bot.connect()
    await bot.frame(socket, "SYSTEM")
    dingtalk.disconnect()
    frame = await bot.frame(socket, "SYSTEM")
    assert "messageId" not in frame["headers"]
    assert json.loads(frame["data"]) == {"reason": "connection is expired"}


async def test_connection_is_rotated(serve: Any, faults: Faults, make_bot: Any, watch: Any) -> None:
    """The service announces the end of a long connection by itself."""
    faults.rotate_after, faults.ticket_life = 1000, 200_000
    dingtalk = await serve(speed=20_000)
    log, bot = watch(dingtalk), make_bot(dingtalk)
    await bot.connect()
    await log.first(Announced)
    await log.first(Disconnected, reason="service")


async def test_close_right_after_open(bot: Any, dingtalk: DingTalk, faults: Faults, log: Any) -> None:
    """The knob closes as many connections as wanted right after they opened."""
    faults.close_on_open = 2
    for _ in range(2):
        socket = await bot.connect()
        assert (await socket.receive(timeout=10)).type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    await log.first(Disconnected, count=2)
    socket = await bot.connect()
    assert (await bot.frame(socket, "SYSTEM"))["headers"]["topic"] == "ping"


async def test_clients_close_and_loss_are_told_apart(bot: Any, log: Any) -> None:
    """A close frame shows as the client's doing with its code; a dead socket as lost."""
    polite, rude = await bot.connect(), await bot.connect()
    await polite.close(code=1000)
    assert (await log.first(Disconnected, reason="client")).code == 1000
    transport = rude.get_extra_info("socket")
    assert transport is not None
    rude._response.connection.transport.abort()
    await log.first(Disconnected, reason="lost")


async def test_black_hole_answers_nothing_and_sends_no_fin(
    bot: Any, dingtalk: DingTalk, faults: Faults
) -> None:
    """In a black hole pings stay unanswered while TCP stays open; afterwards everything arrives."""
    _, granted = await bot.register()
    socket = await bot.open(granted, autoping=False)
    await bot.frame(socket, "SYSTEM")
    faults.black_hole = True
    await socket.ping(b"lost?")
    msg_id = dingtalk.say(Said("u1001", text="nobody hears"))
    with pytest.raises(asyncio.TimeoutError):
        await socket.receive(timeout=0.2)
    assert not socket.closed
    assert dingtalk.connections == 1
    faults.black_hole = False
    kinds = {(await socket.receive(timeout=10)).type for _ in range(2)}
    assert kinds == {aiohttp.WSMsgType.PONG, aiohttp.WSMsgType.TEXT}
    assert dingtalk.transcript(dingtalk.directory.private("u1001").id)[0].msg_id == msg_id


async def test_connection_opened_in_a_black_hole_is_silent(
    bot: Any, dingtalk: DingTalk, faults: Faults, log: Any
) -> None:
    """A connection that opens while the hole is there gets its handshake and nothing else; stop ends it."""
    faults.black_hole = True
    socket = await bot.connect()
    await log.first(Connected)
    with pytest.raises(asyncio.TimeoutError):
        await socket.receive(timeout=0.1)
    await dingtalk.stop()
    assert dingtalk.connections == 0


async def test_cut_drops_connections_without_a_word(bot: Any, dingtalk: DingTalk, log: Any) -> None:
    """A cut looks to the client like a broken network, without a close frame."""
    socket = await bot.connect()
    await bot.frame(socket, "SYSTEM")
    dingtalk.cut()
    message = await socket.receive(timeout=10)
    assert message.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    await log.first(Disconnected)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"code":200}',
        '{"code":"200","headers":{"messageId":"x"}}',
        '{"headers":{"messageId":""}}',
    ],
)
async def test_answers_that_are_none_are_survived(bot: Any, log: Any, answer: str) -> None:
    """A client's nonsense is noted and the connection goes on."""
    socket = await bot.connect()
    await socket.send_str(answer)
    await log.first(Refused, what="answer")
    await socket.send_bytes(b"\x00")
    await log.first(Refused, what="answer", count=2)
    assert not socket.closed


async def test_count_is_right_when_an_end_is_told(bot: Any, dingtalk: DingTalk) -> None:
    """Who hears that a connection opened or ended sees the number of those that live now."""
    counts: list[int] = []
    ended = asyncio.Event()

    def note(event: object) -> None:
        if isinstance(event, (Connected, Disconnected)):
            counts.append(dingtalk.connections)
        if isinstance(event, Disconnected):
            ended.set()

    dingtalk.observe(note)
    socket = await bot.connect()
    await bot.frame(socket, "SYSTEM")
    await socket.close()
    await asyncio.wait_for(ended.wait(), 10)
    assert counts == [1, 0]


async def test_text_that_is_no_utf8_ends_the_connection(bot: Any, log: Any) -> None:
    """A text frame that is not UTF-8 ends its connection and no other."""
    other = await bot.connect()
    socket = await bot.connect()
    await socket._writer.send_frame(b"\xff\xfe", aiohttp.WSMsgType.TEXT)
    assert (await log.first(Disconnected)).connection == 2
    assert (await bot.frame(other, "SYSTEM"))["headers"]["topic"] == "ping"
