"""Guards that refuse nothing, or count otherwise than they say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]


@pytest.mark.parametrize(
    "guard",
    [
        "at most 10 per 1s per sender",
        "at most 100000 per 1s",
        "at most 1 per 1ms",
        "at most 1000 per 10s per conversation",
    ],
)
def test_a_guard_that_is_never_full_is_warned_of(found: Found, guard: str) -> None:
    """So many messages do not come in that time."""
    text = f'rule r when admin then reply "x" {guard}\notherwise drop'
    assert found(text) == [("guard-without-effect", guard)]


@pytest.mark.parametrize(
    "guard",
    [
        "at most 1 per 1s per sender",
        "at most 100 per 1m per sender",
        "at most 100 per 1s",
        "at most 1 per 24h",
    ],
)
def test_a_guard_that_may_be_full_is_let_pass(found: Found, guard: str) -> None:
    """No false alarm."""
    assert found(f'rule r when admin then reply "x" {guard}\notherwise reply "y" {guard}') == []


def test_a_conversation_of_one_person_is_counted_as_that_person(found: Found) -> None:
    """In private chats ``per conversation`` is not what it says; in a rule that holds in groups as well it is."""
    guard = "at most 1 per 1m per conversation"
    text = f'rule r when private then reply "x" {guard}\nrule s when group then reply "x" {guard}\notherwise drop'
    assert found(text)[0] == ("guard-without-effect", guard)
    assert len([name for name, _ in found(text) if name == "guard-without-effect"]) == 1
