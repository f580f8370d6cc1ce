"""A configured agent that no step names."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.unused_agent import UnusedAgent
from prx_dingtalk_router.language.lints.configured import configured_place
from prx_dingtalk_router.language.lints.linted_set import LintedSet


def unused_agent(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at its table in the configuration, for each such agent."""
    rules = linted.rules
    if rules.complete:
        same = {agent for pair in linted.context.same_agents for agent in pair}  # reported as such
        for agent in sorted((linted.context.agents or frozenset()) - linted.agents() - same):
            place = configured_place(linted, diagnostics, ("agents", agent))
            diagnostics.add(UnusedAgent(place, agent))
