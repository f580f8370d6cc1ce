"""PRX201 undeclared-name."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.forms import example_of
from prx_dingtalk_router.language.diagnostics.phrases import NameKind, did_you_mean, kind_name

IF_TEXT = Entry(
    zh="；如果这是文字，请加英文双引号：`{quoted}`",
    en="; if a text is meant, put it between double quotes: `{quoted}`",
)


RENAME = Entry(zh="把 `{found}` 改成 `{near}`", en="write `{near}` for `{found}`")
DECLARE = Entry(
    zh="改成已有的名称，或加上它：`{example}`",
    en="use a name that is declared, or declare this one: `{example}`",
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
    Fix: Correct the spelling, or declare the name, as in ``list staff = ["u1001"]``. A text goes between
        quotes.
    """

    page_zh = """
    用了一个没有定义的名称。

    是什么：规则里用了某个列表、表达式、条件、模板、规则或时间段的名称，而整套规则的文件里都没有定义它。
    为什么：没有定义，就不知道它指什么。多半是写错了字，或者本来是一段文字、忘了加引号。
    怎么改：写错字就改过来；名称里汉字和拼音不能混用，定义时写的是 `报销`，用的时候也写 `报销`。还没有定义就
        加一条，例如 `list staff = ["u1001"]`。本来是文字就加上双引号。
    """

    code = "PRX201"
    severity = "error"
    sentence = Entry(zh="没有名为 `{found}` 的{what}{hint}", en="there is no {what} called `{found}`{hint}")
    advice = Entry(
        zh='改成已有的名称，或加上它，例如 `list {found} = ["u1001"]`',
        en='use a name that is declared, or declare this one, as in `list {found} = ["u1001"]`',
    )

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
    def help(self) -> Wording:
        """What to do, for people."""
        return self._filled(DECLARE if self.near is None else RENAME)

    @property
    def example(self) -> Wording | None:
        """How it is declared."""
        return example_of(self.kind, self.found)

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
