"""Make-up days that are not published yet (language.md section 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from prx_dingtalk_router.language import CheckContext

Found = Callable[..., list[tuple[str, str]]]


def rule(hours: str) -> str:
    """A set that uses these hours."""
    return f"hours h = {hours}\nrule r when during h then drop\notherwise drop"


def test_unknown_make_up_days_of_this_year_and_the_next_are_warned_about(found: Found) -> None:
    """For China a year without known make-up days is unknown."""
    known = CheckContext(calendar="CN", today=date(2024, 5, 1))
    assert found(rule("workdays"), context=known) == []
    unknown = CheckContext(calendar="CN", today=date(2098, 5, 1))
    assert found(rule("workdays"), context=unknown) == [("unknown-calendar-year", "h")] * 2
