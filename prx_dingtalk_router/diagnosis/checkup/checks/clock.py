"""Is this machine's clock right? When webhooks expire, and what time messages get, goes by it."""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.diagnosis.checkup.installation import Installation

_NAME = "clock"
WARNED_SECONDS = 5.0
FAILED_SECONDS = 60.0


async def check_clock(installation: Installation) -> Sequence[Finding]:
    """Compare with the time in DingTalk's answers."""
    ahead = (await installation.token()).ahead
    if ahead is None:
        return [found("skipped", _NAME, "unknown")]
    if abs(ahead) < WARNED_SECONDS:
        return [found("ok", _NAME, "ok")]
    status, way = "failed" if abs(ahead) >= FAILED_SECONDS else "warning", "slow" if ahead > 0 else "fast"
    return [found(status, _NAME, way, seconds=round(abs(ahead)))]  # type: ignore[arg-type]
