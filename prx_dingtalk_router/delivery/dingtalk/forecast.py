"""How many calls a month will have had at its end, if it goes on as in the last days (dingtalk-cards-media.md section 8.4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

LOOK_BACK = timedelta(days=7)
_DAY = timedelta(days=1)


def forecast(used: int, days: Mapping[date, int], now: datetime) -> int:
    """Return the calls at the end of the month of ``now``.

    The last seven days say how many there are a day, those of the month before among them, so that the first days of a month
    have a forecast that is worth something. Where less than a day is known, what is known counts as a whole one.

    Args:
        used: calls of the month so far.
        days: calls by day, those without any left out.
        now: aware, in the zone of the months.
    """
    first = min(days, default=now.date())
    began = max(_begin(first, now), _begin((now - LOOK_BACK + _DAY).date(), now))
    counted = sum(calls for day, calls in days.items() if began.date() <= day <= now.date())
    a_day = counted / max((now - began) / _DAY, 1.0)
    return used + round(a_day * (month_end(now.date(), now) - now) / _DAY)


def month_end(day: date, now: datetime) -> datetime:
    """Return the moment at which the month of ``day`` ends, in the zone of ``now``."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return _begin(following, now)


def _begin(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)
