"""An agent reached by ``sender.name`` or ``conversation.title`` alone: anyone can choose those (language.md section 11).

What everybody can arrange (a group, a mention, a type, a text, an hour) beside such a name makes it no safer; a test of
who sends, or where, does.
"""

from __future__ import annotations

from itertools import product

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.resolve.ruleset import Resolved
from prx_dingtalk_router.language.ruleset import (
    Agent,
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
from prx_dingtalk_router.language.semantics.walk import walk
from prx_dingtalk_router.language.source import Source

CHOSEN = frozenset({"sender.name", "conversation.title"})
AUTHORISING = frozenset({"sender", "conversation", "corp", "robot", "admin", "external"})
"""Fields that nobody can choose for themselves."""

Way = tuple[bool, bool]
"""A way of fulfilling a condition: whether it takes a chosen name, and whether it takes a field that authorises."""

BY_NAME_ALONE: Way = (True, False)
OPEN: Way = (False, False)


def chosen_name(resolved: Resolved, entry: Source, context: CheckContext, diagnostics: Diagnostics) -> None:
    """Warn at the name of the rule, where a name opens what is not open to everybody anyway."""
    for rule in resolved.rules:
        if not any(isinstance(each.step, Agent) for chain in rule.chains for each in chain):
            continue
        ways = _ways(rule.condition, {})
        if BY_NAME_ALONE in ways and OPEN not in ways:
            fields = sorted(_fields(rule.condition) & CHOSEN)
            diagnostics.add("chosen-name", rule.span, fields=[f"`{name}`" for name in fields])


def _ways(condition: Condition, known: dict[int, frozenset[Way]], *, negated: bool = False) -> frozenset[Way]:
    match condition:
        case Compare() | Matches() | IsEmpty() | FlagIsSet():
            name = condition.field.name
            return frozenset({(name in CHOSEN, name in AUTHORISING)})
        case Named():
            # Named conditions are shared: each is looked at once, however often it is used.
            key = id(condition.inner) * 2 + negated
            if key not in known:
                known[key] = _ways(condition.inner, known, negated=negated)
            return known[key]
        case Not():
            return _ways(condition.inner, known, negated=not negated)
        case And() | Or():
            parts = [_ways(part, known, negated=negated) for part in condition.parts]
            if isinstance(condition, Or) is not negated:
                return frozenset().union(*parts)
            together = {OPEN}
            for part in parts:
                together = {(a or c, b or d) for (a, b), (c, d) in product(together, part)}
            return frozenset(together)
        case _:
            return frozenset({OPEN})


def _fields(condition: Condition) -> set[str]:
    return {
        each.field.name
        for each in walk(condition)
        if isinstance(each, Compare | Matches | IsEmpty | FlagIsSet)
    }
