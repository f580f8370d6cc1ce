"""PRX706 doubled-backslash."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.respelled_expression import RespelledExpression


class DoubledBackslash(RespelledExpression, frozen=True):
    r"""A backslash of an expression that is written twice and surely meant once.

    What: An expression holds ``\\u4e00``, ``\\p{Han}`` or ``\\d+``, with two backslashes.
    Why: Strings of Java and JSON double every backslash; between slashes two of them stand for a backslash that is looked
        for, so an expression that was copied from there is never found.
    Wrong:
        rule name when text matches /^\\p{Han}+$/ then drop
    Right:
        rule name when text matches /^\p{Han}+$/ then drop
    Fix: Take one of them away: ``\d+`` for ``\\d+``, ``\p{Han}`` for ``\\u4e00-\\u9fa5``.
    """

    page_zh = r"""
    表达式里的反斜杠写了两次。

    是什么：表达式里写了 `\\u4e00`、`\\p{Han}` 或 `\\d+`，反斜杠是两个。
    为什么：在 Java 或 JSON 里反斜杠要写两次；在两个斜杠之间，写两次找的是反斜杠本身，从那里复制来的表达式因
        此什么也找不到。
    怎么改：去掉一个反斜杠：`\\d+` 写成 `\d+`，`\\u4e00-\\u9fa5` 写成 `\p{Han}`。
    """

    code = "PRX706"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 的反斜杠写了两次，找到的是反斜杠本身",
        en="with its backslash written twice, `{found}` finds a backslash itself",
    )

    found: str
