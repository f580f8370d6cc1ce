"""PRX322 unknown-calendar-year."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UnknownCalendarYear(Diagnostic, frozen=True):
    """A year whose make-up days are not published yet.

    What: ``workdays`` or ``holidays`` of China are asked for in this year or the next, and the notice of the State
        Council for that year is not known to this version of the program.
    Why: Until it is, ordinary weekends count, and the days that are worked instead are missing.
    Wrong:
        hours office = workdays 09:00-18:00 calendar "CN"
        rule closed when not during office then drop
    Right:
        hours office = mon-fri 09:00-18:00
        rule closed when not during office then drop
    """

    code = "PRX322"
    severity = "warning"
    sentence = Entry(
        zh="{country} {year} 年的调休安排还不知道，届时按普通周末计算",
        en="the make-up days of {country} in {year} are not known yet; plain weekends count until then",
    )
    advice = Entry(
        zh="国务院公布安排后升级 prx-router 即可；等不及可用日期写出调休的日子",
        en="install a newer prx-router once they are published; until then, dates can be written out",
    )

    country: str
    year: int
