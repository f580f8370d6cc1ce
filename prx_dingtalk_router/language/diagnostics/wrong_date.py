"""PRX315 wrong-date."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix

DateReason = Literal["form", "none", "backwards", "year", "order", "moments"]

REASONS = {
    "form": Entry(zh="`{found}` 要写成 `{instead}`", en="`{found}` is to be written `{instead}`"),
    "year": Entry(
        zh="`{found}` 没有年份，要写明是哪一年", en="`{found}` has no year; say which one is meant"
    ),
    "order": Entry(
        zh="`{found}` 分不清哪个是月、哪个是日，要按年-月-日写",
        en="in `{found}` day and month cannot be told apart; the year comes first, then the month",
    ),
    "moments": Entry(
        zh="`{found}` 是从某日某时到某日某时；这里只能写哪几天，以及这几天里每天的几点到几点",
        en="`{found}` is from one moment to another; only days can be written here, and times on each of them",
    ),
    "none": Entry(zh="没有 `{found}` 这一天", en="there is no day `{found}`"),
    "backwards": Entry(zh="结束早于开始", en="it ends before it begins"),
}


class WrongDate(Diagnostic, frozen=True):
    """A date that no calendar has, or a range of dates that ends before it begins.

    What: A day that does not exist, or two dates in the wrong order.
    Why: No message is ever written on such a day, so a rule that asks for it would never hold.
    Wrong:
        hours festival = 2026-09-31..2026-10-07
        rule closed when during festival then reply "closed"
    Right:
        hours festival = 2026-09-30..2026-10-07
        rule closed when during festival then reply "closed"
    Fix: See how many days the month has (September has 30), and write the earlier date first:
        ``2026-09-30..2026-10-07``.
    """

    page_zh = """
    日期不存在，或前后颠倒。

    是什么：日历上没有这一天，或者一段日期的结束早于开始。
    为什么：没有消息会写在这样的日子里，用到它的规则永远不成立。
    错误写法：
        hours festival = 2026-09-31..2026-10-07
        rule closed when during festival then reply "放假了"
    正确写法：
        hours festival = 2026-09-30..2026-10-07
        rule closed when during festival then reply "放假了"
    怎么改：核对月份有几天（9 月没有 31 日）；一段日期从早到晚写：`2026-09-30..2026-10-07`。
    """

    code = "PRX315"
    severity = "error"
    sentence = Entry(zh="日期有误：{why}", en="this date is wrong: {why}")
    advice = Entry(
        zh="日期写作 `2027-02-05`，一段日期写作 `2027-02-05..2027-02-12`",
        en="a date is written `2027-02-05`, a range `2027-02-05..2027-02-12`",
    )

    reason: DateReason
    found: str
    instead: str | None = None
    """The same dates as they can be written."""

    @property
    def why(self) -> Wording:
        """The reason, for people."""
        return Wording(REASONS[self.reason], {"found": self.found, "instead": self.instead or ""})

    def fix(self) -> Fix | None:
        """Write the same dates in the right form."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
