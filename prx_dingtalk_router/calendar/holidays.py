"""Working days and public holidays of countries, from the ``holidays`` library (language.md section 6).

The library is loaded when a calendar is first asked for: most sets of rules know none, and its import takes longer
than checking them. Years are built whole and then only read, so threads may share them.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

_ISO_CODE = re.compile("[A-Z]{2}")
_MAKE_UP_DAYS_EXPECTED = frozenset({"CN"})


def calendar_exists(code: str) -> bool:
    """Whether there is a calendar for this ISO 3166 country code (two capital letters)."""
    return _ISO_CODE.fullmatch(code) is not None and _country(code, 2025) is not None


def calendar_known(code: str, year: int) -> bool:
    """Whether the calendar of that year is complete.

    China moves working days onto weekends every year, so a year for which the library knows none is *unknown*: its
    public holidays count, its make-up days are missing. Calendars of other countries are known.

    Args:
        code: ISO country code for which ``calendar_exists``.
        year: of the Gregorian calendar.
    """
    if code not in _MAKE_UP_DAYS_EXPECTED:
        return True
    return any(day.year == year for day in _calendar(code, year).weekend_workdays)


def is_workday(code: str, day: date) -> bool:
    """Whether people work on that day there: make-up days in, holidays and the country's own weekend out."""
    return bool(_calendar(code, day.year).is_working_day(day))


def is_holiday(code: str, day: date) -> bool:
    """Whether that day is a public holiday or a day in lieu there; a plain weekend is not."""
    return day in _calendar(code, day.year)


def _calendar(code: str, year: int) -> Any:
    calendar = _country(code, year) if _ISO_CODE.fullmatch(code) else None
    if calendar is None:
        message = f"no calendar for {code!r}"
        raise LookupError(message)
    return calendar


@lru_cache(maxsize=64)
def _country(code: str, year: int) -> Any:
    import holidays

    # The neighbours are there because a holiday of one year may be observed in another.
    years = [near for near in (year - 1, year, year + 1) if 1 <= near <= 9999]
    try:
        return holidays.country_holidays(code, years=years, expand=False)
    except NotImplementedError:
        return None
