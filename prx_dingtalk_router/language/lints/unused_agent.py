"""A configured agent that no step names."""

from __future__ import annotations

from collections.abc import Iterator

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.resolve.ruleset import Resolved
from prx_dingtalk_router.language.ruleset import Agent, Chain
from prx_dingtalk_router.language.source import Source, Span


def unused_agent(resolved: Resolved, entry: Source, context: CheckContext, diagnostics: Diagnostics) -> None:
    """Warn at the beginning of the entry file, for each such agent."""
    if not resolved.complete:
        return
    named = {agent.agent for chains in _all_chains(resolved) for agent in _agents(chains)}
    for agent in sorted((context.agents or frozenset()) - named):
        diagnostics.add("unused-agent", Span(entry, 0, 0), name=agent)


def _all_chains(resolved: Resolved) -> Iterator[tuple[Chain, ...]]:
    yield from (rule.chains for rule in resolved.rules)
    yield from (each.chains for each in (resolved.otherwise, resolved.denied) if each is not None)


def _agents(chains: tuple[Chain, ...]) -> Iterator[Agent]:
    for chain in chains:
        for entry in chain:
            if isinstance(entry.step, Agent):
                yield entry.step
