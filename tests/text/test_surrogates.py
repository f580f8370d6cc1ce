"""Lone halves of surrogate pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.text.surrogates import whole


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a\ud800b", "a\ufffdb"), ("\ud83d\ude00", "😀"), ("\udc00", "\ufffd"), ("好", "好")],
)
def test_lone_halves_are_replaced_and_pairs_joined(value: str, expected: str) -> None:
    """What cannot be written in UTF-8 becomes the replacement character, and two halves that belong together one."""
    assert whole(value) == expected


@given(st.text(st.characters()))
def test_what_can_be_written_is_left_alone(value: str) -> None:
    """Whatever comes in, what comes out can be encoded, and what could be already is the same."""
    result = whole(value)
    result.encode()
    try:
        value.encode()
    except UnicodeEncodeError:
        return
    assert result == value
