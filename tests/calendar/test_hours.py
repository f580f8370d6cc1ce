"""Hours compare the wall clock of their zone, as section 6 says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.calendar.hours import CalendarDays, Dates, Days, Hours, Span, Weekdays

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
DAILY = Weekdays(0, 6)


def hours(*days: Days, times: tuple[tuple[int, int], ...] = (), zone: ZoneInfo = SHANGHAI) -> Hours:
    """Hours of one span."""
    return Hours((Span(days, times),), zone, "CN")


def at(written: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """An instant by the wall clock of a zone."""
    return datetime.fromisoformat(written).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("time", "inside"), [("08:59:59", False), ("09:00", True), ("11:59:59.999999", True), ("12:00", False)]
)
def test_the_start_is_inside_and_the_end_is_not(time: str, inside: bool) -> None:
    """A time begins with its first minute and ends before its last."""
    assert hours(DAILY, times=((540, 720),)).contains(at(f"2026-01-07 {time}")) is inside


def test_midnight_as_an_end() -> None:
    """24:00 ends the day with its last microsecond and takes nothing of the next."""
    late = hours(Weekdays(2, 2), times=((1380, 1440),))
    assert late.contains(at("2026-01-07 23:59:59.999999"))
    assert not late.contains(at("2026-01-08 00:00"))


@pytest.mark.parametrize(
    ("instant", "inside"),
    [
        ("2026-01-09 21:59", False),
        ("2026-01-09 22:00", True),
        ("2026-01-10 05:59", True),
        ("2026-01-10 06:00", False),
        ("2026-01-10 22:00", False),
        ("2026-01-09 05:59", False),
    ],
)
def test_a_night_belongs_to_the_day_it_starts_on(instant: str, inside: bool) -> None:
    """Friday 22:00-06:00 runs into Saturday and is not there on Friday morning."""
    assert hours(Weekdays(4, 4), times=((1320, 360),)).contains(at(instant)) is inside


@given(st.integers(0, 6), st.integers(0, 6), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_ranges_of_days_wrap(first: int, last: int, day: date) -> None:
    """A range of days goes forward from its first to its last, over Sunday if need be."""
    days = {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    assert hours(Weekdays(first, last)).contains(
        datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)
    ) is (day.weekday() in days)


def test_a_range_of_dates_includes_both_ends() -> None:
    """Dates count from the first to the last, whole days without times."""
    leave = hours(Dates(date(2027, 2, 5), date(2027, 2, 12)))
    assert [leave.contains(at(f"2027-02-{day} 23:59")) for day in ("04", "05", "12", "13")] == [
        False,
        True,
        True,
        False,
    ]
    assert leave.last_date == date(2027, 2, 12)
    assert hours(Dates(date(2027, 2, 5), date(2027, 2, 5)), DAILY).last_date is None


def test_workdays_and_holidays_ask_the_calendar() -> None:
    """A make-up Saturday is a workday, a day in lieu and a Sunday within the span a holiday, a plain Sunday neither."""
    work, free = hours(CalendarDays.WORKDAYS), hours(CalendarDays.HOLIDAYS)
    seen = {
        day: (work.contains(at(f"2026-{day}")), free.contains(at(f"2026-{day}")))
        for day in ("02-14", "02-15", "02-20", "03-08")
    }
    assert seen == {
        "02-14": (True, False),
        "02-15": (False, True),
        "02-20": (False, True),
        "03-08": (False, False),
    }


def test_the_night_after_a_workday_asks_the_calendar_for_the_day_before() -> None:
    """The night that starts on a worked Saturday lasts into Sunday."""
    night = hours(CalendarDays.WORKDAYS, times=((1320, 360),))
    assert night.contains(at("2026-02-15 05:00"))
    assert not night.contains(at("2026-02-15 23:00"))


def test_a_doubled_hour_counts_twice() -> None:
    """02:00-03:00 in Berlin on the day the clock goes back holds for two hours."""
    slot = hours(DAILY, times=((120, 180),), zone=BERLIN)
    start = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    assert [slot.contains(start + timedelta(minutes=30 * n)) for n in range(6)] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_skipped_hour_never_counts() -> None:
    """02:00-03:00 in Berlin on the day the clock goes forward holds at no instant."""
    slot = hours(DAILY, times=((120, 180),), zone=BERLIN)
    start = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    assert not any(slot.contains(start + timedelta(minutes=15 * n)) for n in range(16))


def test_any_span_and_any_of_its_days_will_do() -> None:
    """Spans are alternatives, days of a span are alternatives, times of a day are alternatives."""
    office = Hours(
        (
            Span((Weekdays(0, 0), Weekdays(2, 2)), ((540, 720), (810, 1080))),
            Span((Weekdays(5, 5),), ((600, 720),)),
        ),
        SHANGHAI,
    )
    inside = ["2026-01-05 09:00", "2026-01-07 17:59", "2026-01-10 11:00"]
    outside = ["2026-01-06 09:00", "2026-01-07 12:30", "2026-01-10 09:00"]
    assert all(office.contains(at(i)) for i in inside)
    assert not any(office.contains(at(i)) for i in outside)


def test_the_zone_of_the_hours_is_what_counts() -> None:
    """The same instant is Wednesday in Shanghai and still Tuesday in UTC."""
    instant = at("2026-01-07 03:00")
    assert hours(Weekdays(2, 2)).contains(instant.astimezone(UTC))
    assert not hours(Weekdays(2, 2), zone=ZoneInfo("UTC")).contains(instant)


@pytest.mark.parametrize(
    "instant",
    [
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=SHANGHAI),
    ],
)
def test_the_ends_of_time_are_no_crash(instant: datetime) -> None:
    """Instants at the ends of what can be counted give an answer."""
    for zone in (SHANGHAI, ZoneInfo("America/New_York")):
        assert hours(DAILY, CalendarDays.HOLIDAYS, times=((1320, 360),), zone=zone).contains(instant) in {
            True,
            False,
        }


def test_unsound_values_cannot_be_made() -> None:
    """What a checker must have refused is refused here too, as a defect of the caller."""
    for make in (
        lambda: Span((), ()),
        lambda: Span((DAILY,), ((60, 60),)),
        lambda: Span((DAILY,), ((1440, 60),)),
        lambda: Weekdays(0, 7),
        lambda: Dates(date(2027, 1, 2), date(2027, 1, 1)),
        lambda: Hours((Span((CalendarDays.WORKDAYS,)),), SHANGHAI),
        lambda: hours(DAILY).contains(datetime(2026, 1, 1)),  # noqa: DTZ001 - the missing zone is the point
    ):
        with pytest.raises(ValueError):
            make()
