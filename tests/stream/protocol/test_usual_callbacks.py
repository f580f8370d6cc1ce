"""Usual callbacks say what any frame is read as (dingtalk-stream.md section 3)."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.stream.protocol.frames import Frame, parse_frame
from prx_dingtalk_router.stream.protocol.usual_callbacks import usual_callback

CALLBACK = {
    "specVersion": "1.0",
    "type": "CALLBACK",
    "headers": {
        "topic": "/v1.0/im/bot/messages/get",
        "messageId": "212a_3f_19c_77",
        "contentType": "application/json",
        "time": "1788200002000",
        "appId": "a1b2",
        "connectionId": "0f3c1d2e",
    },
    "data": '{"conversationType":"2","msgId":"msgAbC==","msgtype":"text","text":{"content":" hi"}}',
}


def changed(**changes: Any) -> bytes:
    """The sample callback with top-level fields replaced; None removes one."""
    frame = {name: value for name, value in (CALLBACK | changes).items() if value is not None}
    return json.dumps(frame, ensure_ascii=False).encode()


class Said(msgspec.Struct):
    """What a consumer wants of the data."""

    msgId: str  # noqa: N815 - the wire's own name


def read_said(data: str) -> Said | None:
    """Read the data, or leave it to others."""
    try:
        return msgspec.json.decode(data, type=Said)
    except msgspec.MsgspecError:
        return None


TOPIC = "/v1.0/im/bot/messages/get"
DOCUMENTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**18)
    | st.floats()
    | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
USUAL = st.fixed_dictionaries(
    {
        "type": st.just("CALLBACK") | st.sampled_from(["EVENT", "callback"]),
        "headers": st.fixed_dictionaries(
            {"topic": st.just(TOPIC), "messageId": st.text(max_size=3)}, optional={"x": DOCUMENTS}
        ),
        "data": st.fixed_dictionaries({"msgId": st.text(max_size=3)}, optional={"x": DOCUMENTS}).map(
            json.dumps
        ),
    },
    optional={"more": DOCUMENTS, "header": DOCUMENTS},
)


@given(USUAL | DOCUMENTS, st.booleans())
def test_a_usual_callback_is_what_any_frame_is_read_as(document: Any, ascii_only: bool) -> None:
    """Whatever is read as one says the same when it is read as any frame is."""
    payload = json.dumps(document, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    usual = usual_callback(payload, {TOPIC: read_said})
    if usual is not None:
        frame = parse_frame(payload, {TOPIC: read_said})
        assert isinstance(frame, Frame)
        assert frame.type == "CALLBACK"
        assert (usual.topic, usual.message_id) == (frame.topic, frame.message_id)
        assert (usual.data, usual.data_text) == (frame.data, frame.data_text)


@pytest.mark.parametrize(
    ("payload", "is_usual"),
    [
        (changed(data='{"msgId":"m"}'), True),
        (changed(data='{"msgId":7}'), False),
        (changed(data={"msgId": "m"}), False),
        (changed(type="EVENT", data='{"msgId":"m"}'), False),
        (changed(data='{"msgId":"m"}', headers={"topic": TOPIC, "messageId": ""}), False),
        (changed(data='{"msgId":"m"}', headers={"topic": TOPIC, "messageId": 7}), False),
        (changed(data='{"msgId":"m"}', headers={"topic": "/v1.0/else", "messageId": "m"}), False),
        (b"no JSON", False),
        (b"\xff", False),
    ],
)
def test_a_callback_is_usual_when_it_is_as_documented(payload: bytes, is_usual: bool) -> None:
    """Any other is left to who reads all frames."""
    usual = usual_callback(payload, {TOPIC: read_said})
    assert (usual is not None) is is_usual
    assert "SECRET" not in repr(usual_callback(changed(data='{"msgId":"SECRET"}'), {TOPIC: read_said}))
