"""Hours that are over (language.md section 11)."""

from __future__ import annotations

from collections.abc import Callable

Found = Callable[..., list[tuple[str, str]]]


def rule(hours: str) -> str:
    """A set that uses these hours."""
    return f"hours h = {hours}\nrule r when during h then drop\notherwise drop"


def test_hours_wholly_in_the_past_are_warned_about(found: Found) -> None:
    """Only when every span is."""
    assert found(rule("2025-01-01, 2026-03-01")) == [("past-hours", "h")]
    assert found(rule("2025-01-01, 2026-03-02")) == []
    assert found(rule("2025-01-01, sat")) == []
