"""Bracket classes are read as RE2 reads them."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.brackets import read_brackets
from prx_dingtalk_router.regex.escapes import Reading
from prx_dingtalk_router.regex.refusal import RefusalKind


@pytest.mark.parametrize(
    ("source", "items"),
    [
        ("[]a]", ["]", "a"]), ("[^]-a]", ["]-a"]), ("[a-]", ["a", "-"]), ("[--a]", ["--a"]), (r"[\d-z]", [r"\d", "-", "z"]), ("[a-z-9]", ["a-z", "-", "9"]),
        ("[[:alpha:][:^digit:]_]", ["[:alpha:]", "[:^digit:]", "_"]), ("[[:]", ["[", ":"]), (r"[\x41-\x{5a}\]]", [r"\x41-\x{5a}", r"\]"]),
        (r"[\p{Han}\PN^]", [r"\p{Han}", r"\PN", "^"]),
    ],
)  # fmt: skip
def test_items_are_where_they_are_written(source: str, items: list[str]) -> None:
    """Characters, ranges and named classes, in order."""
    reading = Reading(source + "x")
    brackets = read_brackets(reading, 0, False)
    assert reading.refusals == []
    assert brackets is not None
    assert (brackets.end, brackets.negated) == (len(source), source.startswith("[^"))
    assert [source[item.start : item.end] for item in brackets.items] == items


@pytest.mark.parametrize(
    ("source", "kind", "piece", "instead"),
    [
        ("[z-a]", "class-range", "z-a", None), (r"[a-\d]", "class-range", r"a-\d", None), (r"[\u9fa5-\u4e00]", "class-range", r"\u9fa5-\u4e00", None),
        ("[a", "missing-bracket", "[", None), ("[]", "missing-bracket", "[", None), ("[^]", "missing-bracket", "[", None),
        ("[[:foo:]]", "unknown-class", "[:foo:]", None),
        ("[[::]]", "unknown-class", "[::]", None),
        ("[[:^chinese:]]", "unknown-class", "[:^chinese:]", r"\P{Han}"), ("[[:x]:]", "unknown-class", "[:x]:]", None),
        (r"[\u4e00-\u9fa5]", "han-range", r"\u4e00-\u9fa5", r"\p{Han}"), (r"[\u4e00]", "code-point", r"\u4e00", "一"), (r"[一-\u9fa5]", "han-range", r"一-\u9fa5", r"\p{Han}"),
        (r"[\u005d\x41]", "code-point", r"\u005d", r"\]"), (r"[a-\h]", "foreign-escape", r"\h", "[:blank:]"), (r"[\1]", "escape", r"\1", None),
    ],
)  # fmt: skip
def test_refusals_name_kind_and_place(source: str, kind: str, piece: str, instead: str | None) -> None:
    """A range of foreign escapes is one refusal."""
    reading = Reading(source)
    read_brackets(reading, 0, False)
    refusal = reading.refusals[0]
    assert (refusal.kind, refusal.detail, refusal.instead) == (RefusalKind(kind), piece, instead)
    assert source[refusal.start : refusal.end] == piece
