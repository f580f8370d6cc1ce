"""PRX201 undeclared-name."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.phrases import NameKind, did_you_mean, kind_name

IF_TEXT = Entry(
    zh="；如果这是文字，请加英文双引号：`{quoted}`",
    en="; if a text is meant, put it between double quotes: `{quoted}`",
)


class UndeclaredName(Diagnostic, frozen=True):
    """A name that nothing in the set declares.

    What: A list, pattern, condition, template, rule or set of hours is used under a name that no file of the set declares.
    Why: Without its declaration there is nothing to compare with. Mostly it is a slip of the pen, or a text that
        lacks its quotes.
    Wrong:
        list staff = ["u1001"]
        rule known when sender in staf then drop
    Right:
        list staff = ["u1001"]
        rule known when sender in staff then drop
    """

    code = "PRX201"
    severity = "error"
    sentence = Entry(zh="没有名为 `{found}` 的{what}{hint}", en="there is no {what} called `{found}`{hint}")
    advice = Entry(zh="检查拼写，或先声明这个名称", en="check the spelling, or declare it")

    kind: NameKind
    found: str
    near: str | None
    """A declared name, or a word of the language, that was probably meant."""

    @property
    def what(self) -> Text:
        """The kind, for people."""
        return kind_name(self.kind)

    @property
    def quoted(self) -> str | None:
        """The name in quotes, where it may be a text that lacks them."""
        return f'"{self.found}"' if self.near is None and self.kind in ("list", "template") else None

    @property
    def hint(self) -> Text | Wording:
        """What was probably meant."""
        return Wording(IF_TEXT, {"quoted": self.quoted}) if self.quoted else did_you_mean(self.near)

    def fix(self) -> Fix | None:
        """Write the name that was probably meant."""
        # A word in plain ASCII may well be a name that is yet to be declared.
        quoted = None if self.found.isascii() else self.quoted
        meant = self.near or quoted
        return Fix.replacing(self.span, meant, SUGGESTED) if meant else None
