"""Who is told of trouble by the robot: nobody by default, and only staff IDs."""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.diagnosis.checkup.checks.staff_ids import no_staff_ids, phone_numbers
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.diagnosis.checkup.installation import Installation
from prx_dingtalk_router.matching.baseline import EVERYBODY

_NAME = "notify"


async def check_notify(installation: Installation) -> Sequence[Finding]:
    """Look for entries that can be nobody's staff ID; that nobody is told is a choice."""
    people = installation.settings.notify.staff_ids
    if not people:
        return [found("ok", _NAME, "nobody")]
    never = [*no_staff_ids(people), *(each for each in people if each == EVERYBODY)]
    if never:
        return [found("failed", _NAME, "no-staff-id", entries=never[:5])]
    phones = phone_numbers(people)
    if phones:
        return [found("warning", _NAME, "phone", entries=phones[:5])]
    return [found("ok", _NAME, "some", count=len(people))]
