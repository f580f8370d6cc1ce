"""Does a daemon answer at the address, and is it a PRX that is ready?"""

from __future__ import annotations

from prx_dingtalk_router.delivery.prx.client import Health
from prx_dingtalk_router.diagnosis.checkup.agents.facts import AgentFacts
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found

_NAME = "agent"


def judge_reach(name: str, facts: AgentFacts, _: str) -> Finding:
    """Judge by ``/health``, and there by the gateway alone: a broken channel does not keep agents from working."""
    url = facts.settings.url
    match facts.health:
        case "unreachable":
            return found("failed", _NAME, "unreachable", name, url=url)
        case str():
            return found("failed", _NAME, "stranger", name, url=url)
        case Health(ready=False):
            return found("failed", _NAME, "not-ready", name, url=url)
    if not isinstance(facts.status, str) and facts.status.get("provider_degraded") is True:
        return found("warning", _NAME, "degraded", name)
    return found("ok", _NAME, "ok", name, url=url)
