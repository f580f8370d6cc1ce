"""Rules, and ``otherwise``, behind a rule that takes every message that they could take."""

from __future__ import annotations

from collections.abc import Hashable

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics, Related
from prx_dingtalk_router.language.lints.fixed_condition import outcome
from prx_dingtalk_router.language.resolve.ruleset import Resolved
from prx_dingtalk_router.language.ruleset import Rule
from prx_dingtalk_router.language.semantics.implication import covers, fields
from prx_dingtalk_router.language.semantics.normal_form import form
from prx_dingtalk_router.language.source import Source

MAX_COMPARISONS = 10_000
"""So many pairs of rules are compared; after them only rules of the same form are found, for time grows with the square."""


def never_reached(resolved: Resolved, entry: Source, context: CheckContext, diagnostics: Diagnostics) -> None:
    """Warn where certain: behind a rule that always holds, that has the same condition, or a wider one."""
    takes_all: Rule | None = None
    takers: list[tuple[Rule, frozenset[str]]] = []
    same: dict[Hashable, Rule] = {}
    compared = 0
    for rule in resolved.rules:
        shape = form(rule.condition)
        looked_at = fields(rule.condition)
        if takes_all is not None:
            _report("never-reached", rule, takes_all, diagnostics)
            continue
        earlier = same.get(shape)
        if earlier is not None:
            _report("same-condition", rule, earlier, diagnostics)
            continue
        wider = None
        if compared < MAX_COMPARISONS:
            candidates = [taker for taker, needed in takers if needed <= looked_at]
            compared += len(candidates)
            wider = next((taker for taker in candidates if covers(taker.condition, rule.condition)), None)
        if wider is not None:
            _report("covered-rule", rule, wider, diagnostics)
        elif not rule.shadow and not rule.passes_on:
            same[shape] = rule
            takers.append((rule, looked_at))
            if outcome(rule.condition) is True:
                takes_all = rule
    if takes_all is not None and resolved.otherwise is not None:
        related = [Related(takes_all.span, text("language.related.takes-first", rule=takes_all.name))]
        diagnostics.add(
            "never-reached",
            resolved.otherwise.span,
            name="otherwise",
            earlier=takes_all.name,
            related=related,
        )


def _report(what: str, rule: Rule, earlier: Rule, diagnostics: Diagnostics) -> None:
    related = [Related(earlier.span, text("language.related.takes-first", rule=earlier.name))]
    diagnostics.add(what, rule.span, name=rule.name, earlier=earlier.name, related=related)
