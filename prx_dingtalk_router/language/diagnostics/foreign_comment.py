"""PRX119 foreign-comment."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class ForeignComment(Diagnostic, frozen=True):
    """A comment that begins with ``//`` or a full-width ``＃``.

    What: A remark is written as in another language.
    Why: A comment begins with ``#``. The line is passed over all the same.
    Wrong:
        // 报销
        rule expenses when text contains "报销" then agent expenses
    Right:
        # 报销
        rule expenses when text contains "报销" then agent expenses
    Fix: Write ``#`` for it. ``prx-router validate --fix`` does it for you.
    """

    page_zh = """
    注释用了别的语言的写法。

    是什么：注释（写给人看、程序跳过的话）写成了 `//` 或全角的 `＃`。
    为什么：这里的注释以 `#` 开头。这一行已经按注释跳过，没有影响别的内容。
    怎么改：把 `//` 或 `＃` 换成 `#`。`prx-router validate --fix` 可以替您换好。
    """

    code = "PRX119"
    severity = "error"
    sentence = Entry(zh="注释不用 `{sign}`，要用 `#`", en="comments begin with `#`, not `{sign}`")
    advice = Entry(zh="把 `{sign}` 换成 `#`", en="write `#` instead of `{sign}`")

    found: str
    alone: bool
    """Whether nothing stands before it on its line."""

    @property
    def sign(self) -> str:
        """What it begins with."""
        return "//" if self.found.startswith("//") else self.found[0]

    def fix(self) -> Fix | None:
        """Begin it with ``#``; ``//`` behind something else may have been meant as an expression."""
        if self.sign == "//" and not self.alone:
            return None
        return Fix.replacing(self.span, "#" + self.found.lstrip(self.sign), SAFE)
