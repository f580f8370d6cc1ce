"""Does PRX save what people say in private into the agent's general memory (prx-gateway.md section 5.5)?"""

from __future__ import annotations

from prx_dingtalk_router.diagnosis.checkup.agents.facts import AgentFacts
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found

_NAME = "agent-memory"


def judge_memory(name: str, facts: AgentFacts, _: str) -> Finding:
    """Judge by ``auto_save``, which is on unless it is switched off, where its configuration tells."""
    match facts.of_config("memory", "auto_save"):
        case True:
            return found("warning", _NAME, "saves", name)
        case False:
            return found("ok", _NAME, "ok", name)
    return found("skipped", _NAME, "untold", name)
