"""PRX608 look-alike-agents."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import first_here
from prx_dingtalk_router.language.source import Span


class LookAlikeAgents(Diagnostic, frozen=True):
    """Two names of agents that can hardly be told apart.

    What: Steps name two agents that differ only by upper and lower case, by width, by letters that look the same, by ``-`` and
        ``_``, or by an ``s`` at the end, and no configuration says that there are two.
    Why: Names of agents are compared exactly. Mostly one agent is meant, and one of the names is a slip of the pen: with it
        the rules are refused once they are checked with the configuration.
    Wrong:
        rule leave when text contains "请假" then agent hr
        rule salary when text contains "工资" then agent HR
        otherwise agent hr
    Right:
        rule leave when text contains "请假" then agent hr
        rule salary when text contains "工资" then agent hr
        otherwise agent hr
    Fix: Write the name the same everywhere, as in ``[agents.hr]`` of the configuration. If there are two agents, check the rules
        with the configuration that names both.
    """

    page_zh = """
    两个智能体的名称太像，多半是同一个。

    是什么：步骤里写了两个智能体，名称只差大小写、全角半角、长得一样的字母、`-` 和 `_`，或末尾的 `s`；现在没有
        配置，看不出是不是真有两个。
    为什么：智能体的名称要一字不差。多半只有一个智能体，其中一个名称写错了；和配置一起检查时，这套规则会被拒绝。
    怎么改：统一写成配置里 `[agents.名称]` 的样子；如果真的有两个智能体，请和写明它们的配置一起检查。
    """

    code = "PRX608"
    severity = "warning"
    sentence = Entry(
        zh="智能体 `{found}` 和 `{other}` 的名称太像，多半是同一个",
        en="the agents `{found}` and `{other}` have names that hardly differ; mostly one agent is meant",
    )
    advice = Entry(
        zh="统一成一个名称，和配置里的 `[agents.名称]` 一样；真有两个，就和写明它们的配置一起检查",
        en="write one name everywhere, that of `[agents.NAME]` in the configuration; if there are two, check with the configuration that names both",
    )

    found: str
    other: str
    earlier: Span

    @property
    def related(self) -> tuple[Related, ...]:
        """The first step that names the other."""
        return first_here(self.earlier)
