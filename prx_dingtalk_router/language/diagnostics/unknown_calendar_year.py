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
    Fix: Install a newer prx-router once the State Council has published the days, mostly in November of the
        year before; until then write the days that are worked instead as dates: ``hours makeup = 2027-02-14
        09:00-18:00``.
    """

    page_zh = """
    这一年的调休安排还没有公布。

    是什么：规则用到了中国今年或明年的工作日或节假日，而本程序还不知道国务院对那一年的放假安排。
    为什么：在知道之前，只能按普通的周六、周日休息来算，调休上班的日子会算错。
    怎么改：国务院公布以后（一般在前一年 11 月）升级 prx-router。等不及的话，把调休上班的日子直接写进
        `hours`，例如 `hours makeup = 2027-02-14 09:00-18:00`。
    """

    code = "PRX322"
    severity = "note"
    sentence = Entry(
        zh="{country} {year} 年的调休安排还不知道，届时按普通周末计算",
        en="the make-up days of {country} in {year} are not known yet; plain weekends count until then",
    )
    advice = Entry(
        zh="国务院公布安排后升级 prx-router；等不及就把调休上班的日子写成日期，例如 `hours makeup = {year}-02-14 09:00-18:00`",
        en="install a newer prx-router once they are published; until then write the days that are worked as dates, such as `hours makeup = {year}-02-14 09:00-18:00`",
    )

    country: str
    year: int
