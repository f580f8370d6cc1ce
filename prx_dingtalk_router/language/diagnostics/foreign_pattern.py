"""PRX709 foreign-pattern."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

PatternKind = Literal["expression", "wildcard", "choice"]
"""A regular expression, a text with wildcards, or alternatives with bars between them."""

KINDS = {
    "expression": Entry(zh="表达式", en="an expression"),
    "wildcard": Entry(zh="通配符", en="a text with wildcards"),
    "choice": Entry(zh="几个词中的一个", en="a choice of words"),
}


class ForeignPattern(Diagnostic, frozen=True):
    """A pattern where only plain text is looked for.

    What: A string that a text is compared with has the form of an expression (``vpn.*重置``), of wildcards (``*报销*``,
        ``%报销%``) or of alternatives (``报销|发票``).
    Why: Strings are looked for as they are, each sign for itself. Nobody writes such signs in a message, so the rule takes
        nothing.
    Wrong:
        rule vpn when text contains "vpn.*重置" then drop
    Right:
        rule vpn when text matches /vpn.*重置/i then drop
    Fix: Leave a ``*`` at the ends out, which ``contains`` does not need; write alternatives as a list, ``["报销",
        "发票"]``, and an expression between slashes: ``text matches /vpn.*重置/i``.
    """

    page_zh = """
    引号里写了表达式或通配符。

    是什么：拿来比较的文字写成了表达式（`vpn.*重置`）、通配符（`*报销*`、`%报销%`）或几选一（`报销|发票`）的
        样子。
    为什么：引号里的每个符号都照原样查找。没有人会在消息里打出这些符号，所以规则接不到消息。
    怎么改：前后的 `*` 直接去掉，`contains` 本来就找中间的内容；几选一写成列表 `["报销", "发票"]`；表达式写
        在斜杠之间：`text matches /vpn.*重置/i`。
    """

    code = "PRX709"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 像是{what}，但引号里的每个符号都照原样查找",
        en="`{found}` looks like {what}, but each sign in quotes is looked for as it is",
    )
    advice = Entry(zh="写成 `{instead}`", en="write `{instead}`")

    found: str
    kind: PatternKind
    instead: str
    """The operator and the value that mean what was probably meant."""

    @property
    def what(self) -> Wording:
        """What it looks like, for people."""
        return Wording(KINDS[self.kind])
