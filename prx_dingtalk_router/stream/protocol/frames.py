"""Frames from the gateway: any bytes become a ``Frame`` or a ``BadFrame``, never an exception.

Tolerant where clients were seen to break (dingtalk-stream.md sections 3 and 13): headers of any JSON type, ``header``
for ``headers``, data as a string or as an object, a missing or numeric message id, halves of surrogate pairs, numbers of
any size: one that Python has no number for is kept as its digits. NaN and the infinities are no JSON, and so is what
holds them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NoReturn, TypeAlias

import msgspec

from prx_dingtalk_router.catalogue import Text, text


class FrameType(StrEnum):
    """The ``type`` values that mean something to this client."""

    SYSTEM = "SYSTEM"
    EVENT = "EVENT"
    CALLBACK = "CALLBACK"


class SystemTopic(StrEnum):
    """Topics of SYSTEM frames that ask for something; others are signs of life and want no answer."""

    PING = "ping"
    DISCONNECT = "disconnect"


class Frame(msgspec.Struct, frozen=True):
    """One readable frame.

    Attributes:
        type: as sent; one of ``FrameType`` or something unknown.
        topic: ``headers.topic``, ``""`` when absent.
        message_id: ``headers.messageId`` as it came, to be copied into the answer; None when there is nothing to copy.
        sent_headers: all headers as they came; the connection id in them equals the ticket.
        data: what the data string holds, as the reader of its topic made it or else as JSON; None when it is no JSON.
        data_text: the data string as sent, valid Unicode; of an object, its JSON.
        size: bytes of the whole frame.
    """

    type: str
    topic: str
    message_id: str | int | None
    sent_headers: Mapping[str, Any]
    data: Any
    data_text: str
    size: int

    @property
    def headers(self) -> Mapping[str, str]:
        """All headers with scalar values, as text."""
        return {
            name: written
            for name, value in self.sent_headers.items()
            if (written := _scalar(value)) is not None
        }

    @property
    def is_push(self) -> bool:
        """Whether the frame carries something for a consumer: a callback or an event."""
        return self.type in (FrameType.CALLBACK, FrameType.EVENT)

    def __repr__(self) -> str:
        """Without headers and data, which hold secrets and what people said."""
        return f"Frame(type={self.type!r}, topic={self.topic!r}, message_id={self.message_id!r}, size={self.size})"


Reader: TypeAlias = Callable[[str], msgspec.Struct | None]
"""Reads the data string of a callback straight into what its consumer wants of it; None for one to be read as any JSON."""

Readers: TypeAlias = Mapping[str, Reader]
"""By topic; callbacks of the others are read as any JSON."""

NO_READERS: Readers = MappingProxyType({})


class BadFrame(msgspec.Struct, frozen=True):
    """Bytes that are no frame.

    Attributes:
        reason: what is wrong, in a few plain words, without any of the content.
        message_id: to be answered with 400, if one could be found.
        size: bytes received.
    """

    reason: Text
    message_id: str | int | None
    size: int


class _Envelope(msgspec.Struct):
    """A frame as msgspec reads it; what is unknown is left out."""

    type: object = None
    headers: object = msgspec.UNSET
    header: object = msgspec.UNSET
    data: object = None


_ENVELOPE = msgspec.json.Decoder(_Envelope)
_DATA: msgspec.json.Decoder[Any] = msgspec.json.Decoder()


def parse_frame(payload: bytes, readers: Readers = NO_READERS) -> Frame | BadFrame:
    """Read one WebSocket message, text or binary, given as its bytes."""
    try:
        envelope = _ENVELOPE.decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _parse_leniently(payload)
    headers = envelope.header if envelope.headers is msgspec.UNSET else envelope.headers
    return _frame(len(payload), envelope.type, headers, envelope.data, readers)


def _parse_leniently(payload: bytes) -> Frame | BadFrame:
    """As ``parse_frame``: what msgspec takes for no JSON, and other clients read."""
    size = len(payload)
    try:
        written = payload.decode("utf-8")
    except UnicodeDecodeError:
        return BadFrame(text("stream.frame-not-utf-8"), None, size)
    read = _loads(written)
    if read is None:
        return BadFrame(text("stream.frame-not-json"), None, size)
    document = read.value
    if not isinstance(document, dict):
        return BadFrame(text("stream.frame-not-an-object"), None, size)
    headers = document.get("headers", document.get("header"))
    return _frame(size, document.get("type"), headers, document.get("data"))


def _frame(
    size: int, kind: object, headers: object, raw_data: object, readers: Readers = NO_READERS
) -> Frame | BadFrame:
    message_id = _message_id(headers.get("messageId")) if isinstance(headers, dict) else None
    if not isinstance(kind, str) or not kind:
        return BadFrame(text("stream.frame-no-type"), message_id, size)
    if not isinstance(headers, dict):
        return BadFrame(text("stream.frame-no-headers"), None, size)
    topic = _scalar(headers.get("topic")) or ""
    if topic in readers and kind == FrameType.CALLBACK and isinstance(raw_data, str):
        read = readers[topic](raw_data)
        if read is not None:
            return Frame(kind, topic, message_id, headers, read, raw_data, size)
    data, data_text = _data(raw_data)
    return Frame(kind, topic, message_id, headers, data, data_text, size)


_HALF_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}|\\u[dD][c-fC-F][0-9a-fA-F]{2}")
"""Of an escape that may be half a pair; halves that are no escapes are no UTF-8 and come no further."""


@dataclass(frozen=True, slots=True)
class _Document:
    """What JSON holds, and whether something in it had to be put otherwise: what was written is then not the same."""

    value: Any
    changed: bool


def _loads(written: str) -> _Document | None:
    """The JSON in ``written`` with whole characters, and numbers that can be written again; None when it is none."""
    changed = False

    def whole_number(digits: str) -> int | str:
        nonlocal changed
        try:
            return int(digits)
        except ValueError:  # more digits than Python takes
            changed = True
            return digits

    def fraction(digits: str) -> float | str:
        nonlocal changed
        number = float(digits)
        if math.isfinite(number):
            return number
        changed = True
        return digits

    try:
        document = json.loads(
            written, parse_constant=_refuse_constant, parse_int=whole_number, parse_float=fraction
        )
        if "\\u" in written and _HALF_PAIR.search(written) is not None:
            return _Document(_whole(document), True)
    except (ValueError, RecursionError):
        return None
    return _Document(document, changed)


def _refuse_constant(name: str) -> NoReturn:
    """NaN and the infinities are no JSON, and could not be written back."""
    raise ValueError(name)


def _whole(value: Any) -> Any:
    """``value`` with lone halves of surrogate pairs replaced: no file, socket or database takes them."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value


def _data(value: Any) -> tuple[Any, str]:
    if value is None:
        return None, ""
    if isinstance(value, str):
        try:
            return _DATA.decode(value), value
        except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
            read = _loads(value)
        if read is None:
            return None, value
        if not read.changed:
            return read.value, value
        value = read.value
    try:
        return value, json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return None, ""


def _scalar(value: object) -> str | None:
    """The value of a header as text; None for one that is no scalar."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number(value) if isinstance(value, (int, float)) else None


def _number(value: float) -> str:
    try:
        return str(value)
    except ValueError:  # an integer of thousands of digits
        return ""


def _message_id(value: Any) -> str | int | None:
    if isinstance(value, str) and value:
        return value
    if isinstance(value, int) and not isinstance(value, bool) and _number(value):
        return value
    return None
