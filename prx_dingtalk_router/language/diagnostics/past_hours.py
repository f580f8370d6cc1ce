"""PRX309 past-hours."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class PastHours(Diagnostic, frozen=True):
    """Hours that are over.

    What: All dates of ``hours`` lie before today.
    Why: They never come again, so no message falls into them.
    Wrong:
        hours festival = 2025-01-28..2025-02-04
        rule closed when during festival then drop
    Right:
        hours festival = 2027-02-05..2027-02-12
        rule closed when during festival then drop
    Fix: Enter this year's dates or the next, such as ``2027-02-05..2027-02-12``, or remove the hours and the
        rules that use them.
    """

    page_zh = """
    这段日期已经过去了。

    是什么：`hours` 里的日期全部在今天以前。
    为什么：它们不会再来，没有消息会落在里面。
    怎么改：改成今年或明年的日期，例如 `2027-02-05..2027-02-12`；不再需要就删去这条 `hours` 和用到它的规则。
    """

    code = "PRX309"
    severity = "warning"
    sentence = Entry(zh="这些日期最晚到 {date}，已经全部过去", en="these dates end on {date}, which is past")
    advice = Entry(zh="改成新的日期，或删去这条 `hours`", en="enter new dates, or remove these hours")

    date: str
    """The last of them."""
