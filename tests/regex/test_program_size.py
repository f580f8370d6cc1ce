"""What is let pass is never too large for RE2."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.engine import program_size, refusal_words
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.program_size import MAX_PROGRAM, is_too_large, largest_program
from prx_dingtalk_router.regex.refusal import Refusal
from prx_dingtalk_router.regex.syntax import Node

ATOMS = [
    "a", "中", "\U00020000", ".", "(?s:.)", "[a-z]", "[^a]", "[acegikmo]", "[é-ö]", "[一-龥]", "[àâäéèê]", r"[\x{100}-\x{10ffff}]",
    r"\w", r"\W", r"(?i:\w)", "(?i:k)", "(?i:é)", "(?i:θ)", "(?i:ß中)", "(?i:[k-s])", "(?i:[à-ÿ])", "(?i:[θ])", r"\p{L}", r"\pN", r"[\p{L}\p{N}]",
    r"[^\p{L}\p{N}a]", r"\P{L}", r"(?i:\p{Lu})", r"(?i:\P{Lu})", r"[\p{Han}a-z]", r"(?i:[^\p{Greek}é-ö])", "[[:alpha:]]", "(a)", "(?:a|b)", "a?", "(?:a*)",
    "(?:ab|cd)", "(?:ab?)", r"(?:\b|a)", "(?:()|a)", "(?:^|(a|)*)",
]  # fmt: skip


def tree_of(source: str) -> Node:
    """The tree of a valid source."""
    tree = parse(source, False)
    assert not isinstance(tree, Refusal)
    return tree


@pytest.mark.parametrize("atom", ATOMS)
def test_what_just_fits_fits_for_re2(atom: str) -> None:
    """Of anything as much as is let pass is compiled."""
    source = f"(?:{atom}){{1000}}"
    most = MAX_PROGRAM // largest_program(tree_of(source))
    copies = 1000 if most else MAX_PROGRAM // (largest_program(tree_of(f"(?:{atom})")) + 4)
    source = f"(?:{atom}){{{copies}}}" * max(most, 1)
    assert largest_program(tree_of(source)) <= MAX_PROGRAM
    assert refusal_words(source, False) is None


@pytest.mark.parametrize(
    "source", ["a{900,}", "(ab?){20,}", "\U00020000" * 50, "(?i)" + "kſ\u212a" * 30, "(()())" * 50, r"\pL{9}"]
)
def test_no_program_is_larger_than_the_bound(source: str) -> None:
    """Counts without end, characters of four bytes, case variants, groups."""
    assert program_size(source, False) <= largest_program(tree_of(source))


@pytest.mark.parametrize(
    "source",
    [
        "重置.*密码",
        "^.{0,1000}.{0,1000}$",
        r"\p{Han}{2,400}",
        r"(\d{1,17}[xX]){3}",
        "(?i)[a-z]{1,1000}",
        "[^,]{1,1000}",
        r"[\p{L}\p{N}_]{1,100}",
        "报" * 20_000,
    ],
)
def test_what_people_write_is_let_pass(source: str) -> None:
    """Ordinary regexes, with large counts too, are far from the limit."""
    assert not is_too_large(source, tree_of(source))


@pytest.mark.parametrize("source", [r"\pL{1000}", r"(\pL{100}){10}", r"\PL{1000}"])
def test_what_re2_refuses_is_too_large(source: str) -> None:
    """What exceeds RE2's budget is refused as such."""
    assert refusal_words(source, False) is not None
    assert is_too_large(source, tree_of(source))
