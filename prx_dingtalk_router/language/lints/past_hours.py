"""Hours whose dates are all over."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.past_hours import PastHours
from prx_dingtalk_router.language.lints.linted_set import LintedSet


def past_hours(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the hours."""
    today = linted.context.current_date()
    for written in linted.inventory.hours:
        last = written.hours.last_date
        if last is not None and last < today:
            diagnostics.add(PastHours(written.place, last.isoformat()))
