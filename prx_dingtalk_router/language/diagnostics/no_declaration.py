"""PRX117 no-declaration."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class NoDeclaration(Diagnostic, frozen=True):
    """A file that begins with something other than a declaration.

    What: Words stand before the first declaration of a file.
    Why: Everything in a file of rules belongs to a declaration, which begins with one of a few words. A remark begins
        with ``#``.
    Wrong:
        你好
        rule vpn when text contains "vpn" then drop
    Right:
        # 你好
        rule vpn when text contains "vpn" then drop
    """

    code = "PRX117"
    severity = "error"
    sentence = Entry(zh="`{found}` 不能作为声明的开头", en="`{found}` does not begin a declaration")
    advice = Entry(
        zh="声明以这些词开头：`rule`、`otherwise`、`denied`、`list`、`pattern`、`hours`、`condition`、`template`、`use`、`test`",
        en="a declaration begins with `rule`, `otherwise`, `denied`, `list`, `pattern`, `hours`, `condition`, `template`, `use` or `test`",
    )

    found: str
