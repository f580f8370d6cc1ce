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
