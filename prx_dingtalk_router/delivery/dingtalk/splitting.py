"""Cuts a long reply into parts that DingTalk takes, where a reader would cut it (language.md section 7)."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence

from prx_dingtalk_router.delivery.dingtalk.blocks import Block, bars, blocks_of
from prx_dingtalk_router.delivery.dingtalk.graphemes import character_start
from prx_dingtalk_router.delivery.dingtalk.inline import LONGEST, Inline
from prx_dingtalk_router.delivery.dingtalk.json_text import json_of

# Refused above 20,000 bytes of body (dingtalk-stream.md section 7); the rest is room for title, mentions and keys.
MOST_BYTES = 18_000

MOST_BYTES_EACH = 6
"""Of a character, escaped in JSON: most replies need not be measured."""

_BORDERS = (
    re.compile(r"\n[ \t]*\n+"),
    re.compile(r"\n"),
    re.compile(r"(?<=[。！？；…])[”’」』）]*\s*|(?<=[.!?;])\s+"),
    re.compile(r"\s+|(?<=[，、：])"),
)
_ROW_PREFIX = re.compile(r"[> \t]*")


def encoded_size(content: str) -> int:
    """Bytes that ``content`` takes within a JSON string in UTF-8."""
    return len(json_of(content)) - 2


def split(content: str, limit: int, *, markdown: bool = False) -> tuple[str, ...]:
    """Cut ``content`` into parts of at most ``limit`` bytes each, encoded as ``encoded_size`` says.

    Cuts stand between paragraphs if the first half of a part has room for it, else between lines, sentences, words, else
    between characters, and not within a link, an address, a mention, a picture or code of a line. White space at a cut is left out. In markdown a table is cut between rows, and the next part begins
    with its header and separator again; a code fence that is cut is closed and opened again.

    Args:
        content: any text; one that is only white space gives no part.
        limit: at least 256.
        markdown: whether tables and code fences have to be kept whole.
    """
    content = content.rstrip()
    if len(content) * MOST_BYTES_EACH <= limit:
        return (content,) if content else ()
    return tuple(_parts(content, limit, markdown=markdown))


def _parts(content: str, limit: int, *, markdown: bool) -> Iterator[str]:
    blocks = _repeatable(content, limit) if markdown and encoded_size(content) > limit else ()
    closing = max((encoded_size(f"\n{block.foot}") for block in blocks if block.foot), default=0)
    at = 0
    while content[at:].strip():
        head = _opening_at(content, at, blocks)
        room = limit - encoded_size(head)
        if encoded_size(content[at:]) <= room:
            yield head + content[at:]
            return
        end, after = (at + offset for offset in _cut(content[at:], room - closing, markdown=markdown))
        block = _block_at(blocks, after)
        if block is not None:
            end, after = _within(content, at, end, after, block)
        part = content[at:end].rstrip()
        at = after
        if part.strip():
            broken = block is not None and block.foot and end > block.start
            yield f"{head}{part}\n{block.foot}" if block and broken else head + part


def _repeatable(content: str, limit: int) -> tuple[Block, ...]:
    """The blocks that leave room for something besides what opens and closes them."""
    return tuple(block for block in blocks_of(content) if encoded_size(block.head + block.foot) <= limit // 4)


def _block_at(blocks: Sequence[Block], at: int) -> Block | None:
    """The block that a cut would break if the next part began at ``at``."""
    return next((block for block in blocks if block.start < at < block.end), None)


def _opening_at(content: str, at: int, blocks: Sequence[Block]) -> str:
    """What a part has to begin with so that what follows is still in its block; empty where it is in none."""
    block = _block_at(blocks, at)
    if block is None or at < block.body:
        return ""
    if not block.is_table:
        return block.head
    # Of a row that is longer than a part the rest goes into the column that it was cut in.
    row = content[max(block.body, content.rfind("\n", 0, at) + 1) : at]
    return block.head + _cells_before(row, block.head)


def _cells_before(row: str, head: str) -> str:
    """Empty cells for those of a row that is cut after ``row``."""
    if not row:
        return ""
    found = _ROW_PREFIX.match(row)
    prefix = found.group() if found is not None else ""
    cells = bars(row) + (not row[len(prefix) :].startswith("|"))
    return prefix[:16] + "|" * min(cells, head.count("|"))


def _within(content: str, at: int, end: int, after: int, block: Block) -> tuple[int, int]:
    """Move a cut within a block to where it does the least harm."""
    if block.is_table:
        row = content.rfind("\n", max(at, block.body), after)
        if row > at:
            return row, row + 1
    elif after >= block.tail:
        # Only the closing line is left, and every part has one.
        return min(end, block.tail), block.end
    if at < block.start and (block.is_table or after <= block.body):
        return block.start, block.start
    return end, after


def _cut(text: str, room: int, *, markdown: bool) -> tuple[int, int]:
    """Where the first part of ``text`` ends, and where the next one begins."""
    most = _fitting(text, room)
    inline = Inline(text[: most + LONGEST], markdown=markdown)
    window = text[:most]
    for border in _BORDERS:
        whole = (found for found in border.finditer(window, most // 2) if _is_whole(inline, found))
        last = deque(whole, maxlen=1)
        found = last[0] if last else None
        if found is not None and found.end() > 0:
            return found.start() if found.group().isspace() else found.end(), found.end()
    torn = inline.around(most)
    if torn is not None and torn[0] > 0:
        return torn[0], torn[0]
    return most, most


def _is_whole(inline: Inline, found: re.Match[str]) -> bool:
    """Whether a cut at this border tears nothing."""
    return inline.around(found.start()) is None and inline.around(found.end()) is None


def _fitting(text: str, room: int) -> int:
    """The largest number of leading characters that fit into ``room`` bytes; at least one, and none of them torn."""
    low, high = 1, min(len(text), room)
    while low < high:
        middle = (low + high + 1) // 2
        if encoded_size(text[:middle]) <= room:
            low = middle
        else:
            high = middle - 1
    return character_start(text, low)
