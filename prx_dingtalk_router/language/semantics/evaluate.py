"""Whether a condition holds, by the letter of language.md section 5: plain, and the measure of any faster way.

Nothing here is clever on purpose. Faster matching is tested against these functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

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
    Operator,
    Or,
)
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.walk import positive_matches
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.text.spoken import without_final_marks
from prx_dingtalk_router.text.words import contains_word, starts_with_word

COMPARISONS: Mapping[Operator, Callable[[str, tuple[str, ...]], bool]] = MappingProxyType(
    {
        "is": lambda value, literals: value in literals,
        "in": lambda value, literals: value in literals,
        "contains": lambda value, literals: any(literal in value for literal in literals),
        "contains all": lambda value, literals: all(literal in value for literal in literals),
        "contains word": lambda value, literals: any(contains_word(value, literal) for literal in literals),
        "starts with": lambda value, literals: any(value.startswith(literal) for literal in literals),
        "starts with word": lambda value, literals: any(
            starts_with_word(value, literal) for literal in literals
        ),
        "ends with": lambda value, literals: any(value.endswith(literal) for literal in literals),
    }
)

EXACT: frozenset[Operator] = frozenset({"is", "in"})
"""The comparisons with the whole of a field."""


def holds(condition: Condition, view: MessageView, rule: str) -> bool:
    """Return whether a condition holds.

    Args:
        condition: of the rule that is being decided.
        view: the message.
        rule: that rule's name, which percentages depend on, also inside a named condition.
    """
    match condition:
        case Compare():
            return _compares(condition, view)
        case And():
            return all(holds(part, view, rule) for part in condition.parts)
        case Or():
            return any(holds(part, view, rule) for part in condition.parts)
        case Matches():
            searched = view.searched(condition.field)
            return any(regex.found_in(searched) for regex in condition.regexes)
        case Not():
            return not holds(condition.inner, view, rule)
        case Named():
            known = (condition.name, rule)
            if known not in view.known:
                view.known[known] = holds(condition.inner, view, rule)
            return view.known[known]
        case FlagIsSet():
            return condition.field.flag(view.message)
        case IsEmpty():
            return not view.compared(condition.field)
        case During():
            return view.written_during(condition.hours)
        case OfPercent():
            return condition.percent.holds(rule, percent_subject(condition, view.message))
        case Always():
            return True


def captures(condition: Condition, view: MessageView) -> dict[str, str]:
    """Return the captures that a condition gives: for each group, of the first regex that is found and has it.

    A group takes a piece of the plain form; its value is what was written there.

    All ``matches`` tests outside negations are evaluated, in written order, whatever ``and`` and ``or`` decided.
    """
    found: dict[str, str] = {}
    for test in positive_matches(condition):
        for regex in test.regexes:
            missing = [name for name in regex.group_names if name not in found]
            if missing:
                match = regex.search(view.searched(test.field))
                if match is not None:
                    spans = match.spans(missing)
                    found.update((name, view.written(test.field, *spans[name])) for name in missing)
    return found


def _compares(condition: Compare, view: MessageView) -> bool:
    compare = COMPARISONS[condition.operator]
    value = view.compared(condition.field)
    if compare(value, condition.literals):
        return True
    if condition.operator not in EXACT or not view.is_spoken(condition.field):
        return False
    return compare(without_final_marks(value), condition.literals)


def percent_subject(condition: OfPercent, message: Message) -> str:
    """Return the id that a percentage is of: the sender, conversation or message."""
    match condition.subject:
        case "senders":
            return message.sender_key
        case "conversations":
            return message.conversation
        case "messages":
            return message.msg_id
