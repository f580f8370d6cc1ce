"""PRX111 foreign-quotes."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class ForeignQuotes(Diagnostic, frozen=True):
    """A text between quotation marks other than ``"``.

    What: A text stands between Chinese, curly or single quotation marks.
    Why: Inside a text those are ordinary characters, so they cannot also be its ends.
    Wrong:
        rule expenses when text contains “报销” then agent expenses
    Right:
        rule expenses when text contains "报销" then agent expenses
    """

    code = "PRX111"
    severity = "error"
    sentence = Entry(
        zh="文字要用英文双引号，不能用 `{found}`", en="strings take straight double quotes, not `{found}`"
    )
    advice = Entry(zh='写成 `"…"`', en='write `"…"`')

    found: str
    instead: str | None = None
    """The same text in the right quotes, where both ends of it are there."""

    def fix(self) -> Fix | None:
        """Put the text between the right quotes."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
