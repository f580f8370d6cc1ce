"""Facts as plain data, to be kept from one check to the next: they are numbered as before, so what is said by numbers stays true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from prx_dingtalk_router.calendar.hours import CalendarDays, Dates, Days, Hours, Weekdays
from prx_dingtalk_router.calendar.hours import Span as HoursSpan
from prx_dingtalk_router.language.ruleset import (
    Compare,
    During,
    FlagIsSet,
    IsEmpty,
    Matches,
    Operator,
    Subject,
)
from prx_dingtalk_router.language.semantics.facts import Fact, NormalForm, Share, Whole
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.message import FIELDS
from prx_dingtalk_router.regex.engine import Regex

NOWHERE = Span(0, 0)


class _Stored(Struct, frozen=True, tag=True, array_like=True, gc=False):
    """A fact, or a part of one."""


class _Compare(_Stored, frozen=True, gc=False):
    field: str
    operator: Operator
    literals: tuple[str, ...]


class _Regex(_Stored, frozen=True, gc=False):
    source: str
    ignore_case: bool
    group_names: tuple[str, ...]
    certain_groups: frozenset[str]
    needs_characters: bool


class _Matches(_Stored, frozen=True, gc=False):
    field: str
    regexes: tuple[_Regex, ...]


class _FlagIsSet(_Stored, frozen=True, gc=False):
    field: str


class _IsEmpty(_Stored, frozen=True, gc=False):
    field: str


class _Weekdays(_Stored, frozen=True, gc=False):
    first: int
    last: int


class _Dates(_Stored, frozen=True, gc=False):
    first: date
    last: date


class _CalendarDays(_Stored, frozen=True, gc=False):
    days: CalendarDays


class _Span(_Stored, frozen=True, gc=False):
    days: tuple[_Weekdays | _Dates | _CalendarDays, ...]
    times: tuple[tuple[int, int], ...]


class _During(_Stored, frozen=True, gc=False):
    spans: tuple[_Span, ...]
    zone: str
    calendar: str | None


class _Share(_Stored, frozen=True, gc=False):
    rule: str
    subject: Subject
    hundredths: int


class _Whole(_Stored, frozen=True, gc=False):
    form: NormalForm


StoredFact = _Compare | _Matches | _FlagIsSet | _IsEmpty | _During | _Share | _Whole


def stored(fact: Fact) -> StoredFact:
    """Return what is kept of a fact."""
    match fact:
        case Compare():
            return _Compare(fact.field.name, fact.operator, fact.literals)
        case Matches():
            return _Matches(fact.field.name, tuple(map(_stored_regex, fact.regexes)))
        case FlagIsSet():
            return _FlagIsSet(fact.field.name)
        case IsEmpty():
            return _IsEmpty(fact.field.name)
        case During(hours=hours):
            spans = (_Span(tuple(map(_stored_days, span.days)), span.times) for span in hours.spans)
            return _During(tuple(spans), hours.zone.key, hours.calendar)
        case Share():
            return _Share(fact.rule, fact.subject, fact.hundredths)
        case Whole():
            return _Whole(fact.form)


def restored(facts: Iterable[StoredFact]) -> list[Fact]:
    """Return facts again, in their order.

    Raises:
        ValueError: they are none that this program keeps.
    """
    try:
        return list(map(_restored, facts))
    except (LookupError, OSError) as problem:
        raise ValueError(str(problem)) from problem


def _restored(kept: StoredFact) -> Fact:
    match kept:
        case _Compare():
            return Compare(NOWHERE, FIELDS[kept.field], kept.operator, kept.literals)
        case _Matches():
            return Matches(NOWHERE, FIELDS[kept.field], tuple(map(_restored_regex, kept.regexes)))
        case _FlagIsSet():
            return FlagIsSet(NOWHERE, FIELDS[kept.field])
        case _IsEmpty():
            return IsEmpty(NOWHERE, FIELDS[kept.field])
        case _During():
            spans = (HoursSpan(tuple(map(_restored_days, span.days)), span.times) for span in kept.spans)
            return During(NOWHERE, Hours(tuple(spans), ZoneInfo(kept.zone), kept.calendar))
        case _Share():
            return Share(kept.rule, kept.subject, kept.hundredths)
        case _Whole():
            return Whole(kept.form)


def _stored_regex(regex: Regex) -> _Regex:
    return _Regex(
        regex.source, regex.ignore_case, regex.group_names, regex.certain_groups, regex.needs_characters
    )


def _restored_regex(kept: _Regex) -> Regex:
    return Regex(kept.source, kept.ignore_case, kept.group_names, kept.certain_groups, kept.needs_characters)


def _stored_days(days: Days) -> _Weekdays | _Dates | _CalendarDays:
    match days:
        case Weekdays():
            return _Weekdays(days.first, days.last)
        case Dates():
            return _Dates(days.first, days.last)
        case CalendarDays():
            return _CalendarDays(days)


def _restored_days(kept: _Weekdays | _Dates | _CalendarDays) -> Days:
    match kept:
        case _Weekdays():
            return Weekdays(kept.first, kept.last)
        case _Dates():
            return Dates(kept.first, kept.last)
        case _CalendarDays():
            return kept.days
