"""Puts the questions about one agent in order; whatever depends on an answer that is missing is skipped together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from prx_dingtalk_router.delivery.prx.client import Health
from prx_dingtalk_router.diagnosis.checkup.agents.credentials import judge_token, judge_webhook
from prx_dingtalk_router.diagnosis.checkup.agents.facts import AgentFacts, ask_agent
from prx_dingtalk_router.diagnosis.checkup.agents.identity import judge_identity, judge_version
from prx_dingtalk_router.diagnosis.checkup.agents.limits import judge_limits
from prx_dingtalk_router.diagnosis.checkup.agents.memory import judge_memory
from prx_dingtalk_router.diagnosis.checkup.agents.reach import judge_reach
from prx_dingtalk_router.diagnosis.checkup.agents.second_consumer import judge_channel
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.settings import AgentSettings

if TYPE_CHECKING:
    from prx_dingtalk_router.diagnosis.checkup.installation import Installation

Judge = Callable[[str, AgentFacts, str], Finding]
"""Given the agent's name, what it says of itself, and our client id."""

_FIRST: tuple[Judge, ...] = (judge_token, judge_webhook, judge_identity)
"""Without these nothing is dispatched, or to the wrong agent."""
_OTHERS: tuple[Judge, ...] = (judge_version, judge_channel, judge_limits, judge_memory)


async def check_agent(name: str, installation: Installation) -> Sequence[Finding]:
    """Everything about one agent."""
    facts = await installation.agent(name)
    client_id = installation.settings.channel.client_id
    reach = judge_reach(name, facts, client_id)
    if not isinstance(facts.health, Health):
        return [reach, found("skipped", "agent", "not-asked", name)]
    first = [judge(name, facts, client_id) for judge in _FIRST]
    if isinstance(facts.status, str):
        return [reach, *first, found("skipped", "agent", "untold", name)]
    return [reach, *first, *(judge(name, facts, client_id) for judge in _OTHERS)]


async def trouble_of(name: str, settings: AgentSettings, client_id: str) -> Finding | None:
    """The first thing for which an agent would not get a message, as is looked for when a router starts; None if all is well."""
    facts = await ask_agent(settings, config=False)
    judges = (judge_reach, *_FIRST) if isinstance(facts.health, Health) else (judge_reach,)
    findings = (judge(name, facts, client_id) for judge in judges)
    return next((each for each in findings if each.status == "failed"), None)
