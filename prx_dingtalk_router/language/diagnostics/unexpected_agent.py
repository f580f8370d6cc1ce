"""PRX212 unexpected-agent."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.source import Span


class UnexpectedAgent(Diagnostic, frozen=True):
    """A test that expects an agent which no rule names.

    What: A test says ``expect agent NAME``, and no rule, ``otherwise`` or ``denied`` hands messages to an agent of that name.
    Why: Such a test can never pass. Either the test or a rule has the wrong name, or the rule that is tested is missing.
    Wrong:
        rule vpn when text contains "vpn" then agent helpdesk
        test "VPN" given "vpn" expect agent helpdsk
    Right:
        rule vpn when text contains "vpn" then agent helpdesk
        test "VPN" given "vpn" expect agent helpdesk
    Fix: See which of the two is right, and correct the other; if the rule is missing, write it, with ``then
        agent helpdesk``.
    """

    page_zh = """
    测试期望的智能体，没有一条规则用到。

    是什么：测试写了 `expect agent 名称`，但没有规则、`otherwise` 或 `denied` 把消息交给这个名称的智能体。
    为什么：这样的测试永远通不过。要么测试或规则写错了名称，要么还缺一条规则。
    怎么改：先弄清哪一边写对了：测试写错就改测试，规则写错就改规则；规则还没有写，就补上
        `then agent helpdesk`。
    """

    code = "PRX212"
    severity = "error"
    sentence = Entry(
        zh="测试里写的智能体 `{found}`，没有一条规则用到",
        en="no rule names the agent `{found}` that this test expects",
    )
    advice = Entry(
        zh="规则和测试里要写同一个名称：哪一边写错了就改哪一边；还没有这条规则就补上",
        en="the rules and the test have to agree: mend the one that is wrong, or add the rule that is missing",
    )

    found: str
    near: str | None
    """The agent of the rules that is most like it."""
    place: Span | None
    """Where that one is named first."""

    @property
    def related(self) -> tuple[Related, ...]:
        """The agent that is most like it; which of the two is wrong nobody can tell from here."""
        return () if self.place is None else (Related(self.place, text("language.related.nearest")),)
