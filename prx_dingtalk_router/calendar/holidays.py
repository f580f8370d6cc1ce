"""Working days and public holidays of countries, from the ``holidays`` library (language.md section 6).

The library is loaded when a calendar is first asked for: most sets of rules know none, and its import takes longer
than checking them. Years are built whole and then only read, so threads may share them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

_ISO_CODE = re.compile("[A-Z]{2}")
_MAKE_UP_DAYS_EXPECTED = frozenset({"CN"})
_WHOLE_SPANS = frozenset({"CN"})
"""Countries whose yearly notice names each holiday as one span, weekends in it included."""


_COUNTRIES_MEANT = {
    **dict.fromkeys(
        ("china", "chn", "prc", "zh", "zh-cn", "zh_cn", "中国", "中国大陆", "大陆", "中华人民共和国"), "CN"
    ),
    **dict.fromkeys(("香港", "中国香港", "hong kong", "hongkong", "hkg"), "HK"),
    **dict.fromkeys(("澳门", "中国澳门", "macao", "macau"), "MO"),
    **dict.fromkeys(("台湾", "中国台湾", "taiwan", "twn"), "TW"),
    **dict.fromkeys(("新加坡", "singapore"), "SG"),
    **dict.fromkeys(("日本", "japan", "jpn"), "JP"),
    **dict.fromkeys(("美国", "usa", "united states"), "US"),
    **dict.fromkeys(("英国", "uk", "england", "united kingdom"), "GB"),
    **dict.fromkeys(("韩国", "korea", "south korea"), "KR"),
    **dict.fromkeys(("越南", "vietnam"), "VN"),
    **dict.fromkeys(("泰国", "thailand"), "TH"),
    **dict.fromkeys(("马来西亚", "malaysia"), "MY"),
    **dict.fromkeys(("印度", "india"), "IN"),
    **dict.fromkeys(("印尼", "印度尼西亚", "indonesia"), "ID"),
    **dict.fromkeys(("德国", "germany"), "DE"),
    **dict.fromkeys(("法国", "france"), "FR"),
    **dict.fromkeys(("澳大利亚", "澳洲", "australia"), "AU"),
    **dict.fromkeys(("加拿大", "canada"), "CA"),
}
"""Countries by what people call them, and the codes of their calendars."""
_USUAL = frozenset(_COUNTRIES_MEANT.values())
"""Codes that the library knows in every release: to ask it takes longer to import than a set of rules to check."""


def calendar_exists(code: str) -> bool:
    """Return whether there is a calendar for this ISO 3166 country code (two capital letters)."""
    return code in _USUAL or code in _country_codes()


def nearest_calendar(name: str) -> str | None:
    """Return the code of the country that ``name`` means: in lower case, with blanks, or as people call it; else None."""
    wanted = unicodedata.normalize("NFKC", name).strip()
    meant = _COUNTRIES_MEANT.get(wanted.casefold(), wanted.upper())
    return meant if meant != name and calendar_exists(meant) else None


def calendar_known(code: str, year: int) -> bool:
    """Return whether the calendar of that year is complete.

    China moves working days onto weekends every year, so a year for which the library knows none is *unknown*: its
    public holidays count, its make-up days are missing. Calendars of other countries are known.

    Args:
        code: ISO country code for which ``calendar_exists``.
        year: of the Gregorian calendar.
    """
    if code not in _MAKE_UP_DAYS_EXPECTED:
        return True
    return any(day.year == year for day in _calendar(code, year).weekend_workdays)


@lru_cache(maxsize=4096)
def is_workday(code: str, day: date) -> bool:
    """Return whether people work on that day there: make-up days in, holidays and the country's own weekend out."""
    return bool(_calendar(code, day.year).is_working_day(day))


@lru_cache(maxsize=4096)
def is_holiday(code: str, day: date) -> bool:
    """Return whether that day is a public holiday or a day in lieu there; a plain weekend is not.

    In China a weekend day counts too when one unbroken run of days off connects it with a public holiday, because the
    yearly notice names whole spans (language.md section 6). Make-up days are worked and end such a run.
    """
    if day in _calendar(code, day.year):
        return True
    if code not in _WHOLE_SPANS or is_workday(code, day):
        return False
    return any(
        off in _calendar(code, off.year) for step in (-1, 1) for off in _days_off_beside(code, day, step)
    )


def _days_off_beside(code: str, day: date, step: int) -> Iterator[date]:
    """Yield the days off that follow ``day`` without a break, forward or (``step`` -1) backward."""
    end = date.min if step < 0 else date.max
    while day != end:
        day += timedelta(days=step)
        if is_workday(code, day):
            return
        yield day


@lru_cache(maxsize=1)
def _country_codes() -> frozenset[str]:
    # The library's list with the subdivisions of each country would load the calendars of all.
    from holidays.registry import EntityLoader

    codes = EntityLoader.get_country_codes(include_aliases=False)
    return frozenset(code for code in codes if _ISO_CODE.fullmatch(code))


def _calendar(code: str, year: int) -> Any:
    if not calendar_exists(code):
        message = f"no calendar for {code!r}"
        raise LookupError(message)
    return _country(code, year)


@lru_cache(maxsize=64)
def _country(code: str, year: int) -> Any:
    import holidays

    # The neighbours are there because a holiday of one year may be observed in another.
    years = [near for near in (year - 1, year, year + 1) if 1 <= near <= 9999]
    return holidays.country_holidays(code, years=years, expand=False)
