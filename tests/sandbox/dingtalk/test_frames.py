"""Frames as the service writes them, answers as it reads them, and bad frames by knob."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Faults, Said, frames


def test_header_ids_differ() -> None:
    """No two frames share a header id, even within a millisecond."""
    assert len({frames.header_id(1_788_200_000_000) for _ in range(1000)}) == 1000


def test_push_carries_its_data_as_a_string() -> None:
    """Data is a JSON document serialised into a string, the header time a string of milliseconds."""
    frame = json.loads(
        frames.push(
            "CALLBACK",
            frames.BOT_MESSAGE,
            {"text": {"content": "你好"}},
            now=1_788_200_000_000,
            message_id="m1",
            app_id="a1",
            connection_id="t1",
        )
    )
    assert frame["specVersion"] == "1.0"
    assert frame["headers"] == {
        "appId": "a1",
        "connectionId": "t1",
        "contentType": "application/json",
        "messageId": "m1",
        "time": "1788200000000",
        "topic": "/v1.0/im/bot/messages/get",
    }
    assert json.loads(frame["data"]) == {"text": {"content": "你好"}}


@given(st.text())
def test_any_text_is_an_answer_or_a_value_error(text: str) -> None:
    """Whatever a client sends is read or refused; nothing else happens."""
    try:
        ack = frames.parse_ack(text)
    except ValueError:
        return
    assert ack.message_id


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["code", "headers", "messageId", "data"]), inner)
        ),
    )
)
def test_any_json_is_an_answer_or_a_value_error(value: object) -> None:
    """The same for JSON that looks like an answer."""
    try:
        ack = frames.parse_ack(json.dumps(value))
    except ValueError:
        return
    assert isinstance(ack.code, int)
    ack.json_data()


@pytest.mark.parametrize(
    ("kind", "check"),
    [
        ("bad-json", lambda frame: _fails(frame)),
        ("not-object", lambda frame: isinstance(json.loads(frame), list)),
        ("unknown-type", lambda frame: json.loads(frame)["type"] == "TELEPATHY"),
        ("unknown-topic", lambda frame: json.loads(frame)["headers"]["topic"] == "/v1.0/not/known"),
        ("empty-data", lambda frame: json.loads(frame)["data"] == ""),
        ("no-id", lambda frame: "messageId" not in json.loads(frame)["headers"]),
    ],
)
async def test_bad_frame_goes_before_the_push(
    bot: Any, dingtalk: DingTalk, faults: Faults, kind: str, check: Any
) -> None:
    """By knob each push comes after a frame that a client must survive."""
    faults.set("bad-frame", kind)
    socket = await bot.connect()
    await bot.frame(socket, "SYSTEM")
    msg_id = dingtalk.say(Said("u1001", text="after"))
    assert check(await socket.receive_str(timeout=10))
    assert (await bot.message(socket))["msgId"] == msg_id


async def test_binary_frame_goes_before_the_push(bot: Any, dingtalk: DingTalk, faults: Faults) -> None:
    """A bad frame can be binary."""
    faults.bad_frame = "binary"
    socket = await bot.connect()
    await bot.frame(socket, "SYSTEM")
    dingtalk.say(Said("u1001", text="after"))
    assert (await socket.receive(timeout=10)).type is aiohttp.WSMsgType.BINARY
    assert (await bot.message(socket))["text"]["content"] == "after"


async def test_raw_frames_go_to_every_connection(bot: Any, dingtalk: DingTalk, log: Any) -> None:
    """A frame of one's own goes out as it stands."""
    sockets = [await bot.connect(), await bot.connect()]
    await dingtalk.connected(2)
    dingtalk.send_raw('{"type":"X"}')
    for socket in sockets:
        await bot.frame(socket, "SYSTEM")
        assert await socket.receive_str(timeout=10) == '{"type":"X"}'


def _fails(frame: str) -> bool:
    try:
        json.loads(frame)
    except ValueError:
        return True
    return False
