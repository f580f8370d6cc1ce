"""Frames of Stream Mode as the service writes them, and the answers that it reads (sections 3 and 4)."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping
from dataclasses import dataclass

from prx_dingtalk_router.sandbox.dingtalk.json_text import read, write

BOT_MESSAGE = "/v1.0/im/bot/messages/get"
BOT_DELEGATE = "/v1.0/im/bot/messages/delegate"
CARD_CALLBACK = "/v1.0/card/instances/callback"
ANY_EVENT = "*"

_serial = itertools.count(1)


def header_id(now: int) -> str:
    """A fresh ``headers.messageId`` of the observed shape ``212b9d7c_165f_19bfa1a500a_1461def``."""
    return f"{os.getpid() & 0xFFFFFFFF:08x}_{next(_serial):x}_{now:x}_{int.from_bytes(os.urandom(3)):x}"


def system(topic: str, data: Mapping[str, object], *, now: int, message_id: str | None = None) -> str:
    """A SYSTEM frame; without ``message_id`` its header has none, as in the documented ``disconnect``."""
    headers: dict[str, object] = {"topic": topic, "contentType": "application/json", "time": str(now)}
    if message_id is not None:
        headers["messageId"] = message_id
    return write({"specVersion": "1.0", "type": "SYSTEM", "headers": headers, "data": write(data)})


def push(
    kind: str,
    topic: str,
    payload: Mapping[str, object],
    *,
    now: int,
    message_id: str,
    app_id: str,
    connection_id: str,
    extra_headers: Mapping[str, str] | None = None,
    lenient: bool = False,
) -> str:
    """A CALLBACK or EVENT frame.

    Args:
        kind: ``CALLBACK`` or ``EVENT``.
        topic: of the subscription that it answers.
        payload: what ``data`` holds, serialised into a string.
        now: Unix milliseconds of the header.
        message_id: the header id, new for each attempt.
        app_id: UUID of the application.
        connection_id: equals the ticket of the connection.
        extra_headers: the five headers of an event.
        lenient: a numeric header time, and ``data`` as an object: both were seen.
    """
    headers: dict[str, object] = {
        "appId": app_id,
        "connectionId": connection_id,
        "contentType": "application/json",
        "messageId": message_id,
        "time": now if lenient else str(now),
        "topic": topic,
        **(extra_headers or {}),
    }
    data: object = payload if lenient else write(payload)
    return write({"specVersion": "1.0", "type": kind, "headers": headers, "data": data})


def bad(kind: str, now: int) -> str | bytes:
    """A frame that a client must survive: one of ``faults.BAD_FRAMES``."""
    headers = {
        "topic": BOT_MESSAGE,
        "contentType": "application/json",
        "messageId": header_id(now),
        "time": str(now),
    }
    frame = {"specVersion": "1.0", "type": "CALLBACK", "headers": headers, "data": '{"msgtype":"text"}'}
    if kind == "bad-json":
        return '{"specVersion":"1.0","type":"CALLBACK","headers":{"topic":'
    if kind == "not-object":
        return "[1, 2, 3]"
    if kind == "binary":
        return b"\x00\x01\xfe\xff" + write(frame).encode()
    if kind == "unknown-type":
        return write(frame | {"type": "TELEPATHY"})
    if kind == "unknown-topic":
        return write(frame | {"headers": headers | {"topic": "/v1.0/not/known"}})
    if kind == "empty-data":
        return write(frame | {"data": ""})
    return write(frame | {"headers": {"topic": BOT_MESSAGE}})


@dataclass(frozen=True, slots=True)
class Ack:
    """A client's answer to a frame."""

    message_id: str
    code: int
    message: str
    data: str

    def json_data(self) -> object:
        """What ``data`` holds, or ``None`` where it is no JSON."""
        try:
            return read(self.data)
        except ValueError:
            return None


def parse_ack(text: str) -> Ack:
    """Read a client's answer.

    Raises:
        ValueError: it is no answer; the text says what is missing.
    """
    try:
        answer = read(text)
    except ValueError:
        raise ValueError("not JSON") from None
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    headers = answer.get("headers")
    message_id = headers.get("messageId") if isinstance(headers, dict) else None
    if not isinstance(message_id, str) or not message_id:
        raise ValueError("no headers.messageId")
    code, data = answer.get("code"), answer.get("data")
    if isinstance(code, bool) or not isinstance(code, int):
        raise ValueError("code is no number")
    return Ack(
        message_id, code, str(answer.get("message") or ""), data if isinstance(data, str) else write(data)
    )
