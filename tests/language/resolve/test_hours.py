"""Hours: dates, times, zones and calendars (language.md section 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from prx_dingtalk_router.language import CheckContext

Found = Callable[..., list[tuple[str, str]]]

TODAY = date(2026, 3, 2)


def rule(hours: str) -> str:
    """A set that uses these hours."""
    return f"hours h = {hours}\nrule r when during h then drop\notherwise drop"


@pytest.mark.parametrize(
    "hours",
    [
        "daily",
        "mon-fri 09:00-18:00",
        "fri-mon 22:00-06:00",
        "daily 00:00-24:00",
        "daily 18:00-00:00",
        "mon wed fri 09:00-12:00 13:30-18:00, sat 10:00-12:00",
        "2027-02-05..2027-02-12, 2027-03-01",
        'workdays 09:00-18:00 calendar "DE"',
        'daily in "America/New_York"',
    ],
)
def test_sound_hours_are_accepted(found: Found, hours: str) -> None:
    """No diagnostic at all."""
    assert found(rule(hours)) == []


@pytest.mark.parametrize(
    ("hours", "name", "place"),
    [
        ("daily 09:00-09:00", "wrong-time", "09:00-09:00"),
        ("daily 24:00-06:00", "wrong-time", "24:00-06:00"),
        ("daily 09:00-24:01", "wrong-time", "09:00-24:01"),
        ("daily 09:60-10:00", "wrong-time", "09:60-10:00"),
        ("daily 9:00-18:00", "wrong-time", "9:00-18:00"),
        ("2027-02-30", "wrong-date", "2027-02-30"),
        ("2027-02-12..2027-02-05", "wrong-date", "2027-02-12..2027-02-05"),
        ('daily in "Asia/Peking"', "unknown-zone", '"Asia/Peking"'),
        ('daily in "Beijing"', "unknown-zone", '"Beijing"'),
        ("workdays", "missing-calendar", "workdays"),
        ("holidays 09:00-12:00", "missing-calendar", "holidays"),
        ('workdays calendar "XX"', "unknown-calendar", '"XX"'),
        ('workdays calendar "China"', "unknown-calendar", '"China"'),
        ("daily 09:00", "wrong-time", "09:00"),
    ],
)
def test_wrong_hours_are_errors_at_their_piece(found: Found, hours: str, name: str, place: str) -> None:
    """Each is shown where it stands."""
    assert found(rule(hours), severity="error") == [(name, place)]


def test_a_calendar_may_be_configured(found: Found) -> None:
    """Then ``workdays`` needs none of its own, also in place."""
    context = CheckContext(calendar="DE", today=TODAY)
    assert found(rule("workdays"), context=context) == []
    assert found("rule r when during holidays then drop\notherwise drop", context=context) == []
