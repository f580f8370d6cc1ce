"""What the tree says of a regex, held against RE2 itself on generated regexes."""

from __future__ import annotations

import re2
from hypothesis import assume, given
from hypothesis import strategies as st

from prx_dingtalk_router.regex.emptiness import needs_characters
from prx_dingtalk_router.regex.engine import Regex, program_size, refusal_words
from prx_dingtalk_router.regex.everything import matches_everything
from prx_dingtalk_router.regex.groups import certain_groups, named_groups
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.plain_text import never_in_plain_text
from prx_dingtalk_router.regex.program_size import is_too_large, largest_program
from prx_dingtalk_router.regex.refusal import Refusal, RefusalKind
from prx_dingtalk_router.regex.required import required_literals
from prx_dingtalk_router.regex.syntax import Node, nodes
from prx_dingtalk_router.text.folding import plain

TOO_LARGE = "pattern too large - compile failed"
OURS = {RefusalKind.SINGLE_BYTE, RefusalKind.GROUP_NAME, RefusalKind.DUPLICATE_GROUP}
"""What RE2 may take and this project does not."""

CHARACTERS = [*"abkKsS017_-,:!é中ſ ", "\u212a", "Ａ", "\u0301", "\n"]
ODD_PIECES = [
    *CHARACTERS, *"\\(){}[]^$.|*+?=<>#&'PQEpx8\0", "\\Q", "\\E", "\\p", "\\P", "\\pL", "\\p{Han}", "\\P{^Greek}", "\\p{Any}",
    "\\x{4e00}", "\\x41", "\\x", "{2}", "{,5}", "{2,}", "{0}", "{0,3}", "{1000}", "{1001}", "{01}", "{3,2}", "{30}", "(?:", "(?i)",
    "(?s:", "(?-i:", "(?U)", "(?m)", "(?P<n>", "(?<m>", "(?P<1>", "(?P<é>", "(?<-", "(?=", "(?<!", "(?#", "(?>", "(?P=n)", "(?",
    "[^", "[:", "[[:alpha:]]", "[[:^digit:]", "[[:foo:]]", "[a-", "a-z", "--", "\\d", "\\W", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\C",
    "\\1", "\\12", "\\08", "\\u4e00", "\\n", "\\t", "\\a", "\\v", "\\-", "\\/", "\\中", "*?", "??",
]  # fmt: skip
ODD_SOURCES = st.lists(st.sampled_from(ODD_PIECES), max_size=9).map("".join)
ATOMS = st.sampled_from(
    [
        *"abkKsS01é中 .^$", "ab", "重置", "kiss", "\\.", "\\d", "\\W", "\\s", "\\b", "\\B", "\\pL", "\\P{Han}", "\\x{212a}", "\\QaＡ\\E",
        "[ab]", "[^a]", "[\\s\\S]", "[k-s]", "[^\\n]", "[[:alpha:]中]", "[\\P{Greek}]", "(?i)", "(?s)", "(?-i)", "(?m)", "(?U)",
    ]
)  # fmt: skip
REPETITIONS = st.sampled_from(["*", "+", "?", "*?", "{2}", "{0,2}", "{1,}", "{0}", "{3}", "{2,5}?"])
VALID_SOURCES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(st.sampled_from(["(", "(?:", "(?i:", "(?P<n>", "(?<m>"]), inner).map(
            lambda pair: f"{pair[0]}{pair[1]})"
        ),
        st.tuples(inner, REPETITIONS).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    ),
    max_leaves=8,
)
SOURCES = st.one_of(ODD_SOURCES, VALID_SOURCES, st.lists(ATOMS | REPETITIONS, max_size=8).map("".join))
TEXTS = st.text(alphabet=[*CHARACTERS, *"AÉx重置i"], max_size=10)
FOUR_TEXTS = st.lists(TEXTS, min_size=4, max_size=4)


def valid_tree(source: str, ignore_case: bool) -> Node:
    """The tree of a source, or no example."""
    tree = parse(source, ignore_case)
    assume(not isinstance(tree, Refusal))
    assert not isinstance(tree, Refusal)
    return tree


@given(st.one_of(SOURCES, st.text(max_size=6)), st.booleans())
def test_the_parser_accepts_what_re2_accepts(source: str, ignore_case: bool) -> None:
    """A source is refused by both or by neither, budgets apart; a correction is one that both accept."""
    read = parse(source, ignore_case)
    words = refusal_words(source, ignore_case)
    if not isinstance(read, Refusal):
        assert words in (None, TOO_LARGE)
        return
    assert 0 <= read.start <= read.end <= len(source)
    assert words is not None or read.kind in OURS
    if read.corrected is not None:
        assert not isinstance(parse(read.corrected, ignore_case), Refusal)
        assert refusal_words(read.corrected, ignore_case) in (None, TOO_LARGE)


