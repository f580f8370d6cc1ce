"""PRX412 never-passes."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import declared_here
from prx_dingtalk_router.language.source import Span

Reason = Literal[
    "no-step",
    "no-agent",
    "no-words",
    "no-mention",
    "no-else",
    "no-otherwise",
    "in-private",
    "is-shadow",
    "no-shadow",
]

REASONS: dict[Reason, Entry] = {
    "no-step": Entry(zh="{whose}没有这样的步骤", en="{whose} no such step"),
    "no-agent": Entry(zh="{whose}没有交给这个智能体的步骤", en="{whose} no step with this agent"),
    "no-words": Entry(zh="{whose}没有这样的回复", en="{whose} no reply with these words"),
    "no-mention": Entry(zh="{whose}没有 @ 人的回复", en="{whose} no reply that mentions anybody"),
    "no-else": Entry(zh="{whose}没有这样的 `else`", en="{whose} no such `else`"),
    "no-otherwise": Entry(zh="没有 `otherwise`", en="there is no `otherwise`"),
    "in-private": Entry(
        zh="单聊里不会 @ 人（要在群里，写 `in group`）",
        en="nobody is mentioned in a private chat (write `in group`)",
    ),
    "is-shadow": Entry(
        zh="`{rule}` 是 `shadow` 规则，不会接走消息", en="`{rule}` is a `shadow` rule, which takes no message"
    ),
    "no-shadow": Entry(zh="`{rule}` 不是 `shadow` 规则", en="`{rule}` is no `shadow` rule"),
}
RULE = Entry(zh="规则 `{rule}` ", en="the rule `{rule}` has")
OTHERWISE = Entry(zh="`otherwise` ", en="`otherwise` has")
SET = Entry(zh="所有规则里", en="the whole set has")


class NeverPasses(Diagnostic, frozen=True):
    """A test that can never pass, whatever the message does.

    What: A test expects of a rule what is no step of that rule, or expects something that no message can come to.
    Why: ``prx-router test`` fails with it, and a reload is refused. Mostly the rule was changed and the test was not, or the
        wrong rule stands behind ``by``.
    Wrong:
        rule vpn when text contains "vpn" then reply "重启一下试试。"
        rule pay when text contains "报销" then reply "请找财务。"
        test "报销" given "报销" expect reply "请找财务。" by vpn
    Right:
        rule vpn when text contains "vpn" then reply "重启一下试试。"
        rule pay when text contains "报销" then reply "请找财务。"
        test "报销" given "报销" expect reply "请找财务。" by pay
    Fix: Name the rule that does it, as in ``by pay``, or expect what the rule does; if the rule is wrong, mend its steps.
    """

    page_zh = """
    这个测试不可能通过。

    是什么：测试期望某条规则做的事，那条规则里没有这样的步骤；或者期望的事对任何消息都不会发生。
    为什么：`prx-router test` 会因此失败，重新加载也会被拒绝。多半是改了规则没有改测试，或者 `by` 后面写错了规则。
    怎么改：在 `by` 后面写对规则，例如 `by pay`，或者期望那条规则真正做的事；规则写错了就改规则的步骤。
    """

    code = "PRX412"
    severity = "warning"
    sentence = Entry(zh="这个测试不可能通过：{why}", en="this test can never pass: {why}")
    advice = Entry(
        zh="写对 `by` 后面的规则，或期望它真正做的事",
        en="name the rule that does it behind `by`, or expect what the rule does",
    )

    reason: Reason
    rule: str
    """The rule that it is about, or ``otherwise``; empty where it is about the whole set."""
    place: Span | None
    """Where that is written."""

    @property
    def why(self) -> Wording:
        """The reason, for people."""
        entry = SET if not self.rule else OTHERWISE if self.rule == "otherwise" else RULE
        whose = Wording(entry, {"rule": self.rule})
        return Wording(REASONS[self.reason], {"whose": whose, "rule": self.rule})

    @property
    def related(self) -> tuple[Related, ...]:
        """The rule."""
        return () if self.place is None else declared_here(self.place)
