"""PRX707 literal-braces."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.respelled_expression import RespelledExpression


class LiteralBraces(RespelledExpression, frozen=True):
    """Braces of an expression that look like a count and are none.

    What: An expression holds ``{,5}``, ``{2, 4}`` or ``{01}``.
    Why: RE2 takes only ``{2}``, ``{2,}`` and ``{2,4}`` for a count, without blanks and with the smaller number. Other braces
        are looked for as they are written, so the expression is hardly ever found.
    Wrong:
        rule short when text matches /^.{,5}$/ then drop
    Right:
        rule short when text matches /^.{0,5}$/ then drop
    Fix: Write the smaller number and no blank: ``{0,5}`` for up to five, ``{2,4}`` for two to four.
    """

    page_zh = """
    大括号里不是重复次数。

    是什么：表达式里写了 `{,5}`、`{2, 4}` 或 `{01}`。
    为什么：这里的表达式（RE2）只认 `{2}`（两次）、`{2,}`（两次以上）和 `{2,4}`（两到四次），里面没有空格，
        较小的数字不能省。其他写法会按原样去找这几个符号，几乎找不到。
    怎么改：补上较小的数字、去掉空格：最多五次写 `{0,5}`，两到四次写 `{2,4}`。
    """

    code = "PRX707"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 不是重复次数，找到的是这几个符号本身",
        en="`{found}` is no count here: it finds these signs themselves",
    )

    found: str
