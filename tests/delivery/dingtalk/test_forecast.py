"""How many calls a month will have had at its end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.delivery.dingtalk.call_ledger import ZONE
from prx_dingtalk_router.delivery.dingtalk.forecast import forecast, month_end


def _days(first, *calls):
    return {first + timedelta(days=number): each for number, each in enumerate(calls)}


@pytest.mark.parametrize(
    ("used", "days", "now", "expected"),
    [
        # Nothing is known: nothing will come.
        (0, {}, datetime(2026, 11, 1, 9, tzinfo=ZONE), 0),
        # The first hours of a new router count as a day, not as an hour that goes on for a month.
        (100, _days(date(2026, 11, 1), 100), datetime(2026, 11, 1, 1, tzinfo=ZONE), 3_096),
        # On the first morning of a month the last days of the one before say how it goes.
        (10, _days(date(2026, 10, 26), *[96] * 6, 10), datetime(2026, 11, 1, 2, 24, tzinfo=ZONE), 2_882),
        # In the middle, a week counts, and what was before it does not.
        (
            5_700,
            _days(date(2026, 11, 1), *[1_000] * 5, *[100] * 7),
            datetime(2026, 11, 13, tzinfo=ZONE),
            7_500,
        ),
        # At the end there is nothing left to come.
        (777, _days(date(2026, 11, 30), 777), datetime(2026, 11, 30, 23, 59, 59, tzinfo=ZONE), 777),
    ],
)
def test_the_last_days_say_how_it_goes_on(used, days, now, expected):
    """Linear to the end of the month, by the last seven days."""
    assert forecast(used, days, now) == expected


@given(
    st.integers(1_767_196_800, 1_861_891_200),
    st.dictionaries(st.integers(0, 40), st.integers(0, 10**6)),
    st.integers(0, 10**6),
)
def test_a_forecast_is_never_below_what_was_used(seconds, back, used):
    """Whatever was counted when, what is used is used, and more can only be added."""
    now = datetime.fromtimestamp(seconds, ZONE)
    days = {now.date() - timedelta(days=each): calls for each, calls in back.items()}
    assert forecast(used, days, now) >= used


@pytest.mark.parametrize("day", [date(2026, 2, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_a_month_ends_where_the_next_begins(day):
    """Also in February, and at the end of a year."""
    end = month_end(day, datetime(2026, 1, 1, tzinfo=ZONE))
    assert (end.day, (end - timedelta(seconds=1)).month) == (1, day.month)
