"""What an operator can do about a reason for which something was not delivered.

Reasons may be shown in a chat and are short; this is for logs, and wherever dead messages are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

from prx_dingtalk_router.catalogue import Text, text

_OF_REASONS: Mapping[str, str] = {
    "delivery.misconfigured": "delivery.remedy-agent-settings",
    "delivery.wrong-agent": "delivery.remedy-agent-identity",
    "delivery.not-ready": "delivery.remedy-agent-not-ready",
    "delivery.unreachable": "delivery.remedy-agent-address",
    "delivery.agent-removed": "delivery.remedy-agent-removed",
    "delivery.webhook-expired": "delivery.remedy-write-again",
    "delivery.webhook-host": "delivery.remedy-webhook-host",
    "delivery.reply-unreachable": "delivery.remedy-network",
    "delivery.empty-message": "delivery.remedy-no-words",
    "delivery.reply-throttled": "delivery.remedy-slower",
}

_OF_CODES: Mapping[int, str] = {
    300001: "delivery.remedy-write-again",
    300005: "delivery.remedy-write-again",
    310000: "delivery.remedy-security",
    400013: "delivery.remedy-group-gone",
    400101: "delivery.remedy-robot-gone",
    400102: "delivery.remedy-robot-stopped",
    400106: "delivery.remedy-robot-gone",
    430101: "delivery.remedy-link",
    430102: "delivery.remedy-words",
    430103: "delivery.remedy-picture",
    430104: "delivery.remedy-words",
    90002: "delivery.remedy-calls",
    90018: "delivery.remedy-calls",
    90020: "delivery.remedy-quota",
}
"""By the ``errcode`` of a refused reply (dingtalk-stream.md sections 7 and 9)."""


def remedy_of(reason: Text | None) -> Text | None:
    """What can be done about ``reason``; None where nothing is known, or nothing is to be done."""
    if reason is None:
        return None
    code = reason.params.get("code")
    key = _OF_CODES.get(code) if isinstance(code, int) else None
    key = key or _OF_REASONS.get(reason.key)
    return text(key) if key is not None else None
