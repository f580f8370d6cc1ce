"""PRX320 span-without-time."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Edit, Fix
from prx_dingtalk_router.language.source import Span


class SpanWithoutTime(Diagnostic, frozen=True):
    """Days without times beside days with times.

    What: Of the spans of ``hours`` some have times and one has none.
    Why: Without a time a span is the whole day. Beside others with times, that is mostly an omission.
    Wrong:
        hours office = mon-fri 09:00-18:00, sat
        rule closed when not during office then drop
    Right:
        hours office = mon-fri 09:00-18:00, sat 10:00-12:00
        rule closed when not during office then drop
    Fix: Add its times, as in ``sat 10:00-12:00``; if the whole day is meant, write ``sat 00:00-24:00``.
    """

    page_zh = """
    有的日子写了时间，有的没写。

    是什么：同一条 `hours` 里，有几段写了时间，有一段没写。
    为什么：没写时间表示全天。和写了时间的放在一起，多半是漏了。
    怎么改：补上时间，例如 `sat 10:00-12:00`；确实是全天就写 `sat 00:00-24:00`。
    """

    code = "PRX320"
    severity = "warning"
    sentence = Entry(zh="这一段没有写时间，表示全天", en="this span has no time, so it is the whole day")
    advice = Entry(
        zh="补上时间；时间相同的几天用空格隔开，不用逗号（`mon tue wed 09:00-18:00`）；确实要全天，请单独写成一条 `hours`",
        en="add its times; days with the same times have blanks between them, not commas (`mon tue wed 09:00-18:00`); "
        "if the whole day is meant, declare it as `hours` of its own",
    )

    gaps: tuple[Span, ...] = ()
    """The commas between days of which only the last have times, where all of them may be meant."""

    def fix(self) -> Fix | None:
        """Give the days in one row the same times."""
        return Fix(tuple(Edit(gap, " ") for gap in self.gaps), SUGGESTED) if self.gaps else None
