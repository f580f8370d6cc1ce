"""PRX310 lost-blanks."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class LostBlanks(Diagnostic, frozen=True):
    """Blanks at the ends of a text, which make no difference.

    What: A text that a text field is compared with begins or ends with blanks.
    Why: Blanks at the ends are dropped before texts are compared. Who writes them mostly means a whole word.
    Wrong:
        rule hr when text contains " hr " then drop
    Right:
        rule hr when text contains word "hr" then drop
    """

    code = "PRX310"
    severity = "warning"
    sentence = Entry(
        zh="首尾的空格在比较时会去掉", en="the blanks at the ends are dropped when it is compared"
    )
    advice = Entry(zh="要匹配完整的词请用 `contains word`", en="to match whole words use `contains word`")

    instead: str | None
    """The text without them."""

    def fix(self) -> Fix | None:
        """Take the blanks away."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
