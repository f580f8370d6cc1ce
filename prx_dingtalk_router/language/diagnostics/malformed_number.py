"""PRX109 malformed-number."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class MalformedNumber(Diagnostic, frozen=True):
    """A number in a form that the language does not know.

    What: Something that begins like a number is no whole number, duration, percentage, date or time.
    Why: A number that can be read in two ways would sooner or later be read in the wrong one.
    Wrong:
        rule hi when text is "hi" then reply "hi" at most 2x per 1h
    Right:
        rule hi when text is "hi" then reply "hi" at most 2 per 1h
    Fix: Counts are whole numbers; durations ``500ms``, ``10s``, ``5m``, ``2h``, ``1d``; times ``09:00-18:00``;
        dates ``2027-02-05``; percentages ``10%``.
    """

    page_zh = """
    数字的写法看不懂。

    是什么：这里以数字开头，但不是整数、时长、比例、日期或时间中的任何一种。
    为什么：一个数字如果有两种读法，迟早会读错，所以每种只有一种写法。
    错误写法：
        rule hi when text is "你好" then reply "您好" at most 2次 per 1h
    正确写法：
        rule hi when text is "你好" then reply "您好" at most 2 per 1h
    怎么改：次数写整数 `2`；时长写 `500ms`、`10s`（秒）、`5m`（分）、`2h`（小时）、`1d`（天）；时间写
        `09:00-18:00`；日期写 `2027-02-05`；比例写 `10%`。
    """

    code = "PRX109"
    severity = "error"
    sentence = Entry(
        zh="看不懂 `{found}`", en="`{found}` is not a number, duration, percentage, date or time"
    )
    advice = Entry(
        zh="时长写作 `500ms`、`10s`、`5m`、`2h`、`1d`，时间写作 `09:00-18:00`，日期写作 `2027-02-05`，比例写作 `10%`",
        en="durations are `500ms`, `10s`, `5m`, `2h`, `1d`, times `09:00-18:00`, dates `2027-02-05`, percentages `10%`",
    )

    found: str
    instead: str | None = None
    """The same number in characters that can be used."""

    def fix(self) -> Fix | None:
        """Write the same number in ordinary characters."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
