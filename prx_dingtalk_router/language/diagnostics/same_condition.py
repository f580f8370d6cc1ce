"""PRX402 same-condition."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import takes_first
from prx_dingtalk_router.language.source import Span


class SameCondition(Diagnostic, frozen=True):
    """A rule whose condition says what that of a rule before it says.

    What: Two rules hold for the same messages, however their conditions are written; the second is never reached.
    Why: The first rule that holds takes the message. Mostly one of the two was copied and its condition not changed, or
        both were meant to be steps of one rule.
    Wrong:
        rule ask when text contains "报销" then agent finance
        rule tell when text contains "报销" then reply "已转给财务。"
    Right:
        rule ask when text contains "报销" then reply "已转给财务。" then agent finance
    Fix: Put both steps into one rule, as in ``then reply "…" then agent finance``, or change one of the
        conditions.
    """

    page_zh = """
    和前面一条规则的条件一样。

    是什么：两条规则对同样的消息成立，不管写法是否相同；后一条永远轮不到。
    为什么：第一条成立的规则接走消息。多半是复制了一条规则、忘了改条件，或本来想在一条规则里做两件事。
    怎么改：要做两件事，就写在一条规则里：`then reply "…" then agent finance`；否则改其中一条的条件。
    """

    code = "PRX402"
    severity = "warning"
    sentence = Entry(
        zh="规则 `{rule}` 永远轮不到：它的条件和前面的 `{earlier}` 一样",
        en="the rule `{rule}` is never reached: its condition is that of `{earlier}` before it",
    )
    advice = Entry(
        zh="把 `{rule}` 的步骤并到 `{earlier}` 里，或改其中一条的条件",
        en="add the steps of `{rule}` to `{earlier}`, or change one of the conditions",
    )

    rule: str
    earlier: str
    at: Span

    @property
    def related(self) -> tuple[Related, ...]:
        """The rule with the same condition."""
        return (takes_first(self.earlier, self.at),)
