"""A rule whose condition can hold for nobody whom ``allowed_users`` admits (language.md section 8)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.sender_not_admitted import SenderNotAdmitted
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.ruleset import Compare, IsEmpty, Matches
from prx_dingtalk_router.language.semantics.facts import Alternative, Facts
from prx_dingtalk_router.language.semantics.implication import so_of_id


def sender_not_admitted(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn where certain; only under a configuration, and never when everybody is admitted."""
    allowed = linted.context.allowed_users
    if allowed is None or "*" in allowed:
        return
    admitted = _Admitted(linted.forms.facts, frozenset(allowed))
    for rule in linted.rules.rules:
        form = linted.forms.of_rule(rule)
        if form and not any(map(admitted.some_fulfil, form)):
            diagnostics.add(SenderNotAdmitted(rule.place, rule.name))


class _Admitted:
    """The admitted people, and for whom of them facts about the sender are so."""

    def __init__(self, facts: Facts, allowed: frozenset[str]) -> None:
        self._facts = facts
        self._allowed = allowed
        self._known: dict[int, frozenset[str]] = {}

    def some_fulfil(self, alternative: Alternative) -> bool:
        """Return whether what an alternative claims of the sender is true of one of them."""
        left = self._allowed
        for claim in alternative:
            fact = self._facts[claim]
            if isinstance(fact, Compare | IsEmpty | Matches) and fact.field.name == "sender":
                so = self._so(abs(claim), fact)
                left = left & so if claim > 0 else left - so
        return bool(left)

    def _so(self, number: int, fact: Compare | IsEmpty | Matches) -> frozenset[str]:
        if number not in self._known:
            self._known[number] = frozenset(so_of_id(fact, self._allowed))
        return self._known[number]
