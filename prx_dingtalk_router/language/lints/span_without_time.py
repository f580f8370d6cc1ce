"""Days without times beside days with times."""

from __future__ import annotations

from itertools import pairwise

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.span_without_time import SpanWithoutTime
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.resolve.inventory import WrittenHours
from prx_dingtalk_router.language.source import Place


def span_without_time(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the first such span of the hours."""
    for written in linted.inventory.hours:
        untimed = [place for place, timed in written.spans if not timed]
        if untimed and len(untimed) < len(written.spans):
            diagnostics.add(SpanWithoutTime(untimed[0], _gaps(written, diagnostics)))


def _gaps(written: WrittenHours, diagnostics: Diagnostics) -> tuple[Place, ...]:
    """Return the commas behind the days without times, where days with times follow at once."""
    gaps = []
    for (one, timed), (other, _) in pairwise(written.spans):
        if timed:
            break
        gap = Place(one.end, other.start, one.file)
        if diagnostics.sources.written(gap).strip() != ",":
            return ()
        gaps.append(gap)
    return tuple(gaps) if len(gaps) == sum(not timed for _, timed in written.spans) else ()
