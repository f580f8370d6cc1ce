"""PRX311 literal-of-nothing."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class LiteralOfNothing(Diagnostic, frozen=True):
    """A text of which nothing is left when it is compared.

    What: A text or id is empty, or holds only what is dropped before texts are compared.
    Why: Nothing is contained in every message, and equal to none. What was meant cannot be told.
    Wrong:
        rule quiet when text is "" then drop
    Right:
        rule quiet when text is empty then drop
    Fix: To ask whether there is no text write ``text is empty`` or ``text is not empty``; else write what is to
        be found.
    """

    page_zh = """
    文字是空的。

    是什么：用来比较的文字或 ID 是空的，或者只有比较前会去掉的内容（例如空格、看不见的字符）。
    为什么：“空”包含在每条消息里，却又不等于任何消息，程序猜不出您的意思。
    怎么改：要判断消息是否为空，写 `text is empty` 或 `text is not empty`；否则写出真正要找的文字。
    """

    code = "PRX311"
    severity = "error"
    sentence = Entry(
        zh="与 `{field}` 比较时，这段文字什么也不剩",
        en="nothing is left of this text when `{field}` is compared with it",
    )
    advice = Entry(
        zh="要判断它是否为空，写 `{field} is empty`；否则写出要找的文字",
        en="to ask whether it is empty write `{field} is empty`; else write what is to be found",
    )

    field: str
