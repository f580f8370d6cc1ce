"""The text of a file: UTF-8, or what it probably is instead (language.md section 2)."""

from __future__ import annotations

import codecs
from typing import NamedTuple

LOOKED_AT = 64 * 1024
LEAST_SHARE = 20
"""One in so many characters of a UTF-16 file is ASCII at least."""


class NotUtf8(NamedTuple):
    """A file that is not UTF-8.

    Args:
        good: its text as far as it can be read.
        offset: of the first byte that cannot.
        encoding: what it is probably written in; ``None`` where that cannot be told.
    """

    good: str
    offset: int
    encoding: str | None


def decode(content: bytes) -> str | NotUtf8:
    """Return the text of a file, without its byte order mark."""
    mark = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    if _looks_like_utf_16(content):
        return NotUtf8("", mark, "UTF-16")
    try:
        return content[mark:].decode("utf-8")
    except UnicodeDecodeError as problem:
        offset = problem.start + mark
        return NotUtf8(content[mark:offset].decode("utf-8", "replace"), offset, _encoding(content))


def _encoding(content: bytes) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GBK"


def _looks_like_utf_16(content: bytes) -> bool:
    """Tell whether many bytes at even, or at odd, offsets are zero and hardly any between: ASCII in two bytes each.

    Words, blanks and line breaks of a rules file are ASCII, however much Chinese stands between them; in UTF-8 no
    character but U+0000 has a zero in it.
    """
    start = content[:LOOKED_AT]
    fewer, more = sorted((start[::2].count(0), start[1::2].count(0)))
    return more >= 2 and more * 2 * LEAST_SHARE >= len(start) and fewer * 10 <= more
