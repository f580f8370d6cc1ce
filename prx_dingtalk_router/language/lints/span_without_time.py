"""Days without times beside days with times."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.span_without_time import SpanWithoutTime
from prx_dingtalk_router.language.lints.linted_set import LintedSet


def span_without_time(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the first such span of the hours."""
    for written in linted.inventory.hours:
        if any(timed for _, timed in written.spans):
            untimed = next((place for place, timed in written.spans if not timed), None)
            if untimed is not None:
                diagnostics.add(SpanWithoutTime(untimed))
