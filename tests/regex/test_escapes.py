"""Escapes are read as RE2 reads them."""

from __future__ import annotations

import pytest
import re2

from prx_dingtalk_router.regex.escapes import Reading, read_character_escape, read_class_escape
from prx_dingtalk_router.regex.refusal import RefusalKind


@pytest.mark.parametrize(
    "source",
    [r"\.", r"\/", r"\_", r"\n", r"\t", r"\r", r"\f", r"\v", r"\a", r"\0", r"\07", r"\12", r"\101", r"\x41", r"\x{4e00}", r"\x{000000041}", "\\\n", r"\ "],
)  # fmt: skip
def test_an_escape_stands_for_the_character_that_re2_takes(source: str) -> None:
    """What is read off an escape is what RE2 finds with it, to the end."""
    reading = Reading(source)
    escaped = read_character_escape(reading, 0, in_brackets=False)
    assert (reading.refusals, escaped.end) == ([], len(source))
    assert re2.fullmatch(source, escaped.character) is not None


@pytest.mark.parametrize(
    ("source", "kind", "instead"),
    [
        (r"\q", "escape", None), (r"\x{110000}", "escape", None), (r"\x{4e", "escape", None), (r"\x1", "escape", None), (r"\u4e0", "escape", None),
        (r"\Z", "foreign-escape", r"\z"), (r"\e", "foreign-escape", r"\x1b"), (r"\N", "foreign-escape", "."), (r"\N{2}", "foreign-escape", "."), (r"\N{NO SUCH NAME}", "escape", None), (r"\中", "needless-backslash", "中"),
        (r"\9", "back-reference", None), ("\\", "trailing-backslash", None),
    ],
)  # fmt: skip
def test_an_escape_without_meaning_is_refused(source: str, kind: str, instead: str | None) -> None:
    """The refusal covers the escape and says what to write where that is known."""
    reading = Reading(source)
    read_character_escape(reading, 0, in_brackets=False)
    (refusal,) = reading.refusals
    assert (refusal.kind, refusal.start, refusal.instead) == (RefusalKind(kind), 0, instead)
    assert refusal.detail == source[: refusal.end]


@pytest.mark.parametrize(
    ("source", "name", "negated"),
    [
        (r"\d", "d", False), (r"\W", "w", True), (r"\pN", "N", False), (r"\PL", "L", True), (r"\p{Han}", "Han", False),
        (r"\p{^Han}", "Han", True), (r"\P{^Han}", "Han", False),
    ],
)  # fmt: skip
def test_classes_have_names(source: str, name: str, negated: bool) -> None:
    """Two negations are none."""
    named = read_class_escape(Reading(source), 0, False)
    assert named is not None
    assert (named.name, named.negated, named.end) == (name, negated, len(source))


@pytest.mark.parametrize(
    ("source", "instead"),
    [
        (r"\p{Foo}", None), (r"\pX", None), (r"\p{", None), (r"\p", None), (r"\p^", None), (r"\p{^^Han}", None),
        (r"\p{IsHan}", r"\p{Han}"), (r"\P{^script=han}", r"\P{^Han}"), (r"\p{Letter}", r"\p{L}"), (r"\p{InCJK_Unified_Ideographs}", r"\p{Han}"),
    ],
)  # fmt: skip
def test_an_unknown_class_is_refused(source: str, instead: str | None) -> None:
    """With the name under which RE2 knows it, if it does."""
    reading = Reading(source)
    assert read_class_escape(reading, 0, False) is not None
    (refusal,) = reading.refusals
    assert (refusal.kind, refusal.detail, refusal.instead) == (RefusalKind.UNKNOWN_CLASS, source, instead)


@pytest.mark.parametrize(
    ("source", "end"), [(r"\0123", 4), (r"\1234", 4), (r"\128", 3), (r"\08", 2), (r"\x4142", 4)]
)
def test_a_number_ends_where_it_does_for_re2(source: str, end: int) -> None:
    """At most three octal and two hexadecimal digits; what follows stands for itself."""
    escaped = read_character_escape(Reading(source), 0, in_brackets=False)
    assert escaped.end == end
    assert re2.fullmatch(source, escaped.character + source[end:]) is not None
