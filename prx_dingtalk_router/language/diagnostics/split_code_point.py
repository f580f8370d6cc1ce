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
    """

    code = "PRX708"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 只读前两位数字，找到的不是这个汉字",
        en="of `{found}` only two digits are read, so it does not find this character",
    )

    found: str
