"""PRX708 split-code-point."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.respelled_expression import RespelledExpression


class SplitCodePoint(RespelledExpression, frozen=True):
    r"""Four digits after ``\x`` of an expression, of which only two are read.

    What: An expression holds ``\x4e00``, the number of a Chinese character with ``\x`` before it.
    Why: ``\x`` takes two digits, so ``\x4e00`` looks for ``N00``. A number of more digits stands in braces, as in
        ``\x{4e00}``; or write the character itself, and ``\p{Han}`` for any Chinese one.
    Wrong:
        rule name when text matches /^[\x4e00-\x9fa5]{2,4}$/ then drop
    Right:
        rule name when text matches /^[\p{Han}]{2,4}$/ then drop
    Fix: Any Chinese character is ``\p{Han}``; for a single one write it as it is, or its number in braces:
        ``\x{4e00}``.
    """

    page_zh = r"""
    `\x` 后面的四位数字只读了两位。

    是什么：表达式里写了 `\x4e00`，前面是 `\x`、后面是一个汉字的编号。
    为什么：`\x` 后面只读两位，所以 `\x4e00` 找的是 `N00`。
    怎么改：任意汉字写 `\p{Han}`；某一个汉字直接写出来，或把编号放进大括号：`\x{4e00}`。
    """

    code = "PRX708"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 只读前两位数字，找到的不是这个汉字",
        en="of `{found}` only two digits are read, so it does not find this character",
    )

    found: str
