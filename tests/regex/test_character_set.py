"""Sets of characters are those that RE2 takes."""

from __future__ import annotations

import pytest
import re2

from prx_dingtalk_router.regex.character_set import EVERYTHING, NOTHING, CharacterSet, characters_of
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.syntax import BracketClass, NamedClass

TEXT = "".join(map(chr, [*range(0x300), *range(0x2000, 0x2200)]))


@pytest.mark.parametrize("ignore_case", [False, True])
@pytest.mark.parametrize(
    "source",
    [
        r"\d", r"\D", r"\s", r"\S", r"\w", r"\W", "[[:word:]]", "[[:^word:]]", "[^[:^alpha:]x]", r"[^\W_]", "[a-cx-z]", "[^k]", "[k]", "[j-l]", r"\p{Any}", r"\P{Any}",
        "[\\x00-\\x7f]", "[é-ö]",
        *(f"[[:{name}:]]" for name in "alnum alpha ascii blank cntrl digit graph lower print punct space upper xdigit".split()),
    ],
)  # fmt: skip
def test_a_class_takes_what_re2_takes(source: str, ignore_case: bool) -> None:
    """Exactly, negated or not, with and without case."""
    node = parse(source, ignore_case)
    assert isinstance(node, NamedClass | BracketClass)
    characters = characters_of(node)
    assert characters is not None
    options = re2.Options()
    options.case_sensitive = not ignore_case
    taken = set(re2.compile(source, options).findall(TEXT))
    assert {
        each for each in TEXT if any(first <= ord(each) <= last for first, last in characters.ranges)
    } == taken


@pytest.mark.parametrize("source", [r"\pL", r"[a\P{Han}]", r"[^\p{Greek}]"])
def test_classes_of_unicode_are_unknown(source: str) -> None:
    """What changes with the version of Unicode is not claimed."""
    node = parse(source, False)
    assert isinstance(node, NamedClass | BracketClass)
    assert characters_of(node) is None


def test_sets_are_united_and_turned() -> None:
    """Touching ranges become one; all others than all others are the same."""
    some = CharacterSet.of([(5, 9), (0, 2), (3, 4), (20, 30)])
    assert some.ranges == ((0, 9), (20, 30))
    assert (len(some), some | NOTHING, some.complement().complement()) == (21, some, some)
    assert some | some.complement() == EVERYTHING
    assert (NOTHING.complement(), EVERYTHING.complement()) == (EVERYTHING, NOTHING)
    assert "".join(CharacterSet.of_characters("cab")) == "abc"
