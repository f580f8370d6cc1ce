"""PRX111 foreign-quotes."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix

WRITE = Entry(zh="写成 `{instead}`", en="write `{instead}`")


class ForeignQuotes(Diagnostic, frozen=True):
    """A text between quotation marks other than ``"``.

    What: A text stands between Chinese, curly or single quotation marks.
    Why: Inside a text those are ordinary characters, so they cannot also be its ends.
    Wrong:
        rule expenses when text contains “报销” then agent expenses
    Right:
        rule expenses when text contains "报销" then agent expenses
    Fix: Type both marks again as ``"``. ``prx-router validate --fix`` does it for you.
    """

    page_zh = """
    文字两边用了中文引号或单引号。

    是什么：文字写在 `“ ”`、`‘ ’`、`「 」` 或 `' '` 之间，而不是英文双引号之间。
    为什么：中文引号在消息里是普通的字，不能又当字又当文字的边界。
    怎么改：切换到英文输入法，把两边的引号都换成 `"`。`prx-router validate --fix` 可以替您换好。
    """

    code = "PRX111"
    severity = "error"
    sentence = Entry(
        zh="文字要用英文双引号，不能用 `{found}`", en="strings take straight double quotes, not `{found}`"
    )
    advice = Entry(zh='写成 `"…"`', en='write `"…"`')

    found: str
    instead: str | None = None
    """The same text in the right quotes, where both ends of it are there."""

    @property
    def help(self) -> Wording:
        """What to do, for people."""
        return Wording(self.advice if self.instead is None else WRITE, {"instead": self.instead})

    def fix(self) -> Fix | None:
        """Put the text between the right quotes."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
