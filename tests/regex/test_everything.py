"""Found in every text: said where it is certain, and only there."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.everything import matches_everything
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal


def everything(source: str, *, ignore_case: bool = False) -> bool:
    """Whether a valid source is said to be found in every text."""
    tree = parse(source, ignore_case)
    assert not isinstance(tree, Refusal)
    return matches_everything(tree)


@pytest.mark.parametrize(
    "source",
    [
        "", ".*", "a*", "(x)?", "^*", "a|", "[^a]*", "^.*$", "^", "$", r"\z", "(?m)^a?", "a*$", r"^[\s\S]*$", "^(?:.|\n)*$", r"^[^\r\n]*$",
        "^(.*)$", "(^.*)+$", r"^[\d\D]*$", r"^(\w|\W)*?$", r"^\p{Any}*$", "^(?s:.)*$", "^(?:a?)(?:.*){2}b*$", "(?i)^([^k]|k)*$", "^.*|a",
    ],
)  # fmt: skip
def test_regexes_without_demands_match_everything(source: str) -> None:
    """What is found in any text whatever is known to be."""
    assert everything(source)


@pytest.mark.parametrize(
    "source",
    [
        "^$", "^a*$", ".", "a", "^[^a]*$", "^.{0,1000}$", r"\b", "^.?$", r"\B", "a*b", "^.+$", "^.*a?b$", "^(.*){0}$", "(?:a|b)+",
        r"^\P{Cyrillic}*$", r"^[^\p{Hiragana}]*$", "^.{0,1000}.{0,1000}$", "(?:(?i:[^k])|(?-i:k)){1}", "^(?:(?i:[^k])|(?-i:k))*$", "(^.*$){2}", "^[ab].*$", "^.*[ab]$", r"^[^\d]*$",
    ],
)  # fmt: skip
def test_regexes_with_demands_do_not(source: str) -> None:
    """What some text does not fulfil, however rare, is not said to match everything."""
    assert not everything(source)


def test_deeply_nested_alternatives_are_judged_in_time() -> None:
    """Sets of characters stay small, whatever is united."""
    assert not everything(
        "^" + "(?:" * 3000 + "".join(f"|{chr(0x4E00 + 2 * at)})" for at in range(3000)) + "+$"
    )
