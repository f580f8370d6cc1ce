"""PRX603 unused-agent."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UnusedAgent(Diagnostic, frozen=True):
    """An agent of the configuration that no step names.

    What: The configuration has a table ``[agents.NAME]``, and no rule, ``otherwise`` or ``denied`` uses that agent.
    Why: It is never asked anything. Mostly a rule names another agent, or its rule was removed.
    Wrong:
        otherwise reply "你好"
    Right:
        otherwise agent helpdesk else reply "稍后再试。"
    Fix: Write a rule that uses it, such as ``otherwise agent helpdesk``, or remove the table from the
        configuration.
    """

    page_zh = """
    配置了智能体，却没有规则用它。

    是什么：配置文件里有 `[agents.名称]`，但没有规则、`otherwise` 或 `denied` 用到它。
    为什么：它永远不会被问到。多半是规则里写成了别的智能体，或者用它的规则已经删了。
    怎么改：写一条用到它的规则，例如 `otherwise agent helpdesk`；不再需要就从配置文件里删去这一节。
    """

    code = "PRX603"
    severity = "warning"
    sentence = Entry(
        zh="配置了智能体 `{agent}`，但没有规则用到它",
        en="the agent `{agent}` is configured, but no rule uses it",
    )
    advice = Entry(
        zh="写一条用到它的规则，或从配置里删去 `[agents.{agent}]`",
        en="write a rule that uses it, or remove `[agents.{agent}]` from the configuration",
    )

    agent: str
