"""Every call that DingTalk counts, by day and meter, against the budget of the calendar month."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk.budget import Budget
from prx_dingtalk_router.delivery.dingtalk.meters import CallPurpose, Meter

ZONE = ZoneInfo("Asia/Shanghai")
"""Where DingTalk's months begin and end (dingtalk-cards-media.md section 8.4)."""


class Day(NamedTuple):
    """What was counted of one meter on one day."""

    day: date
    meter: Meter


class CallLedger:
    """Counts as ``Calls``, and knows the month.

    Args:
        budget: may be replaced while it counts.
        clock: tells the month.
    """

    def __init__(self, budget: Budget | None = None, clock: Clock | None = None) -> None:
        self.budget = budget or Budget()
        self._clock: Clock = clock or SystemClock()
        self._days: Counter[Day] = Counter()
        self._month: Counter[Meter] = Counter()
        self._used_up: set[Meter] = set()
        self._today = date.min
        # The times between which today is that day; between equal ones there is none.
        self._from_ms = self._until_ms = 0

    def made(self, meter: Meter, calls: int = 1) -> None:
        """Count calls."""
        self._turn()
        self._days[Day(self._today, meter)] += calls
        self._month[meter] += calls

    def uncounted(self, meter: Meter, calls: int = 1) -> None:
        """Take calls back."""
        self._turn()
        today = Day(self._today, meter)
        # What was counted before midnight is not taken from a day that began after it.
        taken = min(calls, self._days[today])
        self._days[today] -= taken
        self._month[meter] -= taken

    def used_up(self, meter: Meter) -> None:
        """Note that nothing is left until the month turns."""
        self._turn()
        self._used_up.add(meter)

    def allows(self, meter: Meter, purpose: CallPurpose, calls: int = 1) -> bool:
        """Whether so many more calls are in order now."""
        if purpose == "answer":
            return True
        self._turn()
        if meter in self._used_up:
            return False
        if not self.budget.limit(meter):
            return True
        return self._month[meter] + calls <= self.budget.for_progress(meter)

    def used(self, meter: Meter) -> int:
        """The calls of this month so far."""
        self._turn()
        return self._month[meter]

    def _turn(self) -> None:
        """Begin another day, and perhaps another month, if the clock says so; also when it was set back."""
        now_ms = self._clock.now_ms()
        if self._from_ms <= now_ms < self._until_ms:
            return
        before, today = self._today, datetime.fromtimestamp(now_ms / 1000, ZONE).date()
        self._today = today
        self._from_ms = _begin_ms(today)
        self._until_ms = _begin_ms(today + timedelta(days=1))
        if _month_of(today) != _month_of(before):
            self._used_up.clear()
            self._month = Counter()
            for (day, meter), calls in self._days.items():
                if _month_of(day) == _month_of(today):
                    self._month[meter] += calls


def _month_of(day: date) -> tuple[int, int]:
    return day.year, day.month


def _begin_ms(day: date) -> int:
    return round(datetime.combine(day, time(), ZONE).timestamp() * 1000)
