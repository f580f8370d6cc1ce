"""Conditions that hold for no message, or for every one."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.always_holds import AlwaysHolds
from prx_dingtalk_router.language.diagnostics.never_holds import NeverHolds
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.ruleset import Always, Condition, Named, OfPercent
from prx_dingtalk_router.language.semantics.contradictions import never_comes, telling_claims


def fixed_condition(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the condition; a plain ``always`` says what it means and is let pass."""
    forms = linted.forms
    unfixed = []
    for rule in linted.rules.rules:
        fixed = forms.fixed(rule)
        if fixed is False:
            diagnostics.add(NeverHolds(rule.home.place(rule.condition.span), rule.name))
        elif fixed is None:
            unfixed.append(rule)
        elif not _meant(rule.condition):
            diagnostics.add(AlwaysHolds(rule.home.place(rule.condition.span), rule.name))
    telling = telling_claims(forms.facts)
    for rule in unfixed if telling else ():
        form = forms.of_rule(rule)
        if not any(map(telling.isdisjoint, form)):
            why = never_comes(form, forms.facts)
            if why is not None:
                diagnostics.add(NeverHolds(rule.home.place(rule.condition.span), rule.name, why))


def _meant(condition: Condition) -> bool:
    """Return whether it is written to hold always: ``always``, ``100% of …``."""
    while isinstance(condition, Named):
        condition = condition.inner
    return isinstance(condition, Always | OfPercent)
