"""Calendars know what countries call working days and holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from holidays import country_holidays, list_supported_countries
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.calendar.holidays import (
    _USUAL,
    calendar_exists,
    calendar_known,
    is_holiday,
    is_workday,
    nearest_calendar,
)


@pytest.mark.parametrize(
    ("day", "workday", "holiday"),
    [
        (date(2026, 2, 13), True, False),  # a plain Friday
        (date(2026, 2, 14), True, False),  # a Saturday worked for the Spring Festival
        (date(2026, 2, 8), False, False),  # a plain Sunday
        (date(2026, 2, 15), False, True),  # a Sunday that the festival's notice names
        (date(2026, 2, 17), False, True),  # the festival
        (date(2026, 2, 20), False, True),  # a Friday in lieu
        (date(2026, 2, 28), True, False),
        (date(2026, 10, 3), False, True),  # a holiday on a Saturday
    ],
)
def test_chinese_days(day: date, workday: bool, holiday: bool) -> None:
    """Make-up days are worked, days in lieu are holidays, a plain weekend is neither."""
    assert (is_workday("CN", day), is_holiday("CN", day)) == (workday, holiday)


OFFICIAL_2026 = [
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
]


def test_chinese_holidays_are_the_spans_of_the_notice() -> None:
    """Exactly the days of the State Council's notice for 2026 are holidays, weekends within its spans included."""
    year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    official = [day for day in year if any(first <= day <= last for first, last in OFFICIAL_2026)]
    assert [day for day in year if is_holiday("CN", day)] == official


@given(st.dates(date(2019, 1, 1), date(2026, 12, 31)), st.sampled_from(["CN", "HK", "DE", "US", "SA"]))
def test_no_day_is_both(day: date, country: str) -> None:
    """A day that is worked is no holiday; outside China a weekend beside a holiday stays a plain weekend."""
    assert not (is_workday(country, day) and is_holiday(country, day))
    if country != "CN":
        assert is_holiday(country, day) == (
            day in country_holidays(country, years=[day.year - 1, day.year, day.year + 1])
        )


@pytest.mark.parametrize(
    ("written", "meant"),
    [("cn", "CN"), (" China ", "CN"), ("UK", "GB"), ("中国香港", "HK"), ("CN", None), ("nowhere", None)],
)
def test_a_country_is_known_by_other_names(written: str, meant: str | None) -> None:
    """The code that people mean is found by lower case, by blanks around it and by what they call the country."""
    assert nearest_calendar(written) == meant


def test_a_country_has_its_own_weekend() -> None:
    """Friday is a weekend day in Saudi Arabia and Sunday is worked."""
    assert not is_workday("SA", date(2026, 1, 9))
    assert is_workday("SA", date(2026, 1, 11))


def test_a_holiday_observed_in_the_year_before_counts() -> None:
    """New Year's Day 2022, a Saturday, was observed on the last day of 2021 in the United States."""
    assert is_holiday("US", date(2021, 12, 31))


def test_only_chinese_years_can_be_unknown() -> None:
    """A Chinese year without make-up days is unknown; its public holidays still count."""
    assert calendar_known("CN", 2026)
    assert not calendar_known("CN", 2050)
    assert is_holiday("CN", date(2050, 10, 1))
    assert calendar_known("US", 2050)


@pytest.mark.parametrize("code", ["CN", "DE", "US", "HK", "TW"])
def test_iso_codes_exist(code: str) -> None:
    """Two capital letters of a country that the library knows are a calendar."""
    assert calendar_exists(code)


@pytest.mark.parametrize("code", ["cn", "CHN", "China", "UK", "XX", "", "C N", "../CN", "中国"])
def test_other_words_are_no_calendar(code: str) -> None:
    """Other spellings, names and unknown codes are none, and asking for their days is an error."""
    assert not calendar_exists(code)
    with pytest.raises(LookupError, match="no calendar"):
        is_workday(code, date(2026, 1, 1))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_time_are_no_crash(day: date) -> None:
    """The first and the last year of the calendar can be asked for."""
    assert is_holiday("CN", day) in {True, False}
    assert is_workday("CN", day) in {True, False}


def test_what_is_known_without_asking_the_library_is_true() -> None:
    """The codes that are answered at once are calendars of the library."""
    assert set(list_supported_countries(include_aliases=False)) >= _USUAL
