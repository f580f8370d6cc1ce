"""Rules, and ``otherwise``, behind a rule that takes every message that they could take."""

from __future__ import annotations

from collections.abc import Hashable

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.language.checked import (
    Always,
    And,
    Compare,
    Condition,
    During,
    FlagIsSet,
    IsEmpty,
    Matches,
    Named,
    Not,
    OfPercent,
    Or,
    Rule,
)
from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics, Related
from prx_dingtalk_router.language.resolving.ruleset import Resolved
from prx_dingtalk_router.language.source import Source


def never_reached(resolved: Resolved, entry: Source, context: CheckContext, diagnostics: Diagnostics) -> None:
    """Warn where certain: behind a rule that always holds, and behind one with the same condition."""
    takes_all: Rule | None = None
    taken: dict[Hashable, Rule] = {}
    for rule in resolved.rules:
        form = _form(rule.condition)
        earlier = takes_all or taken.get(form)
        if earlier is not None:
            name = "never-reached" if takes_all is not None else "same-condition"
            related = [Related(earlier.span, text("language.related.takes-first", rule=earlier.name))]
            diagnostics.add(name, rule.span, name=rule.name, earlier=earlier.name, related=related)
        elif not rule.shadow and not rule.passes_on:
            taken[form] = rule
            if _always(rule.condition):
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


def _always(condition: Condition) -> bool:
    match condition:
        case Always():
            return True
        case OfPercent():
            return condition.percent.hundredths == 10_000
        case Named():
            return _always(condition.inner)
        case And():
            return all(_always(part) for part in condition.parts)
        case Or():
            return any(_always(part) for part in condition.parts)
        case _:
            return False


def _form(condition: Condition) -> Hashable:
    """What a condition asks, without where it stands; percentages are each their own, for they depend on the rule."""
    match condition:
        case Always():
            return ("always",)
        case FlagIsSet() | IsEmpty():
            return (type(condition).__name__, condition.field.name)
        case Compare():
            return ("compare", condition.field.name, condition.operator, frozenset(condition.literals))
        case Matches():
            return ("matches", condition.field.name, frozenset(condition.expressions))
        case During():
            return ("during", condition.hours)
        case OfPercent():
            return ("percent", condition.span)
        case Named():
            return _form(condition.inner)
        case Not():
            return ("not", _form(condition.inner))
        case And() | Or():
            return (type(condition).__name__, frozenset(_form(part) for part in condition.parts))
