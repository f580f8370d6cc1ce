"""Line breaks as DingTalk's Markdown wants them (dingtalk-stream.md section 7, dingtalk-cards-media.md 9.2)."""

from __future__ import annotations

import re

from prx_dingtalk_router.delivery.dingtalk.blocks import blocks_of

# A line of a paragraph goes on with one that begins no block; those that do keep their indentation, which nests lists.
_BEGINS_A_BLOCK = r"[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|[-*_=]{2,}[ \t]*$|>|`{3}|~{3}|\|"
_WITHIN_A_PARAGRAPH = re.compile(rf"(?<=[^\s\\])[ \t]*\n(?!{_BEGINS_A_BLOCK})(?=\S)", re.MULTILINE)
_BEFORE_A_BLOCK = re.compile(r"(?<=[^\s\\])[ \t]?\n(?=[ \t]*\S)")
_ADDED = re.compile(rf"  \n(?:  (?!{_BEGINS_A_BLOCK})(?=\S))?", re.MULTILINE)


def with_line_breaks(content: str) -> str:
    r"""Markdown whose lines stay lines in DingTalk, which joins those that a single ``\n`` divides.

    A line break gets two spaces on each side, before a list item or the like only the ones in front of it; a table gets a blank
    line before it. Code and the rows of tables stay as they are.
    """
    content = content.replace("\r\n", "\n")
    if "\n" not in content:
        return content
    pieces: list[str] = []
    at = 0
    for block in blocks_of(content):
        before = _spaced(content[at : block.start])
        if block.is_table and before.strip() and not before.endswith("\n\n"):
            before += "\n"
        pieces += before, content[block.start : block.end]
        at = block.end
    pieces.append(_spaced(content[at:]))
    return "".join(pieces)


def without_line_breaks(content: str) -> str:
    """``content`` as it was before ``with_line_breaks``, to be sent as plain text, in which spaces are seen."""
    return _ADDED.sub("\n", content)


def _spaced(text: str) -> str:
    return _BEFORE_A_BLOCK.sub("  \n", _WITHIN_A_PARAGRAPH.sub("  \n  ", text))
