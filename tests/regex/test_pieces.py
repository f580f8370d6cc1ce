"""Expressions are cut into pieces where RE2 would cut them."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.regex.engine import Expression, compile_expression
from prx_dingtalk_router.regex.pieces import (
    PieceKind,
    expression_pieces,
    named_groups,
    surely_set_groups,
)


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        (r"a\d+[^]x\]]{2,}?", ["literal a", r"escape \d", "repeat +", r"class [^]x\]]", "repeat {2,}?"]),
        (r"(?i)(?P<n>a)|(?:b)", ["flags (?i)", "open (?P<n>", "literal a", "close )", "alternative |", "open (?:", "literal b", "close )"]),
        (r"\Q(a\E.^$", [r"quoted \Q(a\E", "any .", "anchor ^", "anchor $"]),
        (r"\p{Han}\x{4e00}\x41\\C", [r"escape \p{Han}", r"escape \x{4e00}", r"escape \x41", r"escape \\", "literal C"]),
        ("[[:alpha:]]a{x}", ["class [[:alpha:]]", "literal a", "literal {", "literal x", "literal }"]),
        ("(?<n>a)(?=b)", ["open (?<n>", "literal a", "close )", "open (?=", "literal b", "close )"]),
        ("[a", ["class [a"]), ("a\\", ["literal a", "escape \\"]), (r"\Qa", [r"quoted \Qa"]),
    ],
)  # fmt: skip
def test_pieces(source: str, pieces: list[str]) -> None:
    """Escapes, quotes, classes, groups and repetitions are each one piece."""
    assert [f"{p.kind.value} {source[p.start : p.end]}" for p in expression_pieces(source)] == pieces


def test_named_groups_are_found_where_they_open() -> None:
    """Only what opens a group is a name: not in a class, a quote or behind a backslash."""
    assert named_groups(r"(?P<a>x)[(?P<b>]\Q(?P<c>\E\(?P<d>(?<e>y)") == (("a", 4), ("e", 36))


@given(st.text(alphabet=r"a()[]{}*+?|\.^$<>P:=!-,1nQEpx中", max_size=16))
def test_pieces_leave_no_gap(source: str) -> None:
    """The pieces of anything are the whole of it, in order."""
    pieces = expression_pieces(source)
    assert "".join(source[p.start : p.end] for p in pieces) == source
    assert all(p.start < p.end for p in pieces)


@given(
    st.lists(
        st.sampled_from(
            ["(", "(?:", ")", "[", "]", "\\", "a", "*", "|", "(?i)", "(?P<n>", "\\Q", "\\E", "^", "中", "{2}"]
        ),
        max_size=9,
    ).map("".join)
)
def test_parentheses_of_what_re2_accepts_are_balanced(source: str) -> None:
    """Whatever RE2 accepts has as many closing pieces as opening ones: both read the same structure."""
    if isinstance(compile_expression(source, False), Expression):
        kinds = [piece.kind for piece in expression_pieces(source)]
        assert kinds.count(PieceKind.OPEN) == kinds.count(PieceKind.CLOSE)


@pytest.mark.parametrize(
    ("source", "surely"),
    [
        (r"(?P<a>x)(?P<b>y)+(?P<c>z){1,2}", "abc"),
        (r"(?P<a>x)?(?P<b>y)*(?P<c>z){0,2}(?P<d>w)??", ""),
        (r"(?P<a>x)|(?P<b>y)", ""),
        (r"(?P<a>x|y)(?:(?P<b>z)|w)", "a"),
        (r"(?P<a>(?P<b>x)?(?P<c>y))(?:(?P<d>z))?", "ac"),
        (r"(?:(?:(?P<a>x)))[|](?P<b>y)\|\Q|\E", "ab"),
        (r"(?i)(?P<a>x){0}(?P<b>)", "b"),
        ("x", ""),
    ],
)
def test_groups_that_take_part_in_every_match(source: str, surely: str) -> None:
    """A group in an alternative, or in what may be left out, may take no part."""
    assert surely_set_groups(source) == frozenset(surely)


@given(
    st.lists(
        st.sampled_from(["(?P<a>x)", "(?P<b>y)", "(?:", "(", ")", "|", "?", "*", "+", "{0,1}", "{2}", "x"]),
        max_size=9,
    ).map("".join),
    st.text(alphabet="xy", max_size=6),
)
def test_what_is_surely_set_is_set_in_every_match(source: str, text: str) -> None:
    """RE2 agrees: a group that is said to take part has taken part."""
    if isinstance(compile_expression(source, False), Expression):
        match = re2.search(source, text)
        for name in surely_set_groups(source) if match is not None else ():
            assert match[name] is not None
