"""PRX316 wrong-percentage."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class WrongPercentage(Diagnostic, frozen=True):
    """A percentage that is nothing, more than everything, or too fine.

    What: A percentage of zero, above one hundred, or with more than two decimals.
    Why: Shares are counted in hundredths of a per cent. Nobody is among zero per cent, and nobody can be among more
        than all.
    Wrong:
        rule canary when 0% of senders then reply "hello"
    Right:
        rule canary when 0.5% of senders then reply "hello"
    Fix: Write a share above 0% and up to 100%, with two decimals at most: ``0.5% of senders``.
    """

    page_zh = """
    比例不能用。

    是什么：比例是零、超过一百，或者小数超过两位。
    为什么：比例精确到万分之一。百分之零里没有人，也没有人多于全部。
    错误写法：
        rule canary when 0% of senders then reply "试用新功能"
    正确写法：
        rule canary when 0.5% of senders then reply "试用新功能"
    怎么改：写大于 0%、不超过 100% 的比例，最多两位小数，例如 `0.5% of senders`。
    """

    code = "PRX316"
    severity = "error"
    sentence = Entry(zh="`{found}` 不是可用的比例", en="`{found}` is no share that can be used")
    advice = Entry(
        zh="写大于 0%、不超过 100% 的比例，最多两位小数，例如 `0.5% of senders`",
        en="write a share above 0% and up to 100%, with two decimals at most, such as `0.5% of senders`",
    )

    found: str
    instead: str | None = None
    """The same percentage as it can be written."""

    def fix(self) -> Fix | None:
        """Write the same percentage in the right form."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
