"""Comparisons with long lists say what those with short ones say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language.ruleset import Operator
from prx_dingtalk_router.language.semantics.evaluate import COMPARISONS
from prx_dingtalk_router.matching.comparing import comparison

WORDS = st.text("hr中 -\ud800\ufffd", min_size=1, max_size=3)


@pytest.mark.parametrize("operator", sorted(COMPARISONS))
@given(literals=st.lists(WORDS, min_size=1, max_size=40), value=st.text("hr中 -\ud800\ufffd", max_size=8))
def test_any_list_is_compared_as_one_by_one(operator: Operator, literals: list[str], value: str) -> None:
    """Whatever the operator and the number of literals."""
    assert comparison(operator, tuple(literals))(value) is COMPARISONS[operator](value, tuple(literals))


@pytest.mark.parametrize("operator", sorted(COMPARISONS))
def test_nothing_is_in_every_value(operator: Operator) -> None:
    """An empty literal among many others, which an id can be compared with."""
    literals = ("", *(str(number) for number in range(40)))
    for value in ("", "x"):
        assert comparison(operator, literals)(value) is COMPARISONS[operator](value, literals)
