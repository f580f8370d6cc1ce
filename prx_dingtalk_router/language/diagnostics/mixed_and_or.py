"""PRX407 mixed-and-or."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Edit, Fix
from prx_dingtalk_router.language.source import Span


class MixedAndOr(Diagnostic, frozen=True):
    """An ``and`` beside an ``or``, without parentheses.

    What: ``group and text … or text …``: an ``and`` is on one side of an ``or``, and no parentheses say what belongs together.
    Why: ``and`` binds more closely than ``or``: what is before the ``and`` is asked for with one of the two tests alone, and
        the other one is enough by itself. Mostly the two belong together.
    Wrong:
        rule expenses when group and text contains "报销" or text contains "发票" then drop
    Right:
        rule expenses when group and (text contains "报销" or text contains "发票") then drop
    Fix: Say it with parentheses, ``group and (text contains "a" or text contains "b")``, or a list, ``group and
        text contains ["a", "b"]``.
    """

    page_zh = """
    `and` 和 `or` 混用，没有加括号。

    是什么：写成了 `group and text … or text …`，没有括号。
    为什么：`and` 比 `or` 结合得紧：上面这句的意思是“（群聊，并且第一个词）或者第二个词”，单聊里说第二个词也
        算。多半您想的是“群聊，并且两个词之一”。
    怎么改：加括号写明：`group and (text contains "报销" or text contains "发票")`，或用列表
        `group and text contains ["报销", "发票"]`。
    """

    code = "PRX407"
    severity = "warning"
    sentence = Entry(
        zh="`and` 先结合：这里的 `{found}` 是一组，`or` 另一边单独成立就够了",
        en="`and` binds first: `{found}` belongs together, and the other side of the `or` is enough by itself",
    )
    advice = Entry(
        zh="用括号写明：两边的 `or` 是一组就写 `… and (… or …)`，现在的意思就写 `(… and …) or …`",
        en="say it with parentheses: `… and (… or …)`, or `(… and …) or …` for what it means now",
    )

    found: str
    choice: tuple[Span, ...] = ()
    """The two tests that were probably meant as a choice; none where that cannot be told."""

    def fix(self) -> Fix | None:
        """Put parentheses around the choice."""
        if not self.choice:
            return None
        first, last = self.choice
        begin, end = first.part(0, 0), last.part(last.end - last.start, last.end - last.start)
        return Fix((Edit(begin, "("), Edit(end, ")")), SUGGESTED)
