"""PRX411 not-or-not."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix
from prx_dingtalk_router.language.source import Span


class NotOrNot(Diagnostic, frozen=True):
    """Two denials of one field with ``or`` between them.

    What: ``text not contains "a" or text not contains "b"``.
    Why: It holds for every message but those that have both: one that has the first lacks the second. Neither of the two is kept
        out.
    Wrong:
        rule other when text not contains "报销" or text not contains "发票" then reply "请联系行政部。"
    Right:
        rule other when text not contains "报销" and text not contains "发票" then reply "请联系行政部。"
    Fix: Write ``and``, or a list, which keeps all of it out: ``text not contains ["报销", "发票"]``.
    """

    page_zh = """
    同一个字段的两个否定之间写了 `or`。

    是什么：写成了 `text not contains "a" or text not contains "b"`。
    为什么：除了两个词都有的消息，它对什么消息都成立：有第一个词的消息没有第二个词，也算。两个词哪个也没有排除掉。
    怎么改：写 `and`，或写成列表，就是两个都排除：`text not contains ["报销", "发票"]`。
    """

    code = "PRX411"
    severity = "warning"
    sentence = Entry(
        zh="`{field}` 的两个“不”之间写了 `or`，除了两样都有的消息，几乎什么消息都成立",
        en="`or` between two denials of `{field}` holds for every message but those that have both",
    )
    advice = Entry(
        zh='两样都要排除就写 `and`，或写成列表：`{field} not contains ["…", "…"]`',
        en='to keep both out write `and`, or a list: `{field} not contains ["…", "…"]`',
    )

    field: str
    joint: Span | None
    """The ``or``, where nothing else is between the two."""

    def fix(self) -> Fix | None:
        """Write ``and``."""
        return Fix.replacing(self.joint, "and", SUGGESTED) if self.joint is not None else None
