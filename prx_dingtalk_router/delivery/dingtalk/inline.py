"""What within a line is of no use in two pieces: links, pictures, addresses, mentions, code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

LONGEST = 2_000
"""Characters of the longest piece that is kept whole; a longer one is cut like anything else."""

# Each part is bounded, so that a hostile line costs no more than its length.
_WORDS = r"[^\[\]\n]{0,500}+"
_TARGET = r"\([^()\n]{0,1500}+(?:\([^()\n]{0,200}+\)[^()\n]{0,200}+){0,3}\)"
_PICTURE = rf"!\[{_WORDS}\]{_TARGET}"
_MARKDOWN = (
    rf"\[{_PICTURE}\]{_TARGET}|!?\[{_WORDS}\]{_TARGET}|`[^`\n]{{1,500}}+`|<https?://[^<>\s]{{1,1500}}+>"
)
_PLAIN = r"https?://[^\s<>\"'，。、；：！？（）【】《》「」“”]{1,1500}+|(?<![\w.])@[\w.+-]{1,64}+"
_IN_MARKDOWN = re.compile(f"{_MARKDOWN}|{_PLAIN}")
_IN_TEXT = re.compile(_PLAIN)


class Inline:
    """The pieces of a text that stay whole.

    Args:
        text: to be cut.
        markdown: whether links, pictures and code of Markdown are meant, too.
    """

    def __init__(self, text: str, *, markdown: bool) -> None:
        found = (_IN_MARKDOWN if markdown else _IN_TEXT).finditer(text)
        self._spans = [each.span() for each in found]
        self._starts = [start for start, _ in self._spans]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._spans)

    def around(self, at: int) -> tuple[int, int] | None:
        """The piece that a cut at ``at`` would tear; None if there is none."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return None
        start, end = self._spans[index]
        return (start, end) if start < at < end else None
