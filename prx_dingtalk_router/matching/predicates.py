"""Conditions as functions of a message: what a rule is asked by, and each of its parts when somebody wants to know why.

They say what ``language/semantics/evaluate.py`` says, which is the meaning of conditions; only quicker.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.walk import Asking
from prx_dingtalk_router.matching.comparing import Comparison, comparison
from prx_dingtalk_router.message import Field
from prx_dingtalk_router.text.spoken import without_final_marks

Predicate = Callable[[MessageView], bool]
"""Whether a condition holds for a message. It touches nothing but what the view remembers."""

_COST: dict[type[Condition], int] = {
    FlagIsSet: 0,
    IsEmpty: 1,
    Compare: 1,
    OfPercent: 2,
    During: 3,
    Matches: 4,
}
"""What is asked first of the parts of ``and`` and ``or``; predicates are pure, so the order changes nothing."""


class Predicates:
    """Makes the predicates of one set. What a name stands for is made once, and asked once a message."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, str], Predicate] = {}
        self._comparisons: dict[tuple[str, int], Comparison] = {}
        self._asks_percentage = Asking(OfPercent)

    def of(self, condition: Condition, rule: str) -> Predicate:
        """Return the predicate of a condition.

        Args:
            condition: or a part of it.
            rule: the name of the rule that is decided, which percentages depend on.
        """
        match condition:
            case Compare():
                return self._of_compare(condition)
            case Matches():
                return _of_matches(condition)
            case And():
                return _all([self.of(part, rule) for part in _cheap_first(condition.parts)])
            case Or():
                return _any([self.of(part, rule) for part in _cheap_first(condition.parts)])
            case Not():
                inner = self.of(condition.inner, rule)
                return lambda view: not inner(view)
            case Named():
                return self._of_named(condition, rule)
            case FlagIsSet():
                flag = condition.field.flag
                return lambda view: flag(view.message)
            case IsEmpty():
                field = condition.field
                return lambda view: not view.forms(field).folded
            case During():
                return _of_during(condition)
            case OfPercent():
                return _of_percent(condition, rule)
            case Always():
                return lambda _: True

    def _of_named(self, condition: Named, rule: str) -> Predicate:
        # Without a percentage in it, it says the same whichever rule is decided.
        known = (condition.name, rule if self._asks_percentage(condition) else "")
        if known not in self._named:
            self._named[known] = _remembered(known, self.of(condition.inner, rule))
        return self._named[known]

    def _of_compare(self, condition: Compare) -> Predicate:
        field, operator = condition.field, condition.operator
        key = (operator, id(condition.literals))  # lists that tests share are made ready once
        compare = self._comparisons.get(key)
        if compare is None:
            compare = self._comparisons[key] = comparison(operator, condition.literals)
        if operator in ("is", "in"):
            return _of_equal(field, compare)
        return lambda view: compare(view.forms(field).folded)


def _of_equal(field: Field, compare: Comparison) -> Predicate:
    def equals(view: MessageView) -> bool:
        value = view.forms(field).folded
        return compare(value) or (view.is_spoken(field) and compare(without_final_marks(value)))

    return equals


def _of_matches(condition: Matches) -> Predicate:
    field = condition.field
    if len(condition.regexes) == 1:
        found_in = condition.regexes[0].found_in
        return lambda view: found_in(view.forms(field).plain)
    searches = tuple(regex.found_in for regex in condition.regexes)

    def matches(view: MessageView) -> bool:
        searched = view.forms(field).plain
        return any(found_in(searched) for found_in in searches)

    return matches


def _of_during(condition: During) -> Predicate:
    hours = condition.hours
    key = id(hours)  # rules that name hours share them

    def during(view: MessageView) -> bool:
        known = view.known.get(key)
        if known is None:
            known = view.known[key] = view.written_during(hours)
        return known

    return during


def _of_percent(condition: OfPercent, rule: str) -> Predicate:
    holds = condition.percent.holds
    match condition.subject:
        case "senders":
            return lambda view: holds(rule, view.message.sender_key)
        case "conversations":
            return lambda view: holds(rule, view.message.conversation)
        case "messages":
            return lambda view: holds(rule, view.message.msg_id)


def _remembered(key: tuple[str, str], predicate: Predicate) -> Predicate:
    def named(view: MessageView) -> bool:
        known = view.known.get(key)
        if known is None:
            known = view.known[key] = predicate(view)
        return known

    return named


def _all(parts: Sequence[Predicate]) -> Predicate:
    if len(parts) == 2:
        first, second = parts
        return lambda view: first(view) and second(view)

    def all_hold(view: MessageView) -> bool:
        for part in parts:  # noqa: SIM110 - twice as fast as a generator
            if not part(view):
                return False
        return True

    return all_hold


def _any(parts: Sequence[Predicate]) -> Predicate:
    if len(parts) == 2:
        first, second = parts
        return lambda view: first(view) or second(view)

    def any_holds(view: MessageView) -> bool:
        for part in parts:  # noqa: SIM110 - twice as fast as a generator
            if part(view):
                return True
        return False

    return any_holds


def _cheap_first(parts: Sequence[Condition]) -> list[Condition]:
    return sorted(parts, key=_cost)


def _cost(condition: Condition) -> int:
    if isinstance(condition, Not):
        return _cost(condition.inner)
    return _COST.get(type(condition), 5)
