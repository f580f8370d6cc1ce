"""Who may use the bot: nobody by default, and only those whose staff ID is listed (prx-dingtalk-channel.md)."""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.diagnosis.checkup.checks.staff_ids import no_staff_ids, phone_numbers
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.diagnosis.checkup.installation import Installation
from prx_dingtalk_router.matching.baseline import EVERYBODY

_NAME = "allowed-users"


async def check_allowed_users(installation: Installation) -> Sequence[Finding]:
    """Look for an empty list, and for entries that can be nobody's staff ID."""
    users = installation.settings.channel.allowed_users
    if not users:
        return [found("failed", _NAME, "nobody")]
    never = no_staff_ids(users)
    if never:
        return [found("failed", _NAME, "no-staff-id", entries=never[:5])]
    phones = phone_numbers(users)
    if phones:
        return [found("warning", _NAME, "phone", entries=phones[:5])]
    if EVERYBODY in users:
        return [found("ok", _NAME, "everybody")]
    return [found("ok", _NAME, "some", count=len(users))]
