"""PRX128 quoted-name."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text, text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


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
    """What stands in the quotes, where it can be a name."""

    @property
    def form(self) -> Text:
        """How it is written; the name of a rule is often left out, so that its description stands there."""
        kind = "rule" if self.opener == "rule" else "other"
        name = self.unquoted if self.unquoted is not None else text("language.some-name")
        return text(f"language.quoted-name.{kind}", opener=self.opener, name=name)

    def fix(self) -> Fix | None:
        """Take the quotes away."""
        return Fix.replacing(self.span, self.unquoted, SAFE) if self.unquoted is not None else None
