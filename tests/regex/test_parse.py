"""Each thing that cannot be used is reported by kind and place, with RE2's spelling where there is one."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal, RefusalKind
from prx_dingtalk_router.regex.syntax import Concatenation, Literal, Node, Repeat, nodes


def refused(source: str) -> Refusal:
    """The refusal of a source."""
    read = parse(source, False)
    assert isinstance(read, Refusal)
    return read


def tree_of(source: str) -> Node:
    """The tree of a valid source."""
    read = parse(source, False)
    assert not isinstance(read, Refusal)
    return read


@pytest.mark.parametrize(
    ("source", "kind", "piece"),
    [
        ("重置(?=a)", "look-around", "(?="), ("(?<=a)b", "look-around", "(?<="), ("a(?!b)", "look-around", "(?!"), ("(?<!a)", "look-around", "(?<!"),
        (r"(a)\1", "back-reference", r"\1"), ("(?P<n>a)(?P=n)", "back-reference", "(?P=n)"), (r"(?P<n>a)\k<n>", "back-reference", r"\k<n>"),
        (r"(a)\g{1}", "back-reference", r"\g{1}"), ("a++", "possessive", "++"), ("a{2}+b", "possessive", "{2}+"),
        ("(?#c)", "comment", "(?#c)"), ("a(?#c", "comment", "(?#c"), ("a(?>b)", "atomic-group", "(?>"),
        ("(?(1)a|b)", "group-operator", "(?("), ("(?iz)", "group-operator", "(?iz"), ("(?|a)", "group-operator", "(?|"), ("(?R)", "group-operator", "(?R"),
        ("(?", "group-operator", "(?"), ("(?i", "group-operator", "(?i"), ("(?P>n)", "group-operator", "(?P>"),
        ("a(b(c)", "missing-parenthesis", "("), ("中(", "missing-parenthesis", "("), ("(a))", "unexpected-parenthesis", ")"),
        ("*a", "nothing-to-repeat", "*"), ("a|+?", "nothing-to-repeat", "+?"), ("(?i)*", "nothing-to-repeat", "*"), ("({2})", "nothing-to-repeat", "{2}"),
        ("ba**", "double-repetition", "**"), ("a*?{2}", "double-repetition", "*?{2}"),
        ("a{2,1}", "repetition-size", "{2,1}"), ("a{1001}", "repetition-size", "{1001}"), ("a{1001,}", "repetition-size", "{1001,}"),
        (r"\{2,1}a{2,1}", "repetition-size", "{2,1}"), ("((a{100}){100}){2}", "nested-repetition", "{100}"), ("((a{0,100}){0,100}){0,2}", "nested-repetition", "{0,100}"), ("(a{0,600}){0,2}", "nested-repetition", "{0,2}"), ("(a{501}|b){2,}", "nested-repetition", "{2,}"),
        (r"a\C", "single-byte", r"\C"), (r"\\\C", "single-byte", r"\C"), ("ab\ud800", "surrogate", "\ud800"),
        ("(?P<n>a)|(?P<n>b)", "duplicate-group", "n"), ("(?P<n>a)(?<n>b)", "duplicate-group", "n"),
        ("(?P<1a>a)", "group-name", "1a"), ("(?<a-b>a)", "group-name", "a-b"), ("(?P<n", "group-name", "(?P<n"), ("(?P<>a)", "group-name", "(?P<>"),
    ],
)  # fmt: skip
def test_refusals_name_kind_and_place(source: str, kind: str, piece: str) -> None:
    """The place is that of the piece at fault, exactly."""
    refusal = refused(source)
    assert (refusal.kind, source[refusal.start : refusal.end]) == (RefusalKind(kind), piece)


def test_of_several_things_the_first_is_reported() -> None:
    """The place is where RE2 stops reading, not merely where the same signs are written first."""
    assert (refused(r"\Q{2,1}\Ea{2,1}").start, refused("a(b(c)").start, refused(r"(\q\w\i").start) == (
        10,
        1,
        1,
    )


@pytest.mark.parametrize(
    ("source", "corrected"),
    [
        (r"[\u4e00-\u9fa5]{2,4}", r"[\p{Han}]{2,4}"), (r"[^a-z\u4E00-\u9FFF]", r"[^a-z\p{Han}]"), (r"\u91cd\u7f6e", "重置"),
        (r"\u200b\u002e", r"\x{200b}\."), (r"[\u0030-\u0039\u002d]", r"[0-9\-]"), (r"[\u3040-\u30ff]", r"[\x{3040}-ヿ]"),
        (r"\ud83d\ude00", "😀"), (r"\U0001F600\u{1F600}", "😀😀"), (r"\p{IsHan}\P{script=Greek}", r"\p{Han}\P{Greek}"),
        (r"(?#x)重置\Z", r"重置\z"), (r"a\h+\N", "a[[:blank:]]+."), (r"[\h\b]", r"[[:blank:]\x08]"), (r"\中\，", "中，"), ("(?'n'a)", "(?P<n>a)"),
    ],
)  # fmt: skip
def test_what_other_dialects_write_is_corrected_as_a_whole(source: str, corrected: str) -> None:
    """Where RE2 has a spelling for each piece, the whole regex is given in it."""
    assert refused(source).corrected == corrected


def test_the_whole_range_of_chinese_characters_is_one_refusal() -> None:
    """The range that every tutorial gives is reported as what it means."""
    refusal = refused(r"^[\u4e00-\u9fa5]+$")
    assert (refusal.kind, refusal.start, refusal.end) == (RefusalKind.HAN_RANGE, 2, 15)
    assert refusal.instead == r"\p{Han}"


@pytest.mark.parametrize(
    ("source", "is_sure"),
    [("a++b", False), ("(?>ab)c", False), (r"\u4e00a*+", False), (r"\p{IsHan}", False), (r"\u4e00(?#x)\Z\中[\h\u4e00-\u9fa5]", True)],
)  # fmt: skip
def test_what_may_find_something_else_is_not_sure(source: str, is_sure: bool) -> None:
    """Without its possessive repetition a regex may find more; that is for its writer to decide."""
    refusal = refused(source)
    assert refusal.corrected is not None
    assert refusal.is_sure is is_sure


@pytest.mark.parametrize(
    "source",
    [r"\\C", r"\Q\C\E", r"\Q\C", "(?i)a", "a]", "[]a]", "a{,3}", "a{01}", "{", "a{1000000000}", "\x00", "(?:a)", "^*", "a*(?i)*", r"a*\Q\E*", "(?-s:a)", ""],
)  # fmt: skip
def test_odd_but_valid_sources_are_accepted(source: str) -> None:
    r"""What RE2 accepts is accepted; a brace that counts nothing is a character."""
    tree_of(source)


def test_flags_hold_from_where_they_are_written() -> None:
    """A flag holds to the end of its group, in every branch; a group with flags holds them by itself."""
    literals = [node for node in nodes(tree_of("a(b(?i)c|d)e(?i:f)(?i)g|h")) if isinstance(node, Literal)]
    assert "".join(node.text.upper() if node.ignore_case else node.text for node in literals) == "abCDeFGH"


def test_repetitions_are_greedy_unless_turned() -> None:
    """A question mark turns one, ``(?U)`` all of them, both together none."""
    repeats = [node for node in nodes(tree_of("a*b*?(?U)c*d*?")) if isinstance(node, Repeat)]
    assert [repeat.greedy for repeat in repeats] == [True, False, False, True]


def test_a_repetition_is_of_one_character() -> None:
    """Of a run, a quote or what is behind flags the last character is repeated."""
    for source in ("重置*", r"\Q重置\E*", "重置(?i)*"):
        tree = tree_of(source)
        assert isinstance(tree, Concatenation)
        run, repeat = tree.parts
        assert isinstance(run, Literal)
        assert isinstance(repeat, Repeat)
        assert isinstance(repeat.body, Literal)
        assert (run.text, repeat.body.text) == ("重", "置")
        assert source[run.start : run.end] + source[repeat.body.start : repeat.body.end] == "重置"


@pytest.mark.parametrize(
    "source", ["(" * 9000 + ")" * 9000, "(?:" * 5000 + "a" + ")*" * 5000, "(" * 9000, "a|" * 9000, "[" * 9000]
)
def test_no_depth_is_too_much(source: str) -> None:
    """The parser has a stack of its own: what is deeply nested is read, or refused for another reason."""
    parse(source, False)
