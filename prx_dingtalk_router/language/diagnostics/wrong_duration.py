"""PRX305 wrong-duration."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class WrongDuration(Diagnostic, frozen=True):
    """A duration that is no time, or that nothing can wait for.

    What: A duration of zero, or one that is not a whole number with a unit.
    Why: A window or a time limit of no length would let nothing pass, and a fraction of a unit can be written as a
        whole number of a smaller one.
    Wrong:
        rule hello when text is "hello" then reply "hello" at most 1 per 0s
    Right:
        rule hello when text is "hello" then reply "hello" at most 1 per 30s
    Fix: Write a whole number above 0 directly before its unit: ``30s``, ``10m``, ``2h``, ``1d``. An hour and a
        half is ``90m``.
    """

    page_zh = """
    时长不能用。

    是什么：时长是零，或者不是“整数加单位”。
    为什么：零长度的时间里什么也做不了；带小数的时长可以换成更小的单位，例如一个半小时是 `90m`。
    错误写法：
        rule hello when text is "你好" then reply "您好" at most 1 per 0s
    正确写法：
        rule hello when text is "你好" then reply "您好" at most 1 per 30s
    怎么改：写一个大于 0 的整数，后面紧跟单位：`30s`（秒）、`10m`（分）、`2h`（小时）、`1d`（天）。
    """

    code = "PRX305"
    severity = "error"
    sentence = Entry(zh="`{found}` 不是可用的时长", en="`{found}` is no duration that can be used")
    advice = Entry(
        zh="写一个大于 0 的整数加单位，例如 `30s`、`10m`、`2h`",
        en="write a whole number above 0 and a unit: `30s`, `10m`, `2h`",
    )

    found: str
    instead: str | None = None
    """The same duration as it can be written."""

    def fix(self) -> Fix | None:
        """Write the same duration in the right form."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
