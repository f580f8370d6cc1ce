"""What is sure to fit is told without compiling."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.engine import program_size, refusal_words
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.program_size import SURELY_FITS, largest_program
from prx_dingtalk_router.regex.refusal import Refusal


def largest(source: str) -> int:
    """The bound of a sound source."""
    tree = parse(source, False)
    assert not isinstance(tree, Refusal)
    return largest_program(source, tree)


@pytest.mark.parametrize(
    "source",
    [
        "重置.*密码",
        r"^.{0,1000}$",
        r"\p{Han}{2,40}",
        r"(\d{1,17}[xX]){3}",
        "(?i)[a-z]{1,500}",
        "[^,]{1,1000}",
    ],
)
def test_what_people_write_surely_fits(source: str) -> None:
    """Ordinary regexes, with large counts too, are far from the limit."""
    assert largest(source) < SURELY_FITS


@pytest.mark.parametrize(
    "source",
    [
        "a{900,}",
        "(ab?){20,}",
        "\U00020000" * 50,
        "(?i)" + "kſ\u212a" * 30,
        "(()())" * 50,
        "[a-é]{40}",
        r"\pL{9}",
    ],
)
def test_no_program_is_larger_than_the_bound(source: str) -> None:
    """Counts without end, characters of four bytes, case variants, groups, ranges."""
    assert program_size(source, False) <= largest(source)


@pytest.mark.parametrize("source", [r"\pL{1000}", r"(\pL{100}){10}", r"\PL{1000}"])
def test_what_re2_refuses_is_above_the_bound(source: str) -> None:
    """The bound errs on one side."""
    assert refusal_words(source, False) is not None
    assert largest(source) > SURELY_FITS
