"""PRX314 wrong-time."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, SUGGESTED, Fix
from prx_dingtalk_router.language.source import Span

REASONS = {
    "none": Entry(
        zh="没有 `{found}` 这样的时间，结束最晚是 `24:00`",
        en="there is no time `{found}`; the latest end is `24:00`",
    ),
    "wide": Entry(
        zh="`{found}` 里有全角字符，要用英文输入法输入", en="`{found}` holds full-width characters"
    ),
    "sign": Entry(
        zh="两个时间之间要写 `-`，不是 `{found}`", en="two times are joined by `-`, not by `{found}`"
    ),
    "form": Entry(zh="`{found}` 要写成 `{example}`", en="`{found}` is to be written `{example}`"),
    "alone": Entry(
        zh="`{found}` 只是一个时间，要写从几点到几点",
        en="`{found}` is one time only; say from when until when",
    ),
    "nothing": Entry(
        zh="开始和结束相同；全天请不写时间", en="it ends when it starts; for the whole day write no time"
    ),
    "no-days": Entry(
        zh="时间前面要先写日子，例如 `{example}`", en="days come before times, such as `{example}`"
    ),
    "after-comma": Entry(
        zh="逗号后面是新的一段，要先写日子；同一天的几段时间用空格隔开，不用逗号",
        en="a comma begins another span, which needs days of its own; times of the same days stand side by side, without one",
    ),
}
EXAMPLE = "daily 09:00-18:00"


class WrongTime(Diagnostic, frozen=True):
    """Times that no day has, in a form of their own, or without the days that they belong to.

    What: Two times of a day are not written as ``HH:MM-HH:MM``, are the same, lie beyond the end of the day, or have no
        days before them.
    Why: A time belongs to days and is read in one way only. What is written in another way could mean another time.
    Wrong:
        hours office = mon-fri 9:00-25:00
        rule closed when not during office then reply "closed"
    Right:
        hours office = mon-fri 09:00-23:00
        rule closed when not during office then reply "closed"
    Fix: Write days, then two digits in 24 hours: ``mon-fri 09:00-18:00``. Over midnight it is ``mon-fri 22:00-06:00``;
        the end of the day is ``24:00``.
    """

    page_zh = """
    时间写得不对。

    是什么：时间不是 `HH:MM-HH:MM` 的样子、开始和结束相同、超过了一天的结尾，或者前面没有写是哪些天。
    为什么：时间要跟在日子后面，而且只有一种写法；写法不固定，就可能读成另一个时间。
    错误写法：
        hours office = mon-fri 9:00-25:00
        rule closed when not during office then reply "下班了"
    正确写法：
        hours office = mon-fri 09:00-23:00
        rule closed when not during office then reply "下班了"
    怎么改：写两位数字的 24 小时制，例如 `mon-fri 09:00-18:00`。跨夜的写 `mon-fri 22:00-06:00`；一天的结尾是
        `24:00`。
    """

    code = "PRX314"
    severity = "error"
    sentence = Entry(zh="时间有误：{why}", en="this time is wrong: {why}")
    advice = Entry(
        zh="时间写作 `09:00-18:00`（24 小时制，两位数字）",
        en="times are written `09:00-18:00`, in 24 hours and two digits",
    )

    reason: Literal["none", "wide", "sign", "form", "nothing", "no-days", "after-comma", "alone"]
    found: str = ""
    """The times; for ``sign`` what stands between them."""
    instead: str | None = None
    """What is to be written there: the same times; with days, where they lack them; what is left of the comma."""
    comma: Span | None = None
    """The comma that begins a span without days."""
    surely: bool = True
    """Whether the times can be read in one way only."""

    @property
    def why(self) -> Wording:
        """The reason, for people."""
        return Wording(REASONS[self.reason], {"found": self.found, "example": self.instead or EXAMPLE})

    def fix(self) -> Fix | None:
        """Write the same times in the right form, or those of the same days side by side; which days is a guess."""
        if self.instead is None:
            return None
        is_sure = self.surely and self.reason != "no-days"
        return Fix.replacing(self.comma or self.span, self.instead, SAFE if is_sure else SUGGESTED)
