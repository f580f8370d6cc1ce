"""A rule whose condition can hold for nobody whom ``allowed_users`` admits (language.md section 8)."""

from __future__ import annotations

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.resolve.ruleset import Resolved
from prx_dingtalk_router.language.ruleset import And, Compare, Condition, FlagIsSet, IsEmpty, Named, Not, Or
from prx_dingtalk_router.language.source import Source


def sender_not_admitted(
    resolved: Resolved, entry: Source, context: CheckContext, diagnostics: Diagnostics
) -> None:
    """Warn where certain; only under a configuration, and never when everybody is admitted."""
    allowed = context.allowed_users
    if allowed is None or "*" in allowed:
        return
    for rule in resolved.rules:
        if _excludes_all(rule.condition, frozenset(allowed)):
            diagnostics.add("sender-not-admitted", rule.span, name=rule.name)


def _excludes_all(condition: Condition, allowed: frozenset[str]) -> bool:
    """Whether the condition certainly holds for none of these staff IDs."""
    match condition:
        case Compare(field=field, operator="is" | "in") if field.name == "sender":
            return allowed.isdisjoint(condition.literals)
        case FlagIsSet(field=field):
            return field.name == "external"
        case IsEmpty(field=field):
            return field.name == "sender"
        case Not(inner=Compare(field=field, operator="is" | "in", literals=literals)):
            return field.name == "sender" and bool(allowed) and allowed <= frozenset(literals)
        case Named():
            return _excludes_all(condition.inner, allowed)
        case And():
            return any(_excludes_all(part, allowed) for part in condition.parts)
        case Or():
            return all(_excludes_all(part, allowed) for part in condition.parts)
        case _:
            return False
