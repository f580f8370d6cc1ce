"""Answers to frames: one text message a frame, with the frame's message id (dingtalk-stream.md section 4)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii as quoted
from types import MappingProxyType
from typing import Any

import msgspec

from prx_dingtalk_router.stream.protocol.frames import BadFrame, Frame

OK = 200
BAD_REQUEST = 400
NOT_FOUND = 404
INTERNAL_ERROR = 500

_MESSAGES: Mapping[int, str] = MappingProxyType(
    {
        OK: "OK",
        BAD_REQUEST: "the data cannot be read",
        NOT_FOUND: "topic not supported",
        INTERNAL_ERROR: "internal error",
    }
)


class Ack(msgspec.Struct, frozen=True):
    """One answer, ready to be written.

    Attributes:
        code: one of the four of section 4.
        message_id: copied from the frame.
        data: a JSON document in a string, or ``""``.
    """

    code: int
    message_id: str | int
    data: str

    def serialize(self) -> bytes:
        """The text message to send, ASCII only."""
        message_id = quoted(self.message_id) if isinstance(self.message_id, str) else self.message_id
        return (
            f'{{"code":{self.code},"headers":{{"messageId":{message_id},'
            f'"contentType":"application/json"}},"message":"{_MESSAGES.get(self.code, "")}",'
            f'"data":{quoted(self.data)}}}'
        ).encode()


def callback_ack(message_id: str | int, code: int = OK, data: Any = None) -> Ack:
    """The answer to a callback.

    Args:
        message_id: of the callback.
        code: 200, or why not.
        data: a string is sent as it is; anything else as JSON; None is ``{"response": null}`` on 200 and nothing
            otherwise.
    """
    if data is None:
        text = '{"response":null}' if code == OK else ""
    elif isinstance(data, str):
        text = data
    else:
        text = json.dumps(data, separators=(",", ":"))
    return Ack(code, message_id, text)


def event_ack(message_id: str | int, status: str = "SUCCESS", message: str = "ok") -> Ack:
    """The answer to a platform event; ``status`` is ``SUCCESS``, or ``LATER`` to have it sent again."""
    return Ack(OK, message_id, json.dumps({"status": status, "message": message}, separators=(",", ":")))


def ping_ack(frame: Frame) -> Ack | None:
    """The answer to a SYSTEM ping: its data unchanged, ``opaque`` and all; None when there is no id to answer to."""
    return None if frame.message_id is None else Ack(OK, frame.message_id, frame.data_text)


def unsupported_ack(frame: Frame) -> Ack | None:
    """404: a topic or a type that this client did not ask for."""
    return None if frame.message_id is None else Ack(NOT_FOUND, frame.message_id, "")


def unreadable_ack(frame: Frame | BadFrame) -> Ack | None:
    """400: what cannot be read, when it told its id."""
    return None if frame.message_id is None else Ack(BAD_REQUEST, frame.message_id, "")
