"""One agent under two names: in the configuration, or in rules that nobody can tell apart."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.same_agent import SameAgent
from prx_dingtalk_router.language.lints.configured import configured_place
from prx_dingtalk_router.language.lints.linted_set import LintedSet


def same_agent(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the table of the later name."""
    for name, earlier in linted.context.same_agents:
        place = configured_place(linted, diagnostics, ("agents", name))
        first = configured_place(linted, diagnostics, ("agents", earlier))
        diagnostics.add(SameAgent(place, name, earlier, first))
