"""Literals as whole words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.text.folding import is_word_character
from prx_dingtalk_router.text.words import contains_word, starts_with_word


@pytest.mark.parametrize(
    ("text", "literal", "found"),
    [
        ("找hr谈", "hr", True), ("chrome", "hr", False), ("hr", "hr", True), ("chrome hr", "hr", True), ("hr2", "hr", False),
        ("我要报销单", "报销", True), ("x/new", "/new", True), ("/newer", "/new", False), ("a.b", "a", True), ("émile", "mile", False),
        ("aab ab", "ab", True), ("a-a-ab", "a-a", True), ("xa-a-a", "a-a", True), ("", "hr", False), ("hr", "", True),
    ],
)  # fmt: skip
def test_contains_word(text: str, literal: str, found: bool) -> None:
    """A word is found where no alphabet's letter or digit goes on at either end; overlapping places count."""
    assert contains_word(text, literal) is found


@pytest.mark.parametrize(
    ("text", "literal", "found"),
    [
        ("/new topic", "/new", True),
        ("/newer", "/new", False),
        ("/new你好", "/new", True),
        ("/new", "/new", True),
        ("a /new", "/new", False),
        ("报销单", "报销", True),
        ("hr", "", True),
        ("hr!x", "hr!", True),
    ],
)
def test_starts_with_word(text: str, literal: str, found: bool) -> None:
    """Only the end of the literal is looked at."""
    assert starts_with_word(text, literal) is found


@given(st.text(alphabet="ab重 -", max_size=12), st.text(alphabet="ab重 -", min_size=1, max_size=3))
def test_every_occurrence_is_tried(text: str, literal: str) -> None:
    """A word is found exactly when some occurrence stands alone."""

    def alone(start: int) -> bool:
        end = start + len(literal)
        before = start > 0 and is_word_character(text[start - 1]) and is_word_character(literal[0])
        after = end < len(text) and is_word_character(text[end]) and is_word_character(literal[-1])
        return text[start:end] == literal and not before and not after

    assert contains_word(text, literal) is any(alone(start) for start in range(len(text)))
