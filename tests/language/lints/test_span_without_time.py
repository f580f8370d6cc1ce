"""Days without times beside days with times (language.md section 6)."""

from __future__ import annotations

from collections.abc import Callable

Found = Callable[..., list[tuple[str, str]]]


def rule(hours: str) -> str:
    """A set that uses these hours."""
    return f"hours h = {hours}\nrule r when during h then drop\notherwise drop"


def test_a_span_without_a_time_beside_one_with_a_time_is_warned_about(found: Found) -> None:
    """A forgotten time would be the whole day."""
    assert found(rule("mon-fri 09:00-18:00, sat")) == [("span-without-time", "sat")]
