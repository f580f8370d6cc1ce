"""Do the daemon's limits fit ours (prx-gateway.md sections 5.4, 10)?"""

from __future__ import annotations

from typing import TypeGuard

from prx_dingtalk_router.calendar.durations import format_duration
from prx_dingtalk_router.diagnosis.checkup.agents.facts import AgentFacts
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found

_NAME = "agent-limits"


def judge_limits(name: str, facts: AgentFacts, _: str) -> Finding:
    """Compare for how long keys are remembered, and how many calls are allowed, where its configuration tells."""
    ttl = facts.of_config("gateway", "idempotency_ttl_secs")
    calls = facts.of_config("gateway", "api_rate_limit_per_minute")
    ours = facts.settings
    if _is_count(ttl) and ours.idempotency_ttl > max(ttl, 1):
        written = format_duration(ours.idempotency_ttl)
        return found("failed", _NAME, "ttl", name, ours=written, theirs=format_duration(max(ttl, 1)))
    our_calls = ours.api_rate_limit_per_minute
    if _is_count(calls) and calls and (our_calls == 0 or our_calls > calls):
        return found("failed", _NAME, "calls", name, ours=our_calls, theirs=calls)
    if _is_count(ttl) and _is_count(calls):
        return found("ok", _NAME, "ok", name)
    return found("skipped", _NAME, "untold", name)


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
