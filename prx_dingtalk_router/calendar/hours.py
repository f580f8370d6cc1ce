"""Hours: spans of days and times on the wall clock of a zone (language.md section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from prx_dingtalk_router.calendar.holidays import is_holiday, is_workday

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week from ``first`` to ``last``, both included, 0 = Monday; ``fri-mon`` wraps.

    ``mon`` alone is ``Weekdays(0, 0)``, ``daily`` is ``Weekdays(0, 6)``.
    """

    first: int
    last: int

    def __post_init__(self) -> None:
        if not (0 <= self.first <= 6 and 0 <= self.last <= 6):
            message = "days of the week are numbered 0 to 6"
            raise ValueError(message)

    def holds(self, weekday: int) -> bool:
        """Return whether this day of the week is one of them."""
        if self.first <= self.last:
            return self.first <= weekday <= self.last
        return weekday >= self.first or weekday <= self.last


@dataclass(frozen=True, slots=True)
class Dates:
    """Dates from ``first`` to ``last``, both included; one date alone has both equal."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            message = "a range of dates ends before it begins"
            raise ValueError(message)


class CalendarDays(Enum):
    """Days that a country's calendar decides."""

    WORKDAYS = "workdays"
    HOLIDAYS = "holidays"


Days = Weekdays | Dates | CalendarDays


@dataclass(frozen=True, slots=True)
class Span:
    """Days, any of them, and the times on each of them.

    Args:
        days: at least one.
        times: pairs of minutes since midnight, the start included, the end excluded. The start is 0 to 1,439, the
            end 0 to 1,440 and not the start; an end before its start lies on the next day. None means the whole day.
    """

    days: tuple[Days, ...]
    times: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if not self.days:
            message = "a span has at least one day"
            raise ValueError(message)
        for start, end in self.times:
            if not (0 <= start < MINUTES_A_DAY and 0 <= end <= MINUTES_A_DAY and start != end):
                message = f"no time of day: {start} to {end}"
                raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans on the wall clock of a zone.

    Args:
        spans: an instant is inside when it is inside any of them.
        zone: whose wall clock is compared.
        calendar: ISO country code; needed when a span says ``workdays`` or ``holidays``.
    """

    spans: tuple[Span, ...]
    zone: ZoneInfo
    calendar: str | None = None

    def __post_init__(self) -> None:
        if self.calendar is None and self.needs_calendar:
            message = "workdays and holidays need a calendar"
            raise ValueError(message)

    @property
    def needs_calendar(self) -> bool:
        """Whether a span says ``workdays`` or ``holidays``."""
        return any(isinstance(days, CalendarDays) for span in self.spans for days in span.days)

    @property
    def last_date(self) -> date | None:
        """The last date on which a span can begin when all of them are dates, else None: hours without an end."""
        lasts = [days.last if isinstance(days, Dates) else None for span in self.spans for days in span.days]
        known = [last for last in lasts if last is not None]
        return max(known) if known and len(known) == len(lasts) else None

    def contains(self, instant: datetime) -> bool:
        """Return whether ``instant`` lies inside, by the wall clock of the zone at that instant.

        So an hour that the clock shows twice counts twice, and one that it skips never.

        Raises:
            ValueError: ``instant`` has no zone.
        """
        if instant.tzinfo is None:
            message = "an instant needs a zone"
            raise ValueError(message)
        try:
            wall = instant.astimezone(self.zone)
        except OverflowError:
            return False
        day, minute = wall.date(), wall.hour * 60 + wall.minute
        return any(self._span_holds(span, day, minute) for span in self.spans)

    def _span_holds(self, span: Span, day: date, minute: int) -> bool:
        if not span.times:
            return self._day_holds(span, day)
        for start, end in span.times:
            if start < end:
                inside = start <= minute < end and self._day_holds(span, day)
            else:
                inside = (minute >= start and self._day_holds(span, day)) or (
                    minute < end and day > date.min and self._day_holds(span, day - timedelta(days=1))
                )
            if inside:
                return True
        return False

    def _day_holds(self, span: Span, day: date) -> bool:
        for days in span.days:
            match days:
                case Weekdays():
                    inside = days.holds(day.weekday())
                case Dates(first, last):
                    inside = first <= day <= last
                case CalendarDays.WORKDAYS:
                    inside = is_workday(self._code, day)
                case CalendarDays.HOLIDAYS:
                    inside = is_holiday(self._code, day)
            if inside:
                return True
        return False

    @property
    def _code(self) -> str:
        if self.calendar is None:
            message = "workdays and holidays need a calendar"
            raise ValueError(message)
        return self.calendar
