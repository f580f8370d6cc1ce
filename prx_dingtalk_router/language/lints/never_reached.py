"""Rules, and ``otherwise``, behind rules that take every message that they could take."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.covered_rule import CoveredRule
from prx_dingtalk_router.language.diagnostics.never_reached import NeverReached
from prx_dingtalk_router.language.diagnostics.same_condition import SameCondition
from prx_dingtalk_router.language.lints.linted_set import AnyRule, LintedSet
from prx_dingtalk_router.language.semantics.facts import NormalForm
from prx_dingtalk_router.language.semantics.reachability import Takers


def never_reached(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn where certain: behind a rule that always holds, that has the same condition, or rules with wider ones."""
    rules = linted.in_order
    last = next((at for at, rule in enumerate(rules) if linted.always_holds(rule) and rule.takes), None)
    takes_all = rules[last] if last is not None else None
    reached = rules if last is None else rules[: last + 1]
    forms = list(map(linted.form, reached))
    takers = Takers(linted.forms.facts, forms)
    same: dict[NormalForm, AnyRule] = {}
    for place, (rule, form) in enumerate(zip(reached, forms, strict=True)):
        if not form:  # no message could be taken from it
            continue
        if form in same:
            diagnostics.add(SameCondition(rule.place, rule.name, same[form].name, same[form].place))
            continue
        earlier = tuple(reached[each] for each in takers.before(form))
        if earlier:
            diagnostics.add(
                CoveredRule(
                    rule.place,
                    rule.name,
                    tuple(each.name for each in earlier),
                    tuple(each.place for each in earlier),
                )
            )
        elif rule.takes:
            same[form] = rule
            if rule is not takes_all:
                takers.add(place, form)
    if takes_all is None:
        return
    for rule in rules[len(reached) :]:
        diagnostics.add(NeverReached(rule.place, rule.name, takes_all.name, takes_all.place))
    otherwise = linted.rules.otherwise
    if otherwise is not None:
        diagnostics.add(NeverReached(otherwise.place, "otherwise", takes_all.name, takes_all.place))
