"""PRX132 repeated-error."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class RepeatedError(Diagnostic, frozen=True):
    """More errors of one kind than are listed.

    What: A file has more errors of one kind than are listed; the others are only counted, from this place on.
    Why: Mostly one mistake is behind all of them, and a list that long hides the others.
    Wrong:
        rule a when x then drop   # … and thirty more rules with a condition that is declared nowhere
    Right:
        condition x = group
        rule a when x then drop
    """

    code = "PRX132"
    severity = "error"
    sentence = Entry(
        zh="从这里起，这个文件里还有 {count} 处同样的问题（{of}），不再一一列出",
        en="from here on this file has {count} more of the same ({of}), which are not listed",
    )
    advice = Entry(zh="先改好列出的几处，再检查一次", en="correct those that are listed and check again")

    of: str
    """The code of the errors."""
    count: int

    @property
    def weight(self) -> int:
        """How many errors this stands for."""
        return self.count
