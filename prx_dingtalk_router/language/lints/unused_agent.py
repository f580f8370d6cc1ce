"""A configured agent that no step names."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.unused_agent import UnusedAgent
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.ruleset import Agent, Fallback, Rule
from prx_dingtalk_router.language.source import Span


def unused_agent(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the beginning of the entry file, for each such agent."""
    resolved = linted.resolved
    if not resolved.complete:
        return
    homes: list[Rule | Fallback | None] = [*resolved.rules, resolved.otherwise, resolved.denied]
    entries = (entry for home in homes if home is not None for chain in home.chains for entry in chain)
    named = {entry.step.agent for entry in entries if isinstance(entry.step, Agent)}
    for agent in sorted((linted.context.agents or frozenset()) - named):
        diagnostics.add(UnusedAgent(Span(linted.entry, 0, 0), agent))
