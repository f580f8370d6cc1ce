"""Texts in which a regex is probably found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.regex.read import ReadRegex, read_regex
from prx_dingtalk_router.regex.sample import sample


def compiled(source: str, *, ignore_case: bool = False) -> Regex:
    """The regex of a source."""
    found = read_regex(source, ignore_case=ignore_case)
    assert isinstance(found, ReadRegex)
    return found.regex


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"(?P<ticket>[A-Z]{2,5}-\d+)", "AA-1"),
        (r"vpn.*(重置|reset)", "vpn重置"),
        (r"\b\d{17}[\dX]\b", "1" * 18),
        (r"^(查|看)[一-龥]{2}$", "查一一"),
        (r"\p{Han}{2,4}", "字字"),
        (r"[^a-z]{3,}x?", "111"),
        (r"(?i)HR|人事", "HR"),
        (r"a{201}", None),
        (r"\p{Tamil}", None),
    ],
)
def test_it_is_short_and_readable(source: str, text: str | None) -> None:
    """Digits and letters where a class has them, the first branch, as few repetitions as may be; None where it gets long."""
    assert sample(source, ignore_case=False) == text
    assert text is None or compiled(source).found_in(text)


PIECES = ["a", "重置", r"\d", "[a-c]", "[^x]", ".", r"\w", r"\.", "[-_]", "(?:b|c)", "(d)"]
COUNTS = ["", "?", "*", "+", "{2}", "{1,3}", "{0,2}"]


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(COUNTS)), min_size=1, max_size=4),
        min_size=1,
        max_size=3,
    ),
    st.booleans(),
)
def test_without_demands_on_its_place_it_is_found(
    branches: list[list[tuple[str, str]]], ignore_case: bool
) -> None:
    """Classes, groups, alternatives and repetitions of any kind."""
    source = "|".join("".join(piece + count for piece, count in branch) for branch in branches)
    text = sample(source, ignore_case=ignore_case)
    assert text is not None
    assert compiled(source, ignore_case=ignore_case).found_in(text)
