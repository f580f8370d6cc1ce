"""A set without ``otherwise``: a message that no rule takes gets no answer."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.no_otherwise import NoOtherwise
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.source import Place


def no_otherwise(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the end of the entry file."""
    if linted.rules.otherwise is None and linted.rules.complete:
        entry = linted.rules.entry
        end = len(linted.rules.sources[entry].text.rstrip())
        diagnostics.add(NoOtherwise(Place(end, end, entry)))
