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
    Fix: Put a ``#`` before a remark; a rule begins ``rule NAME when … then …``.
    """

    page_zh = """
    文件开头的内容不是语句。

    是什么：第一条语句前面有别的文字。
    为什么：规则文件里的内容都属于某条语句，每条语句以固定的几个词开头。说明文字要写成注释。
    怎么改：说明文字前面加 `#`；如果是想写规则，就以 `rule 名称 when … then …` 开头。
    """

    code = "PRX117"
    severity = "error"
    sentence = Entry(zh="`{found}` 不能作为语句的开头", en="`{found}` does not begin a declaration")
    advice = Entry(
        zh="语句以这些词开头：`rule`、`otherwise`、`denied`、`list`、`pattern`、`hours`、`condition`、`template`、`use`、`test`",
        en="a declaration begins with `rule`, `otherwise`, `denied`, `list`, `pattern`, `hours`, `condition`, `template`, `use` or `test`",
    )

    found: str
