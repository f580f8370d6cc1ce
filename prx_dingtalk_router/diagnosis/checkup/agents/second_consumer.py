"""Does the PRX behind an agent hold a DingTalk app, too? With ours, DingTalk hands messages to either (prx-gateway.md 17.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from prx_dingtalk_router.diagnosis.checkup.agents.facts import AgentFacts
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found

_NAME = "agent-channel"
_WHOLE = re.compile(r"[A-Za-z0-9_-]+")
"""A client id that is shown as it is; what is masked tells nothing."""


def judge_channel(name: str, facts: AgentFacts, client_id: str) -> Finding:
    """Judge by the channels of ``/api/status``, and by the client id where the configuration tells it."""
    channels = facts.status.get("channels") if not isinstance(facts.status, str) else None
    if not isinstance(channels, list) or "dingtalk" not in channels:
        return found("ok", _NAME, "ok", name)
    theirs = facts.of_config("channels_config", "dingtalk")
    known = theirs.get("client_id") if isinstance(theirs, Mapping) else None
    if known == client_id:
        return found("failed", _NAME, "same", name, client_id=client_id)
    if isinstance(known, str) and _WHOLE.fullmatch(known):
        return found("ok", _NAME, "other", name)
    return found("warning", _NAME, "unknown", name, client_id=client_id)
