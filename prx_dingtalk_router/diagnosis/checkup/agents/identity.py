"""Is it the agent that is meant, and one that we know how to speak to (prx-gateway.md sections 2, 19)?"""

from __future__ import annotations

from prx_dingtalk_router.delivery.prx.client import AgentCard
from prx_dingtalk_router.diagnosis.checkup.agents.facts import AgentFacts
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found

KNOWN_VERSIONS = "0.8."


def judge_identity(name: str, facts: AgentFacts, _: str) -> Finding:
    """Compare ``agent_id`` with the agent's card."""
    expected, card = facts.settings.agent_id, facts.card
    if not isinstance(card, AgentCard):
        return found("skipped", "agent-identity", "untold", name)
    if not expected:
        return found("warning", "agent-identity", "unchecked", name, agent_id=card.name)
    if card.name != expected:
        return found("failed", "agent-identity", "other", name, expected=expected, agent_id=card.name)
    return found("ok", "agent-identity", "ok", name, agent_id=card.name)


def judge_version(name: str, facts: AgentFacts, _: str) -> Finding:
    """Compare the version with those that this router was written against."""
    version = facts.status.get("version") if not isinstance(facts.status, str) else None
    if not isinstance(version, str):
        return found("skipped", "agent-version", "untold", name)
    known = version.startswith(KNOWN_VERSIONS)
    return found(
        "ok" if known else "warning", "agent-version", "ok" if known else "other", name, version=version
    )
