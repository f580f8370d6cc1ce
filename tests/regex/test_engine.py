"""Expressions are RE2's, speak in code points, and say what is wrong with them."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.regex.engine import (
    Expression,
    ExpressionProblem,
    ExpressionProblemKind,
    compile_expression,
)


def compiled(source: str, *, ignore_case: bool = False) -> Expression:
    """The compiled expression of a sound source."""
    expression = compile_expression(source, ignore_case)
    assert isinstance(expression, Expression)
    return expression


@pytest.mark.parametrize(
    ("source", "kind", "position"),
    [
        ("重置(?=a)", "look-around", 2), ("(?<=a)b", "look-around", 0), ("a(?!b)", "look-around", 1), ("(?<!a)", "look-around", 0),
        (r"(a)\1", "back-reference", 3), ("(?P<n>a)(?P=n)", "back-reference", 8), (r"(?P<n>a)\k<n>", "back-reference", 8),
        ("(?#c)", "group-operator", 0), ("a(?>b)", "group-operator", 1), ("(?(1)a|b)", "group-operator", 0), ("(?z)", "group-operator", 0),
        ("a(b(c)", "missing-parenthesis", 1), ("中(", "missing-parenthesis", 1), ("(a))", "unexpected-parenthesis", 3),
        ("a[b", "missing-bracket", 1), (r"\[[b\]", "missing-bracket", 2), ("[]", "missing-bracket", 0),
        ("*a", "nothing-to-repeat", 0), ("a|*", "nothing-to-repeat", 2), ("ba**", "double-repetition", 2), ("a++", "double-repetition", 1),
        ("((a{100}){100}){2}", "nested-repetition", 9),
        ("a{2,1}", "repetition-size", 1), ("a{1001}", "repetition-size", 1), (r"\{2,1}a{2,1}", "repetition-size", 7),
        (r"\\q\q", "escape", 3), (r"\Z", "escape", 0), (r"\u4e00", "escape", 0), ("a\\", "trailing-backslash", 1),
        ("z-a[z-a]", "class-range", 4), (r"\p{Foo}", "unknown-class", 0), ("[[:foo:]]", "unknown-class", 1),
        (r"a\C", "single-byte", 1), (r"\\\C", "single-byte", 2), ("ab\ud800", "surrogate", 2),
        ("(?P<n>a)|(?P<n>b)", "duplicate-group", 13), ("(?P<n>a)(?<n>b)", "duplicate-group", 11),
        ("(?P<1a>a)", "group-name", 4), ("(?<a-b>a)", "group-name", 3), ("(?P<n", "group-name", 0), ("(?P<>a)", "group-name", 0),
        (r"\pL{1000}", "too-large", None),
    ],
)  # fmt: skip
def test_refusals_name_kind_and_place(source: str, kind: str, position: int | None) -> None:
    """Each thing that cannot be used has a kind, and a place in code points where one can be told."""
    problem = compile_expression(source, False)
    assert isinstance(problem, ExpressionProblem)
    assert (problem.kind, problem.position) == (ExpressionProblemKind(kind), position)


@pytest.mark.parametrize(
    "source",
    [r"\\C", r"\Q\C\E", r"\Q\C", r"(?i)a", r"a]", "[]a]", r"a{,3}", r"\p{Han}+", "\x00", "(?:a)", "^*"],
)
def test_sound_expressions_are_accepted(source: str) -> None:
    r"""What RE2 accepts is accepted, a backslash before C included when it is no \C."""
    assert compiled(source).group_names == ()


def test_both_spellings_of_named_groups_work() -> None:
    """Groups may be written with and without P and have names of any script."""
    expression = compiled(r"(?P<ticket>[A-Z]+-\d+)|(?<单号>\d+)")
    assert expression.group_names == ("ticket", "单号")
    match = expression.search("看下 OPS-42 的进度")
    assert match is not None
    assert match.groups(["ticket", "单号"]) == {"ticket": "OPS-42", "单号": ""}
    with pytest.raises(IndexError):
        match.groups(["other"])


def test_where_groups_are_is_told_in_code_points() -> None:
    """Begin and end count characters; a group that took no part, or nothing, is empty."""
    match = compiled("(?P<x>é+)(?P<none>a)?(?P<nothing>b*)中").search("😀重éé中x")
    assert match is not None
    assert match.spans(["x", "none", "nothing"]) == {"x": (2, 4), "none": (0, 0), "nothing": (4, 4)}
    with pytest.raises(KeyError):
        match.spans(["other"])


def test_results_are_in_code_points() -> None:
    """Places and texts of a match count characters, not bytes, also beyond the first plane."""
    match = compiled("(?P<x>é+)中").search("😀重éé中x")
    assert match is not None
    assert (match.start, match.end, match.text, match.groups(["x"])) == (2, 5, "éé中", {"x": "éé"})
    assert "😀重éé中x"[match.start : match.end] == match.text


def test_dot_is_one_character() -> None:
    """A dot takes a whole character of any length."""
    assert compiled("^.$").holds("😀")
    assert not compiled("^..$").holds("中")


def test_search_is_unanchored_and_leftmost() -> None:
    """The expression is looked for anywhere; the leftmost match counts."""
    match = compiled("b+").search("abb b")
    assert match is not None
    assert (match.start, match.text) == (1, "bb")
    assert compiled("^b").search("ab") is None


def test_ignore_case_is_the_flag() -> None:
    """The flag i makes case irrelevant, and nothing else does."""
    assert compiled("vpn", ignore_case=True).holds("VPN")
    assert not compiled("vpn").holds("VPN")


@pytest.mark.parametrize("source", ["", ".*", "a*", "(x)?", "^*", "a|", "[^a]*", "^.*$"])
def test_expressions_without_demands_match_everything(source: str) -> None:
    """An expression that is found in any text whatever is told."""
    assert compiled(source).matches_everything


@pytest.mark.parametrize("source", ["^$", "^a*$", ".", "a", "^[^a]*$", "^.{0,1000}$", r"\b", "^.?$"])
def test_expressions_with_demands_do_not_match_everything(source: str) -> None:
    """An expression that some text does not fulfil is not said to match everything."""
    assert not compiled(source).matches_everything


def test_lone_surrogates_in_texts_do_no_harm() -> None:
    """A text with half a character is searched, with a replacement character in its place."""
    match = compiled("a(?P<x>.)b").search("\ud800a\udfffb")
    assert match is not None
    assert (match.start, match.groups(["x"])) == (1, {"x": "\ufffd"})


def test_a_match_between_bytes_is_no_crash() -> None:
    r"""RE2 may find \B inside a character; start, end and text stay whole characters."""
    match = compiled(r"(?P<x>\B)").search("中")
    assert match is not None
    assert match.groups(["x"]) == {"x": ""}
    assert match.start == match.end


def test_expressions_are_values() -> None:
    """Two expressions of the same source and flag are equal, and one survives being sent to another process."""
    assert compiled("a") == compiled("a")
    assert compiled("a") != compiled("a", ignore_case=True)
    copy = pickle.loads(pickle.dumps(compiled("(?P<n>重)")))  # noqa: S301 - made two words before
    assert copy.holds("重置")
    assert "_compiled" not in repr(copy)


@given(st.text(alphabet=st.sampled_from(r"a()[]{}*+?|\.^$<>P:=!-,1 nQEC中") | st.characters(), max_size=14))
def test_any_source_gives_an_expression_or_a_problem_with_a_place(source: str) -> None:
    """Whatever is written compiles or is refused, and the place lies in the source."""
    result = compile_expression(source, False)
    if isinstance(result, ExpressionProblem):
        assert result.position is None or 0 <= result.position <= len(source)
        assert result.kind is not ExpressionProblemKind.OTHER
    else:
        assert len(set(result.group_names)) == len(result.group_names)
        result.search("a中")
