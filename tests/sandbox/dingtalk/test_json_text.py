"""JSON in and out, and every interface under hostile bodies."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Said
from prx_dingtalk_router.sandbox.dingtalk.json_text import read, read_object, write

HOSTILE = [
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'"\\ud800"',
    b"\xff\xfe\x00",
    b"1" * 5000,
    b"NaN",
    b"",
    b"null",
]
BODIES = [
    "/v1.0/gateway/connections/open",
    "/v1.0/oauth2/accessToken",
    "/v1.0/oauth2/dingcorp01/token",
    "/v1.0/robot/oToMessages/batchSend",
    "/v1.0/robot/groupMessages/send",
    "/v1.0/robot/messageFiles/download",
    "/robot/sendBySession?session=x",
    "/media/upload?access_token=x",
]


@given(st.binary() | st.text())
def test_any_bytes_are_a_value_or_a_value_error(raw: bytes | str) -> None:
    """Whatever comes in, nothing but a ValueError comes out beside a value."""
    try:
        read(raw)
    except ValueError:
        assert read_object(raw) == {}


@pytest.mark.parametrize("raw", HOSTILE)
def test_hostile_texts_are_no_object(raw: bytes) -> None:
    """Deep nesting, half characters and endless numbers are no objects."""
    assert read_object(raw) == {}


@pytest.mark.parametrize(
    "raw",
    [
        '{"a":1}'.encode("utf-16"),
        '{"a":1}'.encode("utf-32"),
        '{"a":"中"}'.encode("gbk"),
        b'{"a":NaN}',
        '{"a":-Infinity}',
    ],
)
def test_what_only_python_would_read_is_no_json(raw: bytes | str) -> None:
    """Bodies are UTF-8, and numbers are numbers."""
    assert read_object(raw) == {}
    assert read(b"\xef\xbb\xbf{}") == {}


def test_half_characters_can_be_written() -> None:
    """A half surrogate pair becomes a question mark, everything else stays."""
    assert write({"a": "好\ud800"}) == '{"a":"好?"}'


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
async def test_no_interface_breaks_on_a_hostile_body(
    bot: Any, dingtalk: DingTalk, path: str, raw: bytes
) -> None:
    """Every interface refuses hostile bodies in its own manner; none answers 500."""
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "x-acs-dingtalk-access-token": await bot.token(),
    }
    async with bot.http.post(dingtalk.base_url + path, data=raw, headers=headers) as answer:
        assert answer.status in (200, 400)
        body = await answer.json()
        assert body.get("errcode") or body.get("code")


async def test_half_characters_go_everywhere(bot: Any, dingtalk: DingTalk) -> None:
    """Half characters that a page or a bot sends break neither a frame nor an answer."""
    socket = await bot.connect()
    dingtalk.say(Said("u1001", text="half \ud83d"))
    body = await bot.message(socket)
    assert body["text"]["content"] == "half ?"
    _, answer = await bot.post(body["sessionWebhook"], {"msgtype": "\ud83d"})
    assert answer["errcode"] == 400105
    _, answer = await bot.api(
        "/v1.0/robot/oToMessages/batchSend",
        {
            "robotCode": "dingexample0001",
            "userIds": ["\ud83d"],
            "msgKey": "sampleText",
            "msgParam": '{"content":"x"}',
        },
    )
    assert answer["invalidStaffIdList"] == ["?"]
