"""Are our credentials good: the token everywhere, webhook token and signature for dispatching (prx-gateway.md section 4.1)?"""

from __future__ import annotations

from prx_dingtalk_router.diagnosis.checkup.agents.facts import AgentFacts
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found

_UNAUTHORIZED = 401
_NO_MESSAGE = 400


def judge_token(name: str, facts: AgentFacts, _: str) -> Finding:
    """Judge by ``/api/status``."""
    has_token = bool(facts.settings.token.get_secret_value())
    match facts.status:
        case "refused":
            return found("failed", "agent-token", "refused" if has_token else "missing", name)
        case "throttled":
            return found("warning", "agent-token", "throttled", name)
        case str():
            return found("failed", "agent-token", "odd", name)
    return found("ok", "agent-token", "ok" if has_token else "open", name)


def judge_webhook(name: str, facts: AgentFacts, _: str) -> Finding:
    """Judge by an empty request, which is refused for its emptiness only after all credentials were found right."""
    if facts.status == "refused":
        return found("skipped", "agent-webhook", "token-first", name)
    if facts.webhook == _NO_MESSAGE:
        return found("ok", "agent-webhook", "ok", name)
    if facts.webhook == _UNAUTHORIZED:
        return found("failed", "agent-webhook", "refused", name)
    return found("skipped", "agent-webhook", "unclear", name, code=facts.webhook or "-")
