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
    Fix: Delete the blanks. For a whole word write ``text contains word "hr"``, which does not find the ``hr``
        in ``three``.
    """

    page_zh = """
    文字首尾的空格不起作用。

    是什么：拿来比较的文字，开头或结尾有空格。
    为什么：比较之前，首尾的空格会去掉。这样写的人，多半是想匹配一个完整的英文词。
    怎么改：删去空格；要匹配完整的词，写 `text contains word "hr"`，这样 `three` 里的 `hr` 就不算。
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
