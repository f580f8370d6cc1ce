"""What readers take for one character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.delivery.dingtalk.graphemes import character_start

WHOLE = ["👨‍👩‍👧", "🇨🇳", "é", "각", "ที่", "क्षि", "👍🏽", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\r\n", "❤️"]


@pytest.mark.parametrize("character", WHOLE)
@pytest.mark.parametrize("before", ["", "字", "🇨🇳🇯🇵", "a" * 300])
def test_a_character_of_several_is_not_torn(character, before):
    """A cut within a character moves to where it begins; one beside it stays."""
    text = f"{before}x{character}字"
    begin = len(before) + 1
    end = begin + len(character)
    assert {character_start(text, at) for at in range(begin, end)} == {begin}
    assert character_start(text, end) == end


@given(st.lists(st.sampled_from([*WHOLE, "字", "a", " "]), max_size=30), st.integers(-2, 300))
def test_a_cut_only_moves_back_a_little(characters, at):
    """A cut moves back by less than the longest character, never to the beginning, and stays where it is at the ends."""
    text = "".join(characters)
    start = character_start(text, at)
    assert start == at or 0 < start < at < len(text)
    assert at - start <= 64


def test_a_character_without_end_is_torn():
    """A letter with hundreds of marks is no reason to send nothing."""
    assert character_start("a" + "\u0301" * 900, 500) == 500
