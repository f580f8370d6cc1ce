"""JSON documents of a daemon: whatever it writes is read or is none, without holding the loop for the big ones."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import TypeVar

import msgspec

Read = TypeVar("Read")

BIG = 256 * 1024
"""Bytes from which on a document is read in a thread; below it the way there would cost more."""


def read_json(content: bytes, decoder: msgspec.json.Decoder[Read]) -> Read | None:
    """The document in ``content``; None when it is no JSON, or not of the decoder's shape.

    What msgspec refuses and Python reads is read too: halves of surrogate pairs are replaced.
    """
    try:
        return decoder.decode(content)
    except msgspec.ValidationError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        lenient = json.dumps(json.loads(content), ensure_ascii=False, allow_nan=False)
        return decoder.decode(lenient.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    except (ValueError, RecursionError):
        return None


async def off_the_loop(read: Callable[[bytes], Read], content: bytes) -> Read:
    """Read a document; a big one in a thread, so that the loop goes on meanwhile."""
    return await asyncio.to_thread(read, content) if len(content) >= BIG else read(content)
