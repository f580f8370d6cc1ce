"""Answers to frames (dingtalk-stream.md section 4)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.stream.protocol.acks import (
    Ack,
    callback_ack,
    event_ack,
    ping_ack,
    unreadable_ack,
    unsupported_ack,
)
from prx_dingtalk_router.stream.protocol.frames import BadFrame, Frame


def frame(message_id: Any = "m-1", data_text: str = '{"opaque":"b7b1c6"}') -> Frame:
    """A frame to answer."""
    return Frame("SYSTEM", "ping", message_id, {}, None, data_text, 100)


def test_the_samples_of_the_protocol_are_written() -> None:
    """The documented answers to a callback, a ping and an event come out field by field."""
    assert json.loads(callback_ack("212a_3f_19c_77").serialize()) == {
        "code": 200,
        "headers": {"messageId": "212a_3f_19c_77", "contentType": "application/json"},
        "message": "OK",
        "data": '{"response":null}',
    }
    ping = ping_ack(frame("p-0001"))
    assert ping is not None
    assert json.loads(ping.serialize()) == {
        "code": 200,
        "headers": {"messageId": "p-0001", "contentType": "application/json"},
        "message": "OK",
        "data": '{"opaque":"b7b1c6"}',
    }
    assert json.loads(json.loads(event_ack("e-0001").serialize())["data"]) == {
        "status": "SUCCESS",
        "message": "ok",
    }


@pytest.mark.parametrize(
    ("code", "data", "text"),
    [
        (200, None, '{"response":null}'),
        (200, {"response": {"a": "b"}}, '{"response":{"a":"b"}}'),
        (200, "as it is", "as it is"),
        (400, None, ""),
        (500, None, ""),
    ],
)
def test_the_data_of_a_callback_answer(code: int, data: Any, text: str) -> None:
    """Structures travel as JSON in a string, strings as they are, and refusals without data."""
    assert callback_ack("m", code, data) == Ack(code, "m", text)


def test_an_event_can_be_asked_for_again() -> None:
    """LATER is passed on as the status."""
    assert json.loads(event_ack("e", "LATER", "busy").data) == {"status": "LATER", "message": "busy"}


@pytest.mark.parametrize("data", ["", "not json", '{"opaque":"\\u00e9"}', "钉"])
def test_a_ping_is_echoed_unchanged(data: str) -> None:
    """The data of a ping comes back character by character, whatever it is."""
    ack = ping_ack(frame(data_text=data))
    assert ack is not None
    assert json.loads(ack.serialize())["data"] == data


def test_a_numeric_message_id_stays_a_number() -> None:
    """The id is copied as it came."""
    assert json.loads(callback_ack(42).serialize())["headers"]["messageId"] == 42


def test_what_told_no_id_gets_no_answer() -> None:
    """Without a message id there is nothing to answer to."""
    assert ping_ack(frame(None)) is None
    assert unsupported_ack(frame(None)) is None
    assert unreadable_ack(BadFrame(text("stream.frame-not-json"), None, 3)) is None


def test_the_codes_of_refusals() -> None:
    """An unknown topic gets 404, unreadable data 400, each with some words."""
    unsupported, unreadable = (
        unsupported_ack(frame()),
        unreadable_ack(BadFrame(text("stream.frame-no-type"), "m-2", 3)),
    )
    assert unsupported is not None
    assert unreadable is not None
    assert (unsupported.code, unsupported.message_id) == (404, "m-1")
    assert (unreadable.code, unreadable.message_id) == (400, "m-2")
    assert json.loads(unsupported.serialize())["message"]
    assert json.loads(unreadable.serialize())["message"]


def test_an_answer_is_ascii() -> None:
    """Whatever the data holds, the message is plain ASCII on the wire."""
    assert callback_ack("钉", data="钉😀").serialize().isascii()
