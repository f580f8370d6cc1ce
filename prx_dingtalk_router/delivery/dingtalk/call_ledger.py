"""Every call that DingTalk counts, by day and meter, against the budget of the calendar month."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from msgspec import Struct

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk.budget import Budget
from prx_dingtalk_router.delivery.dingtalk.forecast import forecast, month_end
from prx_dingtalk_router.delivery.dingtalk.meters import CallPurpose, Meter
from prx_dingtalk_router.delivery.journal.call_days import KEPT_DAYS, Alert, CallDay

logger = logging.getLogger(__name__)

ZONE = ZoneInfo("Asia/Shanghai")
"""Where DingTalk's months begin and end (dingtalk-cards-media.md section 8.4)."""
_METERS = frozenset(meter.value for meter in Meter)
ALERT_AT = 0.8
"""The share of a month's calls at which somebody is told, once a month and meter."""


class BudgetNearlySpent(Struct, frozen=True, kw_only=True):
    """Most of what a month grants is used. ``expected``: at its end, if it goes on so. ``month``: as ``2026-11``."""

    meter: Meter
    month: str
    used: int
    limit: int
    expected: int


class BudgetSpent(Struct, frozen=True, kw_only=True):
    """All that a month grants is used. ``says_dingtalk``: it refused a call for that, whatever was counted; ``month``: as ``2026-11``."""

    meter: Meter
    month: str
    used: int
    limit: int
    says_dingtalk: bool = False


BudgetEvent: TypeAlias = BudgetNearlySpent | BudgetSpent


class MonthOfMeter(Struct, frozen=True, kw_only=True):
    """How one meter is in this month.

    Attributes:
        used: calls so far, of all robots in the journal.
        limit: what the month grants; 0 is unlimited.
        reserved: how many of them are kept for answers.
        expected: calls at the end of the month, if it goes on so.
        used_up: DingTalk itself said so.
        progress: whether progress is shown still.
    """

    meter: Meter
    used: int
    limit: int
    reserved: int
    expected: int
    used_up: bool
    progress: bool


class _Day(NamedTuple):
    robot: str
    day: date
    meter: Meter


