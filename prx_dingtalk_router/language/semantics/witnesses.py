"""Finds the witness of each condition of a set; what a name stands for is looked at once."""

from __future__ import annotations

from collections.abc import Callable

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
from prx_dingtalk_router.language.semantics.evaluate import EXACT
from prx_dingtalk_router.language.semantics.message_view import SPOKEN_FIELD
from prx_dingtalk_router.language.semantics.witness import (
    ANY,
    NONE,
    STATE_BITS,
    Equals,
    Found,
    Holds,
    State,
    Witness,
    best_of,
    chance_of_literal,
    chance_of_one,
    of_clue,
    of_state,
    one_of,
)
from prx_dingtalk_router.message import Field
from prx_dingtalk_router.regex.engine import Regex, program_size
from prx_dingtalk_router.regex.scanned import scanned_choices

LARGEST_IN_SET = 400
"""Instructions of a regex that a set takes; a larger one is searched for alone."""
WEAK = 0.05
"""Literals that are in more texts than this are no better than asking a set of regexes."""


def regex_witness(field: Field, regex: Regex) -> Witness:
    """Return the witness of a regex that is searched for in a field: literals that every match holds, or a set of regexes."""
    choices = scanned_choices(regex.source, regex.ignore_case, of_text=field.kind == "text")
    best = min(choices, key=chance_of_one, default=None)
    if best is not None and chance_of_one(best) <= WEAK:
        return of_clue(Holds(field.name, tuple(sorted(best))))
    if program_size(regex.source, regex.ignore_case) <= LARGEST_IN_SET:
        return of_clue(Found(field.name, regex))
    return ANY if best is None else of_clue(Holds(field.name, tuple(sorted(best))))


def quick_regex_witness(field: Field, regex: Regex) -> Witness:
    """Return a witness of a regex without a look into it, for whoever only asks which tests have one."""
    return of_clue(Found(field.name, regex))


class Witnesses:
    """The witnesses of the conditions of one set. Lists that tests share are shared by their witnesses.

    Args:
        of_regex: gives the witness of a regex in a field.
    """

    def __init__(self, of_regex: Callable[[Field, Regex], Witness] = regex_witness) -> None:
        self._witness_of_regex = of_regex
        self._named: dict[tuple[str, bool], Witness] = {}
        self._compared: dict[tuple[str, str, int], Witness] = {}
        self._searched: dict[tuple[str, Regex], Witness] = {}

    def of(self, condition: Condition, *, negated: bool = False) -> Witness:
        """Return the witness of a condition, or of its negation."""
        match condition:
            case Not():
                return self.of(condition.inner, negated=not negated)
            case Named():
                known = (condition.name, negated)
                if known not in self._named:
                    self._named[known] = self.of(condition.inner, negated=negated)
                return self._named[known]
            case And() | Or():
                parts = [self.of(part, negated=negated) for part in condition.parts]
                return best_of(parts) if isinstance(condition, And) is not negated else one_of(parts)
            case Always():
                return NONE if negated else ANY
            case FlagIsSet():
                return of_state(_flag(condition.field.name, negated))
            case IsEmpty():
                return of_state(_state(condition.field.name, negated))
            case Compare() if not negated:
                return self._of_compare(condition)
            case Matches() if not negated:
                return one_of(self._of_regex(condition.field, regex) for regex in condition.regexes)
            case Compare() | Matches() | During() | OfPercent():
                return ANY

    def _of_compare(self, condition: Compare) -> Witness:
        known = (condition.field.name, condition.operator, id(condition.literals))
        witness = self._compared.get(known)
        if witness is None:
            witness = self._compared[known] = _of_compare(condition)
        return witness

    def _of_regex(self, field: Field, regex: Regex) -> Witness:
        known = (field.name, regex)
        witness = self._searched.get(known)
        if witness is None:
            witness = self._searched[known] = self._witness_of_regex(field, regex)
        return witness


def _flag(name: str, negated: bool) -> State:
    match name:
        case "group":
            return _state("private", not negated)
        case "external":
            return _state("sender", negated)
        case _:
            return _state(name, negated)


def _state(name: str, negated: bool) -> State:
    bit = STATE_BITS[name]
    return State(off=bit) if negated else State(on=bit)


def _of_compare(condition: Compare) -> Witness:
    field, literals = condition.field, condition.literals
    if condition.operator in EXACT:
        return of_clue(Equals(field.name, literals, spoken=field.name == SPOKEN_FIELD))
    if field.kind != "text":
        literals = tuple(literal.casefold() for literal in literals)
    if condition.operator == "contains all":
        literals = (min(literals, key=chance_of_literal),)
    if "" in literals:
        return ANY
    return of_clue(Holds(field.name, literals))
