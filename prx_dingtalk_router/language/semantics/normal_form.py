"""What a condition asks, without where it stands: two of the same form hold for the same messages."""

from __future__ import annotations

from collections.abc import Hashable

from prx_dingtalk_router.language.ruleset import (
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
)


def form(condition: Condition) -> Hashable:
    """The form; percentages are each their own, for they depend on the rule that is decided."""
    match condition:
        case Always():
            return ("always",)
        case FlagIsSet() | IsEmpty():
            return (type(condition).__name__, condition.field.name)
        case Compare():
            operator = "in" if condition.operator == "is" else condition.operator
            return ("compare", condition.field.name, operator, frozenset(condition.literals))
        case Matches():
            return ("matches", condition.field.name, frozenset(condition.regexes))
        case During():
            return ("during", condition.hours)
        case OfPercent():
            return ("percent", condition.span)
        case Named():
            return form(condition.inner)
        case Not():
            return ("not", form(condition.inner))
        case And() | Or():
            return (type(condition).__name__, frozenset(form(part) for part in condition.parts))
