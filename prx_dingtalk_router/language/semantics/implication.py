"""Whether one condition holds wherever another does, where that can be read off their shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from prx_dingtalk_router.language.ruleset import (
    Always,
    And,
    Compare,
    Condition,
    FlagIsSet,
    IsEmpty,
    Matches,
    Named,
    Not,
    Or,
)
from prx_dingtalk_router.language.semantics.evaluate import EXACT
from prx_dingtalk_router.language.semantics.message_view import SPOKEN_FIELD
from prx_dingtalk_router.language.semantics.normal_form import form

FOUND_WITHIN: Mapping[str, Callable[[str, str], bool]] = MappingProxyType(
    {
        "contains": lambda wide, narrow: wide in narrow,
        "starts with": lambda wide, narrow: narrow.startswith(wide),
        "ends with": lambda wide, narrow: narrow.endswith(wide),
    }
)
"""When finding the narrow literal, in the same way or exactly, means that the wide one is found too."""

ALSO_CONTAINS = frozenset(
    {*EXACT, "contains", "contains word", "starts with", "starts with word", "ends with"}
)


def covers(wide: Condition, narrow: Condition) -> bool:
    """Whether ``wide`` certainly holds for every message that ``narrow`` holds for; False when that is not certain."""
    match wide, narrow:
        case Always(), _:
            return True
        case Named(), _:
            return covers(wide.inner, narrow)
        case _, Named():
            return covers(wide, narrow.inner)
        case _, Or():
            return all(covers(wide, part) for part in narrow.parts)
        case And(), _:
            return all(covers(part, narrow) for part in wide.parts)
        case _, And():
            if any(covers(wide, part) for part in narrow.parts):
                return True
            return isinstance(wide, Or) and any(covers(part, narrow) for part in wide.parts)
        case Or(), _:
            return any(covers(part, narrow) for part in wide.parts)
        case Not(), Not():
            return covers(narrow.inner, wide.inner)
        case Not(inner=IsEmpty(field=field)), Compare():
            return narrow.field is field
        case Compare(), Compare():
            return wide.field is narrow.field and _comparison_covers(wide, narrow)
        case Matches(), Matches():
            return wide.field is narrow.field and set(narrow.regexes) <= set(wide.regexes)
        case _:
            return form(wide) == form(narrow)


def fields(condition: Condition) -> frozenset[str]:
    """What a condition surely looks at; it can only cover one that looks at all of that, or more."""
    match condition:
        case Compare() | Matches() | IsEmpty() | FlagIsSet():
            return frozenset({condition.field.name})
        case Named():
            return fields(condition.inner)
        case Not() if not isinstance(condition.inner, And | Or | Named | Not):
            return fields(condition.inner)
        case And():
            return frozenset().union(*(fields(part) for part in condition.parts))
        case _:
            return frozenset()


def _comparison_covers(wide: Compare, narrow: Compare) -> bool:
    if wide.operator in EXACT:
        return narrow.operator in EXACT and set(narrow.literals) <= set(wide.literals)
    if wide.operator == narrow.operator and wide.operator not in FOUND_WITHIN:
        within, each = set(narrow.literals), set(wide.literals)
        return each <= within if wide.operator == "contains all" else within <= each
    found = FOUND_WITHIN.get(wide.operator)
    if found is None:
        return False
    if narrow.operator == "contains all":
        return wide.operator == "contains" and any(
            found(literal, other) for literal in wide.literals for other in narrow.literals
        )
    same_way = narrow.operator == wide.operator or narrow.operator in EXACT
    if narrow.operator in EXACT and wide.operator == "ends with" and wide.field.name == SPOKEN_FIELD:
        same_way = False  # what was spoken may end with punctuation after the literal
    if narrow.operator == "starts with word" and wide.operator == "starts with":
        same_way = True
    if wide.operator == "contains" and narrow.operator in ALSO_CONTAINS:
        same_way = True
    return same_way and all(
        any(found(literal, other) for literal in wide.literals) for other in narrow.literals
    )
