"""PRX607 same-agent."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import first_here
from prx_dingtalk_router.language.source import Span


class SameAgent(Diagnostic, frozen=True):
    """One agent under two names.

    What: Two tables ``[agents.NAME]`` of the configuration have the same ``url`` and the same ``agent_id``.
    Why: To PRX they are one agent. An ``else`` from one to the other leads back to what just failed, limits count twice, and
        what one name was told the other does not remember.
    Wrong:
        [agents.helpdesk]
        url = "http://127.0.0.1:8080"

        [agents.it-desk]
        url = "http://127.0.0.1:8080"
    Right:
        [agents.helpdesk]
        url = "http://127.0.0.1:8080"

        [agents.it-desk]
        url = "http://127.0.0.1:8081"
    Fix: Remove one of the tables and use the other name in the rules; if another agent was meant, correct its ``url`` or
        ``agent_id``.
    """

    page_zh = """
    同一个智能体有两个名称。

    是什么：配置里两个 `[agents.名称]` 的 `url` 和 `agent_id` 一样。
    为什么：对 PRX 来说它们是同一个智能体：从一个 `else` 到另一个，等于再问一次刚刚没做成的；限额会算成两份；对一个名称
        说过的话，另一个名称不记得。
    怎么改：删去其中一个，规则里都用另一个名称；如果本来想用另一个智能体，请改正它的 `url` 或 `agent_id`。
    """

    code = "PRX607"
    severity = "warning"
    sentence = Entry(
        zh="`{agent}` 和 `{earlier}` 是同一个智能体：`url` 和 `agent_id` 都一样",
        en="`{agent}` and `{earlier}` are one agent: they have the same `url` and `agent_id`",
    )
    advice = Entry(
        zh="只留一个名称；想用的是另一个智能体，就改正 `url` 或 `agent_id`",
        en="keep one of the names; if another agent was meant, correct its `url` or `agent_id`",
    )

    agent: str
    earlier: str
    first: Span

    @property
    def related(self) -> tuple[Related, ...]:
        """The table of the other name."""
        return first_here(self.first)
