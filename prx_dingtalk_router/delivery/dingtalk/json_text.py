"""JSON as it is sent to DingTalk, and read of its answers: by msgspec, and what that refuses by the standard library, in ten times the time."""

from __future__ import annotations

import json

import msgspec


def json_of(value: object) -> bytes:
    """The bytes of plain data, without blanks; halves of surrogate pairs in it become question marks."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", errors="replace")


def object_of(content: bytes) -> dict[str, object] | None:
    """The JSON object that an answer is; None where it is something else."""
    try:
        body = msgspec.json.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        try:
            body = json.loads(content)
        except (ValueError, RecursionError):
            return None
    return body if isinstance(body, dict) else None
