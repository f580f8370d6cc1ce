"""Alternatives that change nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]

T = 'template t = "a"\n'


@pytest.mark.parametrize(
    ("chain", "place"),
    [
        ("agent a else agent a", "agent a"),
        ("agent a timeout 1s else agent b else agent a timeout 2m", "agent a timeout 2m"),
        ('agent a with "x {{ text }}" else agent a with "x {{ text }}"', 'agent a with "x {{ text }}"'),
        ('reply t at most 1 per 1m else reply "a"', 'reply "a"'),
        ('forget else reply "a"', 'reply "a"'),
    ],
)
def test_an_alternative_that_changes_nothing_is_warned_of(found: Found, chain: str, place: str) -> None:
    """At the alternative: the same step again, or one that is never done."""
    text = f"{T}rule u when external then reply t\nrule r when admin then {chain}\notherwise drop"
    assert found(text) == [("else-in-vain", place)]


@pytest.mark.parametrize(
    "chain",
    [
        "agent a else agent b",
        'agent a else agent a with "shorter"',
        'reply "a" else reply "b"',
        'reply "a" mention else reply "a"',
        'forget at most 1 per 1m else reply "a"',
        'agent a then reply "a"',
    ],
)
def test_an_alternative_that_may_help_is_let_pass(found: Found, chain: str) -> None:
    """Another agent, another text, or a limit before it."""
    text = f"rule r when admin then {chain}\notherwise drop"
    assert "else-in-vain" not in {name for name, _ in found(text)}
