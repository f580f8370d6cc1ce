"""PRX308 entry-twice."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import (
    first_here,
)
from prx_dingtalk_router.language.source import Span

SAME_AS = Entry(zh="（比较时与 `{entry}` 相同）", en=" (it is `{entry}` when texts are compared)")


class EntryTwice(Diagnostic, frozen=True):
    """An entry that a list holds twice.

    What: Two entries of a list are the same, or are the same once texts are compared.
    Why: The second one does nothing. Often it was meant to be another.
    Wrong:
        rule known when sender in ["u1001", "u1002", "u1001"] then drop
    Right:
        rule known when sender in ["u1001", "u1002"] then drop
    Fix: Remove one of them, or write what the second was meant to be.
    """

    page_zh = """
    列表里有一项写了两次。

    是什么：列表里有两项相同，或者比较时会变成相同（例如只差大小写、全角半角）。
    为什么：第二项不起作用。往往它本来应该是另一项。
    怎么改：删去一个；如果本来想写另一个人或另一个词，就改过来。
    """

    code = "PRX308"
    severity = "warning"
    sentence = Entry(zh="`{entry}` 在列表里出现了两次{hint}", en="`{entry}` stands in this list twice{hint}")
    advice = Entry(zh="删去重复的一项", en="remove one of the two")

    entry: str
    same: str | None
    """The earlier entry, where it is written differently."""
    earlier: Span

    @property
    def hint(self) -> Wording | str:
        """How they are the same."""
        return "" if self.same is None else Wording(SAME_AS, {"entry": self.same})

    @property
    def related(self) -> tuple[Related, ...]:
        """The earlier entry."""
        return first_here(self.earlier)
