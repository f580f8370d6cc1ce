"""PRX128 quoted-name."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix

FORM = Entry(zh="`{opener} {name}`", en="`{opener} {name}`")
RULE_FORM = Entry(
    zh='`rule {name} "说明" when …`：先写名称，再写引号里的说明',
    en='`rule {name} "what it is for" when …`: the name first, then its description in quotes',
)
SOME_NAME = Entry(zh="名称", en="NAME")


class QuotedName(Diagnostic, frozen=True):
    """A name between quotes.

    What: A name is written as a text.
    Why: Names of this set stand without quotes, texts within them; so each can be told from the other.
    Wrong:
        list "staff" = ["u1001"]
        rule known when sender in staff then drop
    Right:
        list staff = ["u1001"]
        rule known when sender in staff then drop
    Fix: Take the quotes away: ``list staff`` for ``list "staff"``. The description of a rule stands in quotes,
        behind its name.
    """

    page_zh = """
    名称加了引号。

    是什么：应该写名称的地方写成了带引号的文字。
    为什么：规则里的名称不加引号，文字才加引号，这样一眼就能分清。
    怎么改：去掉引号，例如 `list "staff"` 写成 `list staff`。规则的说明可以加引号，写在名称后面。
    """

    code = "PRX128"
    severity = "error"
    sentence = Entry(
        zh="`{opener}` 后面写名称，名称不加引号", en="`{opener}` is followed by a name, without quotes"
    )
    advice = Entry(zh="写成 {form}", en="write {form}")

    opener: str
    """The word before it."""
    unquoted: str | None
    """The text in the quotes, where it can be a name."""

    @property
    def form(self) -> Wording:
        """How it is written; the name of a rule is often left out, so that its description is in that place."""
        name = self.unquoted if self.unquoted is not None else Wording(SOME_NAME)
        form = RULE_FORM if self.opener == "rule" else FORM
        return Wording(form, {"opener": self.opener, "name": name})

    def fix(self) -> Fix | None:
        """Take the quotes away."""
        return Fix.replacing(self.span, self.unquoted, SAFE) if self.unquoted is not None else None