class CallLedger:
    """Counts as ``Calls``, and knows the month. It counts in memory; ``CallKeeping`` brings it to the journal.

    Args:
        budget: of the organisation; may be replaced while it counts.
        clock: tells the month.
        robot: whose calls are counted here; those of others in the same journal belong to the same organisation.

    Attributes:
        observers: each told when most of a month is used, and when all of it is: once a month and meter.
        changes: grows with everything that a journal may have to keep.
    """

    def __init__(self, budget: Budget | None = None, clock: Clock | None = None, *, robot: str = "") -> None:
        self.budget = budget or Budget()
        self.observers: list[Callable[[BudgetEvent], None]] = []
        self.changes = 0
        self._clock: Clock = clock or SystemClock()
        self._robot = robot
        self._days: Counter[_Day] = Counter()
        self._month: Counter[Meter] = Counter()
        self._used_up: set[Meter] = set()
        self._alerted: dict[_Day, Alert] = {}
        self._told: dict[Meter, Alert] = {}
        """How much of this month's use somebody was told of."""
        self._today = date.min
        # The times between which today is that day; between equal ones there is none.
        self._from_ms = self._until_ms = 0

    def made(self, meter: Meter, calls: int = 1) -> None:
        """Count calls."""
        self._turn()
        today = _Day(self._robot, self._today, meter)
        self._days[today] += calls
        self.changes += 1
        self._month[meter] = used = self._month[meter] + calls
        limit = self.budget.limit(meter)
        if limit and used >= limit * ALERT_AT:
            self._alert(meter, Alert.ALL if used >= limit else Alert.MOST)

    def uncounted(self, meter: Meter, calls: int = 1) -> None:
        """Take calls back."""
        self._turn()
        today = _Day(self._robot, self._today, meter)
        # What was counted before midnight is not taken from a day that began after it.
        taken = min(calls, self._days[today])
        self._days[today] -= taken
        self.changes += 1
        self._month[meter] -= taken

    def used_up(self, meter: Meter) -> None:
        """Note that nothing is left until the month turns, or more is granted."""
        self._turn()
        self._used_up.add(meter)
        self._alert(meter, Alert.ALL, says_dingtalk=True)

    def granted(self, meter: Meter) -> None:
        """Note that something is left."""
        self._used_up.discard(meter)

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

    @property
    def month(self) -> str:
        """The month that is counted now, as ``2026-11``."""
        self._turn()
        return f"{self._today:%Y-%m}"

    @property
    def month_ends_ms(self) -> int:
        """When it ends (Unix time)."""
        self._turn()
        return _ms(month_end(self._today, self._now()))

    def meters(self) -> Sequence[MonthOfMeter]:
        """How each meter is in this month."""
        self._turn()
        return [self._of(meter) for meter in Meter]

    def _of(self, meter: Meter) -> MonthOfMeter:
        limit = self.budget.limit(meter)
        return MonthOfMeter(
            meter=meter,
            used=self._month[meter],
            limit=limit,
            reserved=limit - self.budget.for_progress(meter),
            expected=self._expected(meter),
            used_up=meter in self._used_up,
            progress=self.allows(meter, "progress"),
        )

    @property
    def today(self) -> str:
        """The day that is counted now, as ``2026-11-29``."""
        self._turn()
        return self._today.isoformat()

    def days(self) -> Sequence[CallDay]:
        """What was counted, by day."""
        return [
            CallDay(day.robot, day.day.isoformat(), day.meter, calls, self._alerted.get(day, Alert.NONE))
            for day, calls in self._days.items()
        ]

    def restore(self, days: Iterable[CallDay]) -> None:
        """Go on from what a journal kept; called before anything is counted."""
        for each in days:
            if each.meter in _METERS:
                day = _Day(each.robot, date.fromisoformat(each.day), Meter(each.meter))
                self._days[day] = each.calls
                if each.alerted:
                    self._alerted[day] = each.alerted
        self._from_ms = self._until_ms = 0
        self._today = date.min

    def _alert(self, meter: Meter, alert: Alert, *, says_dingtalk: bool = False) -> None:
        """Tell how much of a month is used, unless somebody was told of as much already."""
        if alert <= self._told.get(meter, Alert.NONE):
            return
        self._told[meter] = alert
        today = _Day(self._robot, self._today, meter)
        self._days[today] += 0
        self._alerted[today] = alert
        self.changes += 1
        month, used, limit = f"{self._today:%Y-%m}", self._month[meter], self.budget.limit(meter)
        event: BudgetEvent = BudgetSpent(
            meter=meter, month=month, used=used, limit=limit, says_dingtalk=says_dingtalk
        )
        if alert is Alert.MOST:
            expected = self._expected(meter)
            event = BudgetNearlySpent(meter=meter, month=month, used=used, limit=limit, expected=expected)
        for observer in self.observers:
            try:
                observer(event)
            except Exception:  # whoever watches must not keep a message from its answer
                logger.exception(text("delivery.budget-observer-failed"))

    def _expected(self, meter: Meter) -> int:
        days: defaultdict[date, int] = defaultdict(int)
        for day, calls in self._days.items():
            if day.meter is meter:
                days[day.day] += calls
        return forecast(self._month[meter], days, self._now())

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock.now_ms() / 1000, ZONE)

    def _turn(self) -> None:
        """Begin another day, and perhaps another month, if the clock says so; also when it was set back."""
        now_ms = self._clock.now_ms()
        if self._from_ms <= now_ms < self._until_ms:
            return
        before, today = self._today, datetime.fromtimestamp(now_ms / 1000, ZONE).date()
        self._today = today
        self._from_ms = _ms(datetime.combine(today, time(), ZONE))
        self._until_ms = _ms(datetime.combine(today + timedelta(days=1), time(), ZONE))
        self.changes += 1
        oldest = today - timedelta(days=KEPT_DAYS)
        for day in [day for day in self._days if day.day < oldest]:
            del self._days[day]
            self._alerted.pop(day, None)
        if _month_of(today) != _month_of(before):
            self._used_up.clear()
            self._month = Counter()
            for day, calls in self._days.items():
                if _month_of(day.day) == _month_of(today):
                    self._month[day.meter] += calls
            self._told = {}
            for day, alert in self._alerted.items():
                if _month_of(day.day) == _month_of(today):
                    self._told[day.meter] = max(alert, self._told.get(day.meter, Alert.NONE))


def _month_of(day: date) -> tuple[int, int]:
    return day.year, day.month


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
