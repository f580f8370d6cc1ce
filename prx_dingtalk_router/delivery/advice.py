"""What an operator can do about a reason for which something was not delivered.

Reasons may be shown in a chat and are short; this is for logs, and wherever dead messages are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery.dingtalk.api_codes import meaning_of_api
from prx_dingtalk_router.delivery.dingtalk.errcodes import meaning_of

_OF_REASONS: Mapping[str, str] = {
    "delivery.misconfigured": "delivery.remedy-agent-settings",
    "delivery.wrong-agent": "delivery.remedy-agent-identity",
    "delivery.not-ready": "delivery.remedy-agent-not-ready",
    "delivery.unreachable": "delivery.remedy-agent-address",
    "delivery.agent-removed": "delivery.remedy-agent-removed",
    "delivery.webhook-expired": "delivery.remedy-write-again",
    "delivery.webhook-host": "delivery.remedy-webhook-host",
    "delivery.conversation-full": "delivery.remedy-fewer-replies",
    "delivery.no-staff-id": "delivery.remedy-write-again",
    "delivery.reply-flow-controlled": "delivery.remedy-flow-control",
    "delivery.reply-invalid-person": "delivery.remedy-receiver",
    "delivery.reply-filtered": "delivery.remedy-receiver",
    "delivery.reply-unreachable": "delivery.remedy-network",
    "delivery.empty-message": "delivery.remedy-no-words",
    "delivery.reply-throttled": "delivery.remedy-slower",
}


def advice_on(reason: Text | None) -> Text | None:
    """What can be done about ``reason``; None where nothing is known, or nothing is to be done."""
    if reason is None:
        return None
    code = reason.params.get("code")
    key = (meaning_of_api(code) or meaning_of(code)).advice or _OF_REASONS.get(reason.key)
    return text(key) if key is not None else None
