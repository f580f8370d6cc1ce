"""Entries that hold a shorter one (language.md section 11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]


END = " then drop\notherwise drop"


@pytest.mark.parametrize(
    ("operator", "entries", "reported"),
    [
        ("contains", '["发票", "代开发票"]', ['"代开发票"']),
        ("starts with", '["发票", "代开发票"]', []),
        ("starts with", '["/new", "/newer"]', ['"/newer"']),
        ("ends with", '["吗", "好吗"]', ['"好吗"']),
        ("contains word", '["hr", "hr desk"]', []),
        ("contains all", '["a", "ab"]', []),
        ("in", '["a", "ab"]', []),
    ],
)
def test_an_entry_that_holds_a_shorter_one_is_warned_about(
    found: Found, operator: str, entries: str, reported: list[str]
) -> None:
    """Only where the shorter one finds all that the longer one finds."""
    assert found(f"rule r when text {operator} {entries}{END}") == [
        ("contained-literal", each) for each in reported
    ]
