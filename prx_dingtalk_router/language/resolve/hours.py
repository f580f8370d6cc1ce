"""Hours: dates, times, zones and calendars checked (language.md section 6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from prx_dingtalk_router.calendar.holidays import calendar_exists, nearest_calendar
from prx_dingtalk_router.calendar.hours import (
    DAY_NAMES,
    MINUTES_A_DAY,
    CalendarDays,
    Dates,
    Days,
    Hours,
    Span,
    Weekdays,
)
from prx_dingtalk_router.calendar.zones import nearest_zone, parse_zone
from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.missing_calendar import MissingCalendar
from prx_dingtalk_router.language.diagnostics.unknown_calendar import UnknownCalendar
from prx_dingtalk_router.language.diagnostics.unknown_zone import UnknownZone
from prx_dingtalk_router.language.diagnostics.wrong_date import WrongDate
from prx_dingtalk_router.language.diagnostics.wrong_time import WrongTime
from prx_dingtalk_router.language.resolve.inventory import WrittenHours
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.source import Span as Written
from prx_dingtalk_router.language.syntax.ast import DaysNode, HoursNode, Name, SpanNode, String, TimesNode

CALENDAR_WORDS = frozenset(days.value for days in CalendarDays)


@dataclass(slots=True)
class HoursResolver:
    """Turns written hours into ones that can be asked; each declaration once."""

    names: Names
    context: CheckContext
    diagnostics: Diagnostics
    written: list[WrittenHours] = field(default_factory=list)
    """All that are in order."""
    _declared: dict[str, Hours | None] = field(default_factory=dict)

    def declared(self) -> None:
        """Check all declared hours, used or not."""
        for node in self.names.spaces.get("hours", {}).values():
            assert isinstance(node, HoursNode)
            self._of_declaration(node)

    def during(self, written: Name | SpanNode) -> Hours | None:
        """Return the hours of a ``during``: by name, or a span written out in the configured zone."""
        if isinstance(written, SpanNode):
            return self._hours((written,), None, None, written.span)
        node = self.names.find("hours", written, HoursNode)
        return self._of_declaration(node) if node is not None else None

    def _of_declaration(self, node: HoursNode) -> Hours | None:
        name = node.name.value
        if name not in self._declared:
            with self.diagnostics.within(self.names.home("hours", name)):
                self._declared[name] = self._hours(node.spans, node.calendar, node.zone, node.name.span)
        return self._declared[name]

    def _hours(
        self, spans: tuple[SpanNode, ...], calendar: String | None, zone: String | None, place: Written
    ) -> Hours | None:
        before = self.diagnostics.error_count
        clock = self._zone(zone, place)
        country = self._calendar(spans, calendar)
        resolved = [self._span(span) for span in spans]
        if clock is None or self.diagnostics.error_count > before:
            return None
        hours = Hours(tuple(span for span in resolved if span is not None), clock, country or None)
        timed = [(self.diagnostics.place(span.span), bool(span.times)) for span in spans]
        self.written.append(WrittenHours(self.diagnostics.place(place), timed, hours))
        return hours

    def _zone(self, zone: String | None, place: Written) -> ZoneInfo | None:
        name = zone.value if zone is not None else self.context.zone
        clock = parse_zone(name)
        if clock is None:
            near = nearest_zone(name)
            where = zone.span if zone is not None else place
            self.diagnostics.add(UnknownZone(where, name, near, written=zone is not None))
        return clock

    def _calendar(self, spans: tuple[SpanNode, ...], calendar: String | None) -> str:
        """Return the country whose calendar counts; empty where none is named or needed."""
        country = calendar.value if calendar is not None else self.context.calendar
        if calendar is not None and not calendar_exists(country):
            self.diagnostics.add(UnknownCalendar(calendar.span, country, nearest_calendar(country)))
            return ""
        needing = [days for span in spans for days in span.days if days.first in CALENDAR_WORDS]
        if needing and not country:
            self.diagnostics.add(MissingCalendar(needing[0].span, needing[0].first))
        return country if needing else ""

    def _span(self, node: SpanNode) -> Span | None:
        days = [self._days(each) for each in node.days]
        times = [self._times(each) for each in node.times]
        if None in days or None in times:
            return None
        return Span(
            tuple(each for each in days if each is not None),
            tuple(each for each in times if each is not None),
        )

    def _days(self, node: DaysNode) -> Days | None:
        if node.first in CALENDAR_WORDS:
            return CalendarDays(node.first)
        if node.first == "daily":
            return Weekdays(0, 6)
        if node.first in DAY_NAMES:
            return Weekdays(DAY_NAMES.index(node.first), DAY_NAMES.index(node.last or node.first))
        try:
            first = date.fromisoformat(node.first)
            last = date.fromisoformat(node.last or node.first)
        except ValueError:
            self.diagnostics.add(WrongDate(node.span, "none", self.diagnostics.written(node.span)))
            return None
        if last < first:
            self.diagnostics.add(WrongDate(node.span, "backwards", self.diagnostics.written(node.span)))
            return None
        return Dates(first, last)

    def _times(self, node: TimesNode) -> tuple[int, int] | None:
        start, end = _minutes(node.start), _minutes(node.end)
        if start is None or end is None or start == MINUTES_A_DAY:
            padded, written = f"{node.start.zfill(5)}-{node.end.zfill(5)}", f"{node.start}-{node.end}"
            wrong = WrongTime(node.span, "none", written)
            if _is_range(padded):
                wrong = WrongTime(node.span, "form", written, padded)
            self.diagnostics.add(wrong)
            return None
        if start == end:
            self.diagnostics.add(WrongTime(node.span, "nothing", f"{node.start}-{node.end}"))
            return None
        return start, end


def _is_range(written: str) -> bool:
    """Return whether two times are written as they should be, and are times of a day."""
    start, end = map(_minutes, written.split("-"))
    return start is not None and end is not None and start not in (end, MINUTES_A_DAY)


def _minutes(written: str) -> int | None:
    """Minutes since midnight of ``HH:MM``; ``24:00`` is the end of the day."""
    hours, _, minutes = written.partition(":")
    if len(hours) != 2 or int(minutes) > 59:
        return None
    total = int(hours) * 60 + int(minutes)
    return total if total <= MINUTES_A_DAY else None
