"""A set without ``otherwise``: a message that no rule takes gets no answer."""

from __future__ import annotations

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.resolve.ruleset import Resolved
from prx_dingtalk_router.language.source import Source, Span


def no_otherwise(resolved: Resolved, entry: Source, context: CheckContext, diagnostics: Diagnostics) -> None:
    """Warn at the end of the entry file."""
    if resolved.otherwise is None and resolved.complete:
        end = len(entry.text.rstrip())
        diagnostics.add("no-otherwise", Span(entry, end, end))
