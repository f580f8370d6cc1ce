r"""``\b`` and ``\w`` beside letters that they do not know."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.ascii_only import ascii_only_beside_letters
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal


def place(source: str) -> tuple[int, str] | None:
    """Where a valid source is reported."""
    tree = parse(source, False)
    assert not isinstance(tree, Refusal)
    found = ascii_only_beside_letters(source, tree)
    return None if found is None else (found.start, source[found.start : found.end])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\b报销\b", (0, r"\b")), (r"\b(报销|发票)", (0, r"\b")), (r"部门\w+", (2, r"\w")), (r"工号\B", (2, r"\B")), (r"(?:a|é)\W", (7, r"\W")),
        (r"a\bb\w{2}\x{4e2d}", (4, r"\w")), (r"\b\Q报\E", (0, r"\b")),
    ],
)  # fmt: skip
def test_the_first_one_beside_other_letters_is_reported(source: str, expected: tuple[int, str]) -> None:
    """On either side, through parentheses and repetitions, however the letter is written."""
    assert place(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        r"\b\d{17}[\dX]\b",
        r"\bvpn\b.*重置",
        r"\w+@\w+",
        r"\p{Han}\d+",
        r"\b|报销",
        r"\w。",
        r"[\w]报",
        r"(报|\b)",
    ],
)
def test_ascii_among_ascii_is_right(source: str) -> None:
    """No false alarm; one branch is not beside another."""
    assert place(source) is None
