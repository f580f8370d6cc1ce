"""A configured agent that no step names."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.unused_agent import UnusedAgent
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.source import Place


def unused_agent(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the beginning of the entry file, for each such agent."""
    rules = linted.rules
    if rules.complete:
        for agent in sorted((linted.context.agents or frozenset()) - rules.agents()):
            diagnostics.add(UnusedAgent(Place(0, 0, rules.entry), agent))
