"""A run of days, dates and times as people write them: ``周一至周五 9点到18点``, ``9:00-12:00、13:30-18:00``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from prx_dingtalk_router.language.diagnostics.wrong_date import DateReason
from prx_dingtalk_router.language.syntax.recovery.date_range import dates_at
from prx_dingtalk_router.language.syntax.recovery.day_words import days_at
from prx_dingtalk_router.language.syntax.recovery.time_range import times_at

_BETWEEN_TIMES = re.compile(r"[ \t]*(?:[、,;和与及&]|\band\b)?[ \t]*", re.IGNORECASE)
_BETWEEN = re.compile(r"[ \t]*(?:[、;和与及&的]|\band\b)?[ \t]*", re.IGNORECASE)
WHOLE_DAY = "daily"
_SOME_DAY, _SOME_TIMES = "9999-01-01", "00:00-24:00"


class Part(NamedTuple):
    """One part of a phrase.

    Args:
        kind: what it is.
        start: where it begins in the line.
        end: where it ends.
        meant: how it is to be written; None where that cannot be told.
        flaw: what is wrong with dates.
        surely: whether it can be read in one way only.
        alone: whether it is one time and not two.
    """

    kind: Literal["dates", "days", "times"]
    start: int
    end: int
    meant: str | None
    flaw: DateReason = "form"
    surely: bool = True
    alone: bool = False


def phrase_at(line: str, at: int) -> list[Part]:
    """Return the parts of a phrase in a line of compatibility form, in written order; none where there is none.

    Args:
        line: the line.
        at: where it begins.
    """
    parts: list[Part] = []
    while (part := _part(line, at)) is not None:
        if parts and not _goes_on(line, parts[-1], part):
            break
        parts.append(part)
        between = (_BETWEEN_TIMES if part.kind == "times" else _BETWEEN).match(line, part.end)
        at = between.end() if between is not None else part.end
    return parts


def is_well_joined(line: str, parts: Sequence[Part]) -> bool:
    """Tell whether days come before times, and nothing but blanks stands between the parts."""
    gaps = [line[one.end : other.start] for one, other in pairwise(parts)]
    return is_sorted(parts) and all(map(str.isspace, gaps))


def is_joined_by_commas(line: str, parts: Sequence[Part]) -> bool:
    """Tell whether days come before times, and nothing but blanks and commas stands between the parts."""
    gaps = [line[one.end : other.start] for one, other in pairwise(parts)]
    return is_sorted(parts) and all(gap and not gap.strip(" \t,") for gap in gaps)


def is_sorted(parts: Sequence[Part]) -> bool:
    """Tell whether days come before times."""
    kinds = [part.kind == "times" for part in parts]
    return kinds == sorted(kinds)


def in_order(parts: Sequence[Part]) -> str:
    """Return a phrase as it is to be written: days, then times."""
    return " ".join(in_order_words(parts))


def in_order_words(parts: Sequence[Part]) -> list[str]:
    """Return the words of a phrase as it is to be written; something in the place of a part whose meaning is not clear."""
    days = [word for part in parts if part.kind != "times" for word in (part.meant or _SOME_DAY).split()]
    times = [part.meant or _SOME_TIMES for part in parts if part.kind == "times"]
    if len(days) > 1:
        days = [day for day in days if day != WHOLE_DAY] or [WHOLE_DAY]  # as in "mon-fri, 24 hours"
    return [*days, *times]


def _part(line: str, at: int) -> Part | None:
    found: list[Part] = []
    if (dates := dates_at(line, at)) is not None:
        found.append(Part("dates", at, dates.end, dates.meant, dates.flaw))
    if (days := days_at(line, at)) is not None:
        found.append(Part("days", at, days.end, days.meant))
    if (times := times_at(line, at)) is not None:
        alone = times.meant is None and times.sign is None
        found.append(Part("times", at, times.end, times.meant, surely=times.surely, alone=alone))
    return max(found, key=lambda part: part.end, default=None)


def _goes_on(line: str, last: Part, part: Part) -> bool:
    """Tell whether a part belongs to the same span as the one before it: behind a comma only further times do."""
    gap = line[last.end : part.start]
    return "," not in gap or part.kind == last.kind == "times"
