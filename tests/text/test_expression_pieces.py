"""Expressions are cut into pieces where RE2 would cut them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.text.expression_pieces import PieceKind, expression_pieces, named_groups
from prx_dingtalk_router.text.expressions import Expression, compile_expression


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