@given(SOURCES, st.booleans())
def test_places_are_where_the_nodes_are_written(source: str, ignore_case: bool) -> None:
    """Places lie in the source; a group is written with its parentheses, and its name where it says."""
    tree = valid_tree(source, ignore_case)
    for node in nodes(tree):
        assert 0 <= node.start <= node.end <= len(source)
    for group in named_groups(tree):
        assert source[group.start] + source[group.end - 1] == "()"
        assert source.startswith(f"{group.name}>", group.name_start)


@given(SOURCES, st.booleans())
def test_groups_have_the_names_and_numbers_of_re2(source: str, ignore_case: bool) -> None:
    """RE2 counts groups in the same way."""
    tree = valid_tree(source, ignore_case)
    assume(refusal_words(source, ignore_case) is None)
    expected = {name.decode(): number for name, number in re2.compile(source.encode()).groupindex.items()}
    assert {group.name: group.number for group in named_groups(tree)} == expected


@given(SOURCES, st.booleans(), FOUR_TEXTS)
def test_what_is_required_is_in_every_match(source: str, ignore_case: bool, texts: list[str]) -> None:
    """Of each choice of literals every match holds one."""
    tree = valid_tree(source, ignore_case)
    assume(refusal_words(source, ignore_case) is None)
    choices = required_literals(tree)
    regex = Regex(source, ignore_case)
    for text in [*texts, source]:
        match = regex.search(text)
        for choice in choices if match is not None else ():
            assert any(literal.is_in(match.text) for literal in choice)  # type: ignore[union-attr]


@given(SOURCES, st.booleans(), TEXTS)
def test_what_matches_everything_is_found_in_any_text(source: str, ignore_case: bool, text: str) -> None:
    """No plain text shows the claim to be wrong."""
    tree = valid_tree(source, ignore_case)
    if matches_everything(tree):
        regex = Regex(source, ignore_case)
        assert all(regex.found_in(plain(each)) for each in ("", text, source))


@given(SOURCES, st.booleans())
def test_what_needs_characters_is_not_found_in_nothing(source: str, ignore_case: bool) -> None:
    """The claim is what RE2 finds, and needs no compiled form."""
    tree = valid_tree(source, ignore_case)
    assume(refusal_words(source, ignore_case) is None)
    assert not (needs_characters(tree) and Regex(source, ignore_case).found_in(""))


@given(SOURCES, st.booleans(), TEXTS)
def test_groups_that_are_certain_take_part_in_every_match(source: str, ignore_case: bool, text: str) -> None:
    """A group that is said to take part has taken part."""
    tree = valid_tree(source, ignore_case)
    certain = certain_groups(tree)
    options = re2.Options()
    options.case_sensitive = not ignore_case
    match = re2.search(source, text, options) if certain else None
    for name in certain if match is not None else ():
        assert match[name] is not None


@given(SOURCES, st.booleans())
def test_no_program_is_larger_than_its_bound(source: str, ignore_case: bool) -> None:
    """RE2 refuses nothing as too large that is let pass."""
    tree = valid_tree(source, ignore_case)
    if refusal_words(source, ignore_case) is None:
        assert program_size(source, ignore_case) <= largest_program(tree)
    else:
        assert is_too_large(source, tree)


SEQUENCES = st.lists(
    st.sampled_from([*CHARACTERS, *"？\u200beが", "\\x20", "\\t", " {2}", " +", "(Ａ)", "\\QａB\\E"])
).map("".join)


@given(SEQUENCES, st.booleans(), FOUR_TEXTS)
def test_what_is_said_to_be_in_no_plain_text_is_in_none(
    source: str, ignore_case: bool, texts: list[str]
) -> None:
    """A sequence that is warned of is found in no plain text, and its correction is not warned of."""
    found = never_in_plain_text(source, valid_tree(source, ignore_case), ignore_case)
    assume(found is not None)
    assert found is not None
    assert 0 <= found.start < found.end <= len(source)
    regex = Regex(source, ignore_case)
    meant = source.replace("\\t", "\t").replace("\\x20", " ").replace(" {2}", "  ")
    for text in (*texts, source, source.swapcase(), meant):
        assert not regex.found_in(plain(text))
        assert not regex.found_in(plain(f"0{text}0"))
    if found.corrected is not None:
        corrected = valid_tree(found.corrected, ignore_case)
        assert never_in_plain_text(found.corrected, corrected, ignore_case) is None


@given(st.text(alphabet=[*"ab 中é。ＡＢ？．\u200b\u3000\u0301"], min_size=1, max_size=8), st.booleans())
def test_a_literal_without_warning_is_found_in_a_text_that_holds_it(text: str, ignore_case: bool) -> None:
    """What is not warned of is found in the plain form of a text that holds it; so is what is written instead."""
    source = f"\\Q{text}\\E"
    warned = never_in_plain_text(source, valid_tree(source, ignore_case), ignore_case)
    written = source if warned is None else warned.corrected
    assume(written is not None)
    assert written is not None
    assert Regex(written, ignore_case).found_in(plain(f"0{text}0"))
