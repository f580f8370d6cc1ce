"""PRX107 unclosed-expression."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UnclosedExpression(Diagnostic, frozen=True):
    r"""An expression that does not end with a slash, or ends within a word.

    What: An expression has no closing ``/`` on its line, or something stands directly behind it.
    Why: A slash inside an expression is written ``\/``; where it is not, the expression ends too early.
    Wrong:
        rule path when text matches /etc/hosts/ then drop
    Right:
        rule path when text matches /etc\/hosts/ then drop
    Fix: Put a ``/`` at its end, and write a slash inside as ``\/``. A fixed text is easier found with quotes:
        ``text contains "/etc/hosts"``.
    """

    page_zh = r"""
    表达式没有在该结束的地方结束。

    是什么：表达式写在两个斜杠之间，如 `/…/`。这一个在本行没有结尾的 `/`，或者结尾的 `/` 后面紧跟着别的内
        容。
    为什么：表达式里面的斜杠要写成 `\/`；不这样写，表达式就提前结束了。
    怎么改：在结尾补上 `/`，里面的斜杠写成 `\/`。只是找一段固定的文字，用引号更简
        单：`text contains "/etc/hosts"`。
    """

    code = "PRX107"
    severity = "error"
    sentence = Entry(zh="这个表达式没有以 `/` 正确结束", en="this expression does not end properly with `/`")
    advice = Entry(
        zh="写成 `/…/` 或 `/…/i`，其后须为空格、`)`、`,` 或 `]`；表达式内的斜杠写作 `\\/`",
        en="write `/…/` or `/…/i`, followed by a blank, `)`, `,` or `]`; a slash inside is `\\/`",
    )
