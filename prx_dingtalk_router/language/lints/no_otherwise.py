"""A set without ``otherwise``: a message that no rule takes gets no answer."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.no_otherwise import NoOtherwise
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.source import Span


def no_otherwise(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the end of the entry file."""
    if linted.resolved.otherwise is None and linted.resolved.complete:
        end = len(linted.entry.text.rstrip())
        diagnostics.add(NoOtherwise(Span(linted.entry, end, end)))
