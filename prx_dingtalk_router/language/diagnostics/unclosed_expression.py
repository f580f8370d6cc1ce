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
    """

    code = "PRX107"
    severity = "error"
    sentence = Entry(zh="这个表达式没有以 `/` 正确结束", en="this expression does not end properly with `/`")
    advice = Entry(
        zh="写成 `/…/` 或 `/…/i`，其后须为空格、`)`、`,` 或 `]`；表达式内的斜杠写作 `\\/`",
        en="write `/…/` or `/…/i`, followed by a blank, `)`, `,` or `]`; a slash inside is `\\/`",
    )
