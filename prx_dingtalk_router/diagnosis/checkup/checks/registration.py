"""Does DingTalk give us a connection? One real registration; it opens none, so a router that runs goes on undisturbed.

Its answers also tell whether the app is published and its robot in Stream Mode, as far as DingTalk says (dingtalk-stream.md
section 1).
"""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.diagnosis.checkup.installation import Installation
from prx_dingtalk_router.stream.protocol.registration import Refusal, RefusalKind

_NAME = "registration"

_OUTCOMES = {
    RefusalKind.CREDENTIALS: "credentials",
    RefusalKind.SETUP: "setup",
    RefusalKind.QUOTA: "quota",
    RefusalKind.TIMEOUT: "no-answer",
    RefusalKind.UNREACHABLE: "no-answer",
    RefusalKind.UNAVAILABLE: "no-answer",
}


async def check_registration(installation: Installation) -> Sequence[Finding]:
    """Register once."""
    answer = await installation.registration()
    if isinstance(answer, Refusal):
        outcome = _OUTCOMES.get(answer.kind, "odd")
        return [Finding(_NAME, "", "failed", found("failed", _NAME, outcome).summary, answer.text)]
    return [found("ok", _NAME, "ok", client_id=installation.settings.channel.client_id)]
