"""A regex as it is written, and which piece of the file each piece of it is."""

from __future__ import annotations

from msgspec import Struct

from prx_dingtalk_router.language.source import Place
from prx_dingtalk_router.language.syntax.ast import RegexText
from prx_dingtalk_router.regex.correction import Correction


class WrittenRegex(Struct, frozen=True):
    r"""A regex between its slashes.

    Args:
        source: what is between them, with ``\/`` already a slash.
        ignore_case: whether the flag ``i`` follows.
        place: where it is written, with slashes and flag.
    """

    source: str
    ignore_case: bool
    place: Place

    @classmethod
    def of(cls, written: RegexText, place: Place) -> WrittenRegex:
        """Return a regex of the tree."""
        return cls(written.value, written.ignore_case, place)

    def piece(self, start: int, end: int) -> Place:
        r"""Return where a piece of the source is written; ``\/`` is one character of it and two between the slashes."""
        first = 1 + start + self.source.count("/", 0, start)
        last = 1 + end + self.source.count("/", 0, end)
        length = self.place.end - self.place.start
        return self.place.part(min(first, length - 1), min(max(last, first + 1), length))

    def respelled(self, found: Correction) -> tuple[Place, Place, str | None]:
        """Return where a piece is written, where the whole regex is, and how that would be written as it is meant."""
        return self.piece(found.start, found.end), self.place, self.spelling(found.corrected)

    def spelling(self, source: str | None) -> str | None:
        """Return another source as it would be written in its place; ``None`` stays."""
        if source is None:
            return None
        return "/" + source.replace("/", "\\/") + ("/i" if self.ignore_case else "/")
