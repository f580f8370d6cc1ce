"""Files of rules as text, and places in them.

What is written knows only where it stands in its own declaration, so that a declaration can be kept, sent and moved
without its file; a place in a file, and lines and columns, are made of that for those who show them. Offsets are in code
points; lines and columns count from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct


class Span(Struct, frozen=True, gc=False, array_like=True):
    """A piece of a declaration: from ``start`` to before ``end``, counted from where the declaration begins."""

    start: int
    end: int

    def through(self, other: Span) -> Span:
        """Return the piece from the beginning of this to the end of ``other``."""
        return Span(self.start, max(self.end, other.end))

    def part(self, start: int, end: int) -> Span:
        """Return a piece of it, by offsets from its beginning."""
        return Span(self.start + start, self.start + end)


class Place(Span, frozen=True, gc=False):
    """A piece of a file, counted from the beginning of the file, which is named as people are shown it."""

    file: str

    def part(self, start: int, end: int) -> Place:
        """Return a piece of it, by offsets from its beginning."""
        return Place(self.start + start, self.start + end, self.file)


class Home(Struct, frozen=True, gc=False):
    """Where a declaration begins: the file, and the offset in it."""

    file: str
    offset: int

    def place(self, span: Span) -> Place:
        """Return a piece of the declaration as one of the file; what is one already stays as it is."""
        if isinstance(span, Place):
            return span
        return Place(self.offset + span.start, self.offset + span.end, self.file)


class Position(Struct, frozen=True, order=True):
    """A place in a file, both counted from 1."""

    line: int
    column: int


class Source:
    """One file of a set: its path, the name that people are shown, and its text."""

    __slots__ = ("_starts", "name", "path", "text")

    def __init__(self, path: Path, name: str, text: str) -> None:
        self.path = path
        self.name = name
        self.text = text
        self._starts: list[int] | None = None

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Return the text of a line, without its end."""
        starts = self._line_starts()
        start = starts[number - 1]
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *_after_line_breaks(self.text)]
        return self._starts

    def __repr__(self) -> str:
        return f"Source({self.name!r})"

    def __getstate__(self) -> tuple[Path, str, str]:
        return self.path, self.name, self.text

    def __setstate__(self, state: tuple[Path, str, str]) -> None:
        self.path, self.name, self.text = state
        self._starts = None


class Location(Place, frozen=True, gc=False):
    """A place together with its file, for those who show it."""

    source: Source

    @property
    def text(self) -> str:
        """What is written there."""
        return self.source.text[self.start : self.end]

    @property
    def begin(self) -> Position:
        """Where it begins."""
        return self.source.position(self.start)

    @property
    def finish(self) -> Position:
        """Where it ends, exclusive."""
        return self.source.position(self.end)

    def part(self, start: int, end: int) -> Location:
        """Return a piece of it, by offsets from its beginning."""
        return Location(self.start + start, self.start + end, self.file, self.source)

    def __str__(self) -> str:
        begin = self.begin
        return f"{self.file}:{begin.line}:{begin.column}"


class SourceMap:
    """The files of a set by the names that people are shown."""

    __slots__ = ("_sources",)

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}

    def add(self, source: Source) -> None:
        """Enter a file."""
        self._sources[source.name] = source

    def add_missing(self, source: Source) -> None:
        """Enter a file unless there is one of its name."""
        self._sources.setdefault(source.name, source)

    def __iter__(self) -> Iterator[Source]:
        return iter(self._sources.values())

    def __getitem__(self, file: str) -> Source:
        return self._sources[file]

    def written(self, place: Place) -> str:
        """Return what is written at a place."""
        return self._sources[place.file].text[place.start : place.end]

    def locate(self, span: Span) -> Location:
        """Return a place together with its file."""
        assert isinstance(span, Place)
        return Location(span.start, span.end, span.file, self._sources[span.file])


def located(span: Span) -> Location:
    """Return a span of a finished report as what it is there: a place together with its file."""
    assert isinstance(span, Location)
    return span


def _after_line_breaks(text: str) -> Iterator[int]:
    at = text.find("\n") + 1
    while at:
        yield at
        at = text.find("\n", at) + 1
