"""Cases of tests that say what another says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]

FIRST = 'otherwise drop\ntest "a" given "hi" expect drop\n'


def test_a_case_that_is_there_already_is_warned_of(found: Found) -> None:
    """However it is laid out, and whether its message is a default or written."""
    text = f'{FIRST}test "b" given "ho" expect drop given "hi" from "test-user" in private expect drop'
    assert found(text) == [("case-twice", 'given "hi" from "test-user" in private expect drop')]


@pytest.mark.parametrize(
    "case",
    [
        'given "hi" in group expect drop',
        'given "hi" expect drop by default',
        'given "hi" from "u1" expect drop',
        'given "hi" at "2026-02-01 10:00" expect drop',
    ],
)
def test_another_message_or_outcome_is_let_pass(found: Found, case: str) -> None:
    """Anything that is said besides makes another test of it."""
    assert found(f'{FIRST}test "b" {case}') == []
