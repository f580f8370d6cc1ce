"""A text as it is written, and which piece of the file each piece of it is."""

from __future__ import annotations

from msgspec import Struct

from prx_dingtalk_router.language.source import Place, Source
from prx_dingtalk_router.language.syntax.ast import String
from prx_dingtalk_router.language.syntax.unescape import origins


class WrittenText(Struct, frozen=True):
    """The text of a string, a text block or a whole file.

    Args:
        value: the text, with escapes undone and one kind of line end.
        place: where it is written, with its quotes.
        raw: what is written there.
        in_quotes: False for a file.
        exact: whether ``raw`` is the text with its quotes; not where a mistake was repaired.
    """

    value: str
    place: Place
    raw: str
    in_quotes: bool = True
    exact: bool = True

    @classmethod
    def of(cls, written: String, place: Place, raw: str) -> WrittenText:
        """Return the text of a string or text block."""
        return cls(written.value, place, raw, exact=not written.damaged)

    @classmethod
    def of_file(cls, source: Source) -> WrittenText:
        """Return the text of a file."""
        text = source.text
        return cls(text.replace("\r\n", "\n"), Place(0, len(text), source.name), text, in_quotes=False)

    def piece(self, start: int, end: int) -> Place:
        """Return where a piece of the text, which is not empty, is written; all of it where that cannot be told."""
        places = self._origins()
        return self.place.part(places[start], places[end - 1] + 1) if places else self.place

    def line(self, number: int) -> Place:
        """Return where a line of a text of several lines is written, counted from 1; all of it where that cannot be told."""
        lines = self.value.split("\n")
        places = self._origins() if "\n" in self.raw and number <= len(lines) else []
        start = sum(len(line) + 1 for line in lines[: number - 1])
        if not places or not lines[number - 1]:
            return self.place
        first = self.raw.rfind("\n", 0, places[start]) + 1
        return self.place.part(first, places[start + len(lines[number - 1]) - 1] + 1)

    def _origins(self) -> list[int]:
        if not self.exact:
            return []
        if self.in_quotes:
            return origins(self.raw)
        return [
            at for at, sign in enumerate(self.raw) if not (sign == "\r" and self.raw[at + 1 : at + 2] == "\n")
        ]
