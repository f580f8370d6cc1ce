"""Who may use the bot: nobody by default, and only those whose staff ID is listed (prx-dingtalk-channel.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.diagnosis.checkup.installation import Installation
from prx_dingtalk_router.matching.baseline import EVERYBODY

_NAME = "allowed-users"
_NEVER = re.compile(r"\$:|ext:|.*@|.*[\s\u3400-\u9fff]")
"""What no staff ID looks like: a `senderId`, an address of mail, a name."""
_PHONE = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}")


async def check_allowed_users(installation: Installation) -> Sequence[Finding]:
    """Look for an empty list, and for entries that can be nobody's staff ID."""
    users = installation.settings.channel.allowed_users
    if not users:
        return [found("failed", _NAME, "nobody")]
    never = [each for each in users if _NEVER.match(each)]
    if never:
        return [found("failed", _NAME, "no-staff-id", entries=never[:5])]
    phones = [each for each in users if _PHONE.fullmatch(each)]
    if phones:
        return [found("warning", _NAME, "phone", entries=phones[:5])]
    if EVERYBODY in users:
        return [found("ok", _NAME, "everybody")]
    return [found("ok", _NAME, "some", count=len(users))]
