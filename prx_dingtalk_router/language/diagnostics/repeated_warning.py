"""PRX133 repeated-warning."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class RepeatedWarning(Diagnostic, frozen=True):
    """More warnings of one kind than are listed.

    What: A file has more warnings of one kind than are listed; the others are only counted, from this place on.
    Why: A list that long hides what else is found.
    Wrong:
        list a = ["x"]   # … and thirty more lists that no rule uses
    Right:
        list a = ["x"]
        rule a when text in a then drop
    """

    code = "PRX133"
    severity = "warning"
    sentence = Entry(
        zh="从这里起，这个文件里还有 {count} 处同样的问题（{of}），不再一一列出",
        en="from here on this file has {count} more of the same ({of}), which are not listed",
    )
    advice = Entry(zh="先改好列出的几处，再检查一次", en="correct those that are listed and check again")

    of: str
    """The code of the warnings."""
    count: int

    @property
    def weight(self) -> int:
        """How many warnings this stands for."""
        return self.count
