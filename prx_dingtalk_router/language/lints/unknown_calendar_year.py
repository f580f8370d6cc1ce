"""Years whose make-up days are not published yet (language.md section 6)."""

from __future__ import annotations

from prx_dingtalk_router.calendar.holidays import calendar_known
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.unknown_calendar_year import UnknownCalendarYear
from prx_dingtalk_router.language.lints.linted_set import LintedSet


def unknown_calendar_year(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the hours, of this year and the next."""
    this_year = linted.context.current_date().year
    for written in linted.inventory.hours:
        country = written.hours.calendar
        if country:
            for year in (this_year, this_year + 1):
                if not calendar_known(country, year):
                    diagnostics.add(UnknownCalendarYear(written.place, country, year))
