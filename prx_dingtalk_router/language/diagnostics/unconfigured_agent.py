"""PRX601 unconfigured-agent."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text, text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Edit, Fix
from prx_dingtalk_router.language.diagnostics.phrases import did_you_mean, too_here
from prx_dingtalk_router.language.source import Span

SHOWN = 20
"""So many agents are shown."""


class UnconfiguredAgent(Diagnostic, frozen=True):
    """An agent that the configuration does not know.

    What: A step names an agent for which the configuration has no ``[agents.NAME]``.
    Why: The router does not know where that agent is, so the message could reach nobody.
    Wrong:
        rule vpn when text contains "vpn" then agent helpdsk
    Right:
        rule vpn when text contains "vpn" then agent helpdesk
    Fix: Correct the name, or add a table ``[agents.NAME]`` with the agent's address to ``prx-router.toml``.
    """

    page_zh = """
    配置里没有这个智能体。

    是什么：规则里写的智能体，在配置文件里没有对应的 `[agents.名称]`。
    为什么：程序不知道这个智能体在哪里，消息交不出去。
    怎么改：写错名称就改过来；新的智能体在 `prx-router.toml` 里加一节 `[agents.名称]`，写上它的地址。
    """

    code = "PRX601"
    severity = "error"
    sentence = Entry(zh="配置里没有智能体 `{found}`{hint}", en="no agent `{found}` is configured{hint}")
    advice = Entry(
        zh="已配置的智能体：{all_known}；新的智能体写在配置的 `[agents.名称]` 里",
        en="configured are: {all_known}; add others as `[agents.NAME]` in the configuration",
    )

    found: str
    known: tuple[str, ...]
    """All agents that are configured."""
    near: str | None
    """The one that was probably meant."""
    instead: str | None
    """Its name as it is written in rules."""
    others: tuple[Span, ...] = ()
    """Where it is named besides."""

    @property
    def hint(self) -> Text:
        """What was probably meant."""
        return did_you_mean(self.near)

    @property
    def all_known(self) -> tuple[str, ...] | Text:
        """The agents that are configured, for people; of very many the first."""
        more = ("…",) if len(self.known) > SHOWN else ()
        return (*self.known[:SHOWN], *more) or text("language.none")

    @property
    def related(self) -> tuple[Related, ...]:
        """The other steps."""
        return too_here(self.others)

    def fix(self) -> Fix | None:
        """Name the agent that was probably meant, wherever the wrong name is."""
        if self.instead is None:
            return None
        return Fix(tuple(Edit(span, self.instead) for span in (self.span, *self.others)), SUGGESTED)
