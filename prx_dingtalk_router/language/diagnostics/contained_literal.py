"""PRX704 contained-literal."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.source import Span

SHORTER = Entry(zh="较短的一项在这里", en="the shorter one is here")


class ContainedLiteral(Diagnostic, frozen=True):
    """An entry that finds nothing which a shorter one does not find.

    What: An entry of a list holds another entry of the same list.
    Why: Whatever holds the longer one holds the shorter one too, so the longer does nothing; or the shorter one finds
        more than was meant.
    Wrong:
        rule money when text contains ["发票", "代开发票"] then drop
    Right:
        rule money when text contains ["发票", "报销"] then drop
    Fix: Remove the longer one, which changes nothing; or the shorter one, if it finds more than you mean.
    """

    page_zh = """
    长的一项是多余的：短的一项已经包括它。

    是什么：列表里有一项包含了同一列表的另一项。
    为什么：含有长词的消息一定也含有短词，所以长的不起作用；或者短的那一项找到的比您想的多。
    怎么改：留短的、删长的，结果不变；如果只想找长的，就删去短的。
    """

    code = "PRX704"
    severity = "warning"
    sentence = Entry(
        zh="`{entry}` 是多余的：同一列表里的 `{shorter}` 已经包括它",
        en="`{entry}` is not needed: `{shorter}` in the same list finds all that it finds",
    )
    advice = Entry(
        zh="删去 `{entry}`，结果不变；若只想找更长的那一项，就删去 `{shorter}`",
        en="remove `{entry}`, which changes nothing; or `{shorter}`, if only the longer one is meant",
    )

    entry: str
    shorter: str
    place: Span
    """Of the shorter one."""

    @property
    def related(self) -> tuple[Related, ...]:
        """The shorter entry."""
        return (Related(self.place, Wording(SHORTER)),)
