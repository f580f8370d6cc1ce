"""The diagnostic in place of those of one kind that are counted and not listed."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class Repeated(Diagnostic, frozen=True):
    """More of one kind than are listed."""

    sentence = Entry(
        zh="从这里起，这个文件里还有 {count} 处同样的问题（{of}），不再一一列出",
        en="from here on this file has {count} more of the same ({of}), which are not listed",
    )
    advice = Entry(
        zh="先改好上面列出的几处，再运行一次检查", en="correct those that are listed above and check again"
    )

    of: str
    """Their code."""
    count: int

    @property
    def about(self) -> str:
        """The code of those that are counted."""
        return self.of

    @property
    def weight(self) -> int:
        """How many this stands for."""
        return self.count
