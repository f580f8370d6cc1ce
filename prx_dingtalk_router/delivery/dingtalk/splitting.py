"""Cuts a long reply into parts that DingTalk takes, where a reader would cut it (language.md section 7)."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator

# Refused above 20,000 bytes of body (dingtalk-stream.md section 7); the rest is room for title, mentions and keys.
MOST_BYTES = 18_000

_BORDERS = (
    re.compile(r"\n[ \t]*\n+"),
    re.compile(r"\n"),
    re.compile(r"(?<=[。！？；…])[”’」』）]*\s*|(?<=[.!?;])\s+"),
    re.compile(r"\s+|(?<=[，、：])"),
)
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)(.*)$", re.MULTILINE)
_LONGEST_FENCE = 60
_FENCE_ROOM = _LONGEST_FENCE + 4


def encoded_size(content: str) -> int:
    """Bytes that ``content`` takes within a JSON string in UTF-8."""
    return len(json.dumps(content, ensure_ascii=False).encode("utf-8", errors="replace")) - 2


def split(content: str, limit: int, *, markdown: bool = False) -> tuple[str, ...]:
    """Cut ``content`` into parts of at most ``limit`` bytes each, encoded as ``encoded_size`` says.

    Cuts stand between paragraphs if the first half of a part has room for it, else between lines, sentences, words, else
    between characters. White space at a cut is left out. In markdown a code fence that is cut is closed and opened again.

    Args:
        content: any text; one that is only white space gives no part.
        limit: at least 256.
        markdown: whether code fences have to be kept whole.
    """
    return tuple(_parts(content, limit, markdown=markdown))


def _parts(content: str, limit: int, *, markdown: bool) -> Iterator[str]:
    opening = ""
    rest = content.rstrip()
    while rest.strip():
        head = f"{opening}\n" if opening else ""
        room = limit - encoded_size(head)
        if encoded_size(rest) <= room:
            yield head + rest
            return
        # Room to close a fence and to open it again in the next part.
        room -= _FENCE_ROOM if markdown else 0
        at, after = _cut(rest, room)
        part, rest = rest[:at].rstrip(), rest[after:]
        if not part:
            continue
        part = head + part
        opening = _open_fence(part) if markdown else ""
        yield f"{part}\n{_closing(opening)}" if opening else part


def _cut(text: str, room: int) -> tuple[int, int]:
    """Where the first part of ``text`` ends, and where the next one begins."""
    most = _fitting(text, room)
    window = text[:most]
    for border in _BORDERS:
        last = deque(border.finditer(window, most // 2), maxlen=1)
        found = last[0] if last else None
        if found is not None and found.end() > 0:
            return found.start() if found.group().isspace() else found.end(), found.end()
    return most, most


def _fitting(text: str, room: int) -> int:
    """The largest number of leading characters that fit into ``room`` bytes; at least one, never within a CR LF."""
    low, high = 1, min(len(text), room)
    while low < high:
        middle = (low + high + 1) // 2
        if encoded_size(text[:middle]) <= room:
            low = middle
        else:
            high = middle - 1
    # A base character and what combines with it (marks, joiners, variation selectors) stay together if they can.
    cut = low
    while cut > 1 and cut > low - 16 and cut < len(text) and _combines(text[cut - 1], text[cut]):
        cut -= 1
    return cut if cut > 1 else low


def _combines(before: str, after: str) -> bool:
    joiner = "\u200d"
    return (
        before in (joiner, "\r")
        or after in (joiner, "\ufe0e", "\ufe0f")
        or "\u0300" <= after <= "\u036f"
        or "\U0001f3fb" <= after <= "\U0001f3ff"
    )


def _open_fence(part: str) -> str:
    """The line that opened a code fence which ``part`` leaves open; empty if none is."""
    opening = ""
    for found in _FENCE.finditer(part):
        mark, words = found.group(1), found.group(2).strip()
        if not opening:
            opening = f"{mark}{words}"[:_LONGEST_FENCE]
        elif mark[0] == opening[0] and len(mark) >= len(_closing(opening)) and not words:
            opening = ""
    return opening


def _closing(opening: str) -> str:
    mark = opening[:1]
    return mark * (len(opening) - len(opening.lstrip(mark))) if mark else ""
