"""Pieces of a text and where they are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language import Source, Span
from prx_dingtalk_router.language.resolve.written_text import WrittenText
from prx_dingtalk_router.language.source import Place
from prx_dingtalk_router.language.syntax.ast import String
from prx_dingtalk_router.language.syntax.unescape import origins, string, text_block


def written(raw: str) -> WrittenText:
    """The text of a file that is one string or text block."""
    value = text_block(raw) if raw.startswith('"""') else string(raw)[0]
    return WrittenText.of(String(Span(0, len(raw)), value), Place(0, len(raw), "main.rules"), raw)


def shown(text: WrittenText, place: Place) -> str:
    """What is written at a place of it."""
    return text.raw[place.start : place.end]


@pytest.mark.parametrize(
    ("raw", "piece", "place"),
    [
        ('"hi x"', "x", "x"),
        (r'"a\n\"x\""', "x", "x"),
        (r'"\u{1F600}x"', "\U0001f600x", r"\u{1F600}x"),
        ('"""\n   a\n    x\r\n  b\n"""', "x", "x"),
        ('"""a\n   \\"""x"""', "x", "x"),
    ],
)
def test_a_piece_is_found_where_it_is_written(raw: str, piece: str, place: str) -> None:
    """Behind escapes, indentation and line ends."""
    text = written(raw)
    start = text.value.index(piece)
    assert shown(text, text.piece(start, start + len(piece))) == place


def test_a_line_is_found_where_it_is_written() -> None:
    """With its indentation; the whole of a text that is one line, and of a line that is empty."""
    text = written('"""\n  a\n\n  b \r\n"""')
    assert [shown(text, text.line(number)).strip("\n") for number in (1, 3)] == ["  a", "  b "]
    assert text.line(2) == text.place
    alone = written(r'"a\nb"')
    assert alone.line(2) == alone.place


def test_a_file_is_written_as_it_is() -> None:
    """Nothing is escaped in it, and both line ends count as one."""
    text = WrittenText.of_file(Source(Path("t.j2"), "t.j2", 'a\r\n"x"'))
    assert text.value == 'a\n"x"'
    assert shown(text, text.piece(2, 5)) == '"x"'
    assert shown(text, text.line(2)) == '"x"'


@given(st.from_regex(r"([ab nu{41}]|\\.)*", fullmatch=True))
def test_every_character_of_a_string_has_its_origin(body: str) -> None:
    """As many as there are characters, in the order of the text."""
    raw = f'"{body}"'
    places = origins(raw)
    assert len(places) == len(string(raw)[0])
    assert places == sorted(places)


@given(
    st.text(alphabet='ab \\"\t\n\r', max_size=24).filter(lambda body: '"""' not in body.replace('\\"""', ""))
)
def test_every_character_of_a_block_has_its_origin(body: str) -> None:
    """And every character is what is written there."""
    raw = f'"""{body}"""'
    places = origins(raw)
    value = text_block(raw)
    assert len(places) == len(value)
    assert all(raw[at] == sign or raw[at : at + 2] == "\r\n" for at, sign in zip(places, value, strict=True))
