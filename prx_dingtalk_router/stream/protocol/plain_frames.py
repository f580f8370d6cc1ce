"""The frames that a busy WebSocket consists of, read and written many at a time.

A plain frame is a whole message of a server: text or binary, in one piece, not masked, of at most 65,535 bytes. Everything else
is for the library (RFC 6455 section 5.2): what is found here is only where it ends.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

try:
    from websockets.speedups import apply_mask
except ImportError:  # where it has no wheel
    from websockets.utils import apply_mask

_WHOLE_TEXT, _WHOLE_BINARY = 0x81, 0x82
_MASKED = 0x80
_TWO_BYTES, _EIGHT_BYTES = 126, 127
_MASK = 4
LONGEST = 65_535
"""Bytes of a message in a plain frame."""


def plain_messages(data: bytes, at: int, most: int) -> tuple[list[bytes], int]:
    """The messages of the plain frames that begin at a place, one after the other, and where the last of them ends.

    Args:
        data: as it came.
        at: where a frame begins.
        most: bytes of a message; the frame of a longer one is not plain.
    """
    messages: list[bytes] = []
    last = len(data)
    while at + 2 <= last:
        kind, size = data[at], data[at + 1]
        begin = at + 2
        if size == _TWO_BYTES and at + 4 <= last:
            size = data[at + 2] << 8 | data[at + 3]
            begin = at + 4
        elif size >= _TWO_BYTES:  # longer, or masked, or the length is still to come
            break
        end = begin + size
        if end > last or size > most or (kind != _WHOLE_TEXT and kind != _WHOLE_BINARY):
            break
        messages.append(data[begin:end])
        at = end
    return messages, at


def frame_size(head: bytes) -> int | None:
    """How long a frame of a server is, header and all; None while too little of it is there to know.

    Args:
        head: how it begins; of more than its header nothing is looked at.
    """
    if len(head) < 2:
        return None
    size = head[1] & ~_MASKED
    following = {_TWO_BYTES: 2, _EIGHT_BYTES: 8}.get(size, 0)
    if following:
        if len(head) < 2 + following:
            return None
        size = int.from_bytes(head[2 : 2 + following], "big")
    return 2 + following + size


def text_frames(messages: Sequence[bytes]) -> bytes:
    """Text messages as a client sends them: a masked frame each, with masks that nobody can foresee."""
    masks = os.urandom(_MASK * len(messages))
    parts: list[bytes] = []
    for number, message in enumerate(messages):
        mask = masks[_MASK * number : _MASK * (number + 1)]
        parts += (_client_header(len(message)), mask, apply_mask(message, mask))
    return b"".join(parts)


def _client_header(size: int) -> bytes:
    if size < _TWO_BYTES:
        return bytes((_WHOLE_TEXT, _MASKED | size))
    if size < 1 << 16:
        return bytes((_WHOLE_TEXT, _MASKED | _TWO_BYTES, size >> 8, size & 0xFF))
    return bytes((_WHOLE_TEXT, _MASKED | _EIGHT_BYTES)) + size.to_bytes(8, "big")
