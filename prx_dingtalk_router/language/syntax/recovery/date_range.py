"""Dates as people write and join them: ``2027/2/5-2027/2/12``, ``2027年2月5日至12日`` (language.md section 6)."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple

from prx_dingtalk_router.language.syntax.recovery.time_range import JOINT

DateFlaw = Literal["form", "none", "backwards", "year", "order", "moments"]
"""What is wrong: how they are written, that there is no such day, that they end before they begin, that they have no year, that
day and month cannot be told apart, that a time belongs to each of them."""

_DATE = (
    r"(?P<{0}y>[0-9]{{4}})[ \t]*(?:(?P<{0}s>[-/.])(?P<{0}m>[0-9]{{1,2}})(?P={0}s)(?P<{0}d>[0-9]{{1,2}})"
    r"|年[ \t]*(?P<{0}m2>[0-9]{{1,2}})月(?P<{0}d2>[0-9]{{1,2}})[日号]?|(?P<{0}m3>[0-9]{{2}})(?P<{0}d3>[0-9]{{2}}))"
)
_TIME = r"[ \t]+[0-9]{1,2}[:点][0-9]{0,2}(?:分)?"
_JOINT = rf"[ \t]*(?:{JOINT}|\bto\b|\buntil\b)[ \t]*"
_SHORT_END = r"(?:(?P<em>[0-9]{1,2})(?:月|[-/.]))?(?P<ed>[0-9]{1,2})[日号]?"
_END = r"(?![0-9:%]|[-/.年月][0-9])"
_FULL = re.compile(rf"{_DATE.format('a')}(?:{_JOINT}{_DATE.format('b')})?{_END}")
_SHORT = re.compile(rf"{_DATE.format('a')}{_JOINT}{_SHORT_END}{_END}")
_WITH_TIMES = re.compile(rf"{_DATE.format('a')}{_TIME}{_JOINT}{_DATE.format('b')}(?:{_TIME})?{_END}")
_NO_YEAR = re.compile(
    rf"[0-9]{{1,2}}月[0-9]{{1,2}}[日号]?(?:{_JOINT}(?:[0-9]{{1,2}}月)?[0-9]{{1,2}}[日号]?)?{_END}"
    rf"|[0-9]{{1,2}}/[0-9]{{1,2}}(?:{_JOINT}[0-9]{{1,2}}/[0-9]{{1,2}})?{_END}"
)
_YEAR_LAST = re.compile(
    rf"[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{4}}(?:{_JOINT}[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{4}})?{_END}"
)


class WrittenDates(NamedTuple):
    """A date or a range of dates as people wrote them: where they end in the line, the dates as they are to be, and what is wrong."""

    end: int
    meant: str | None
    flaw: DateFlaw


def dates_at(line: str, at: int) -> WrittenDates | None:
    """Read dates in a line of compatibility form; None where there are none.

    Args:
        line: the line.
        at: where they begin.
    """
    if found := _WITH_TIMES.match(line, at):
        return WrittenDates(found.end(), None, "moments")
    full, short = _FULL.match(line, at), _SHORT.match(line, at)
    if full is not None and (short is None or short.end() <= full.end()):
        found = full
        first = _day(found, "a")
        last = _day(found, "b") if found["by"] else first
        return _range(found.end(), first, last, one=not found["by"])
    if short is not None:
        found = short
        first = _day(found, "a")
        last = None
        if first is not None:
            last = _date(first.year, int(found["em"] or first.month), int(found["ed"]))
        return _range(found.end(), first, last, one=False)
    for expression, flaw in ((_YEAR_LAST, "order"), (_NO_YEAR, "year")):
        if found := expression.match(line, at):
            return WrittenDates(found.end(), None, "order" if flaw == "order" else "year")
    return None


def _range(end: int, first: date | None, last: date | None, *, one: bool) -> WrittenDates:
    if first is None or last is None:
        return WrittenDates(end, None, "none")
    if last < first:
        return WrittenDates(end, None, "backwards")
    return WrittenDates(end, f"{first}" if one else f"{first}..{last}", "form")


def _day(found: re.Match[str], name: str) -> date | None:
    month = found[f"{name}m"] or found[f"{name}m2"] or found[f"{name}m3"]
    day = found[f"{name}d"] or found[f"{name}d2"] or found[f"{name}d3"]
    return _date(int(found[f"{name}y"]), int(month), int(day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
