"""Guards that refuse nothing, or count otherwise than they say (language.md section 7)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.guard_without_effect import GuardWithoutEffect
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.semantics.places import only_in_private

MOST_A_SECOND: Mapping[str, int] = MappingProxyType({"sender": 5, "conversation": 50, "step": 500})
"""More messages than ever come: of one person, in one conversation, in all."""


def guard_without_effect(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at each guard."""
    for place, guard in linted.inventory.guards.values():
        if guard.count > guard.per * MOST_A_SECOND[guard.scope]:
            diagnostics.add(GuardWithoutEffect(place, "never-full"))
    for rule in linted.rules.rules:
        counted = [
            rule.home.place(entry.step.span)
            for chain in rule.chains
            for entry in chain
            if entry.guard is not None and entry.guard.scope == "conversation"
        ]
        if counted and only_in_private(rule, linted.forms):
            for step in counted:
                diagnostics.add(GuardWithoutEffect(linted.inventory.guards[step].place, "one-person"))
