"""Places: relative to a declaration, in a file, and as lines and columns."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language import Location, Position, Source, Span, located
from prx_dingtalk_router.language.source import Home, Place, SourceMap

OFFSETS = st.integers(0, 10**6)


@given(OFFSETS, OFFSETS, OFFSETS)
def test_a_declaration_that_moves_takes_its_places_along(start: int, length: int, moved: int) -> None:
    """A span is that of its declaration, wherever that begins; a place in a file stays where it is."""
    span = Span(start, start + length)
    here, there = (Home("a.rules", offset).place(span) for offset in (0, moved))
    assert (there.start - here.start, there.end - here.end, there.file) == (moved, moved, "a.rules")
    assert Home("b.rules", moved).place(here) == here


@given(st.text(alphabet="a中\n\r", max_size=40), st.data())
def test_lines_and_columns_are_those_of_the_text(text: str, data: st.DataObject) -> None:
    """What precedes an offset has as many line breaks, and ends with as many characters, as they say."""
    source = Source(Path("x"), "x", text)
    offset = data.draw(st.integers(0, len(text)))
    position = source.position(offset)
    before = text[:offset].split("\n")
    assert position == Position(len(before), len(before[-1]) + 1)
    assert source.line(position.line) == text.split("\n")[position.line - 1].rstrip("\r")


def test_pieces_are_joined_and_cut() -> None:
    """A piece of a place is a place of the same file."""
    assert Span(2, 4).through(Span(7, 9)) == Span(2, 9)
    assert Span(2, 9).part(1, 3) == Span(3, 5)
    assert Place(2, 9, "f").part(1, 3) == Place(3, 5, "f")


def test_a_map_says_what_is_written_somewhere() -> None:
    """And where that is; the first file of a name stays when another is entered for want of one."""
    sources = SourceMap()
    sources.add(Source(Path("/rules/a"), "a", "rule r\nwhen x"))
    sources.add_missing(Source(Path("/rules/a"), "a", ""))
    place = Place(7, 11, "a")
    location = sources.locate(place)
    assert (sources.written(place), location.text, str(location)) == ("when", "when", "a:2:1")
    assert location.part(1, 2).text == "h"
    assert [source.name for source in sources] == ["a"]


def test_only_a_finished_report_has_locations() -> None:
    """A span without its file is a mistake of ours."""
    location = Location(0, 1, "a", Source(Path("a"), "a", "x"))
    assert located(location) is location
    with pytest.raises(AssertionError):
        located(Span(0, 1))


def test_files_can_be_stored() -> None:
    """Path, name and text; the starts of lines are found again."""
    source = Source(Path("/rules/a"), "a", "1\n2")
    stored = pickle.loads(pickle.dumps(source))  # noqa: S301
    assert (stored.path, stored.name, stored.text, stored.position(2)) == (
        source.path,
        "a",
        "1\n2",
        Position(2, 1),
    )
