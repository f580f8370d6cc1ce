"""The comparisons of a field with literals (language.md section 5); a long list costs no more than a short one."""

from __future__ import annotations

from collections.abc import Callable

from prx_dingtalk_router.language.ruleset import Operator
from prx_dingtalk_router.language.semantics.evaluate import COMPARISONS
from prx_dingtalk_router.matching.literal_scanner import LiteralScanner
from prx_dingtalk_router.text.words import is_word_at, starts_with_word

Comparison = Callable[[str], bool]
"""Whether a value, in the form in which literals are compared with it, fulfils a comparison with its literals."""

FEW = 16
"""So many literals are compared one by one."""


def comparison(operator: Operator, literals: tuple[str, ...]) -> Comparison:
    """Return the comparison of values with literals."""
    if operator in ("is", "in"):
        values = frozenset(literals)
        return lambda value: value in values
    if len(literals) == 1:
        return _with_one(operator, literals[0])
    if operator == "contains" and len(literals) <= FEW:
        return _contains_one_of(literals)
    if len(literals) <= FEW or operator == "contains all" or "" in literals:
        compare = COMPARISONS[operator]
        return lambda value: compare(value, literals)
    return _with_many(operator, literals)


def _with_one(operator: Operator, literal: str) -> Comparison:
    match operator:
        case "contains" | "contains all":
            return lambda value: literal in value
        case "starts with":
            return lambda value: value.startswith(literal)
        case "ends with":
            return lambda value: value.endswith(literal)
        case _:
            compare, literals = COMPARISONS[operator], (literal,)
            return lambda value: compare(value, literals)


def _contains_one_of(literals: tuple[str, ...]) -> Comparison:
    def contains(value: str) -> bool:
        for literal in literals:  # noqa: SIM110 - twice as fast as a generator
            if literal in value:
                return True
        return False

    return contains


def _with_many(operator: Operator, literals: tuple[str, ...]) -> Comparison:
    match operator:
        case "starts with":
            return _Ends(literals).begin
        case "starts with word":
            return _Ends(literals).begin_a_word
        case "ends with":
            return _Ends(literals).end
        case "contains word":
            return _Within(literals).is_a_word_of
        case _:
            return _Within(literals).is_in


class _Ends:
    """Many literals that a value may begin or end with: looked up by the lengths that they have."""

    def __init__(self, literals: tuple[str, ...]) -> None:
        self._literals = frozenset(literals)
        self._lengths = tuple(sorted(set(map(len, literals))))

    def begin(self, value: str) -> bool:
        return any(value[:length] in self._literals for length in self._lengths)

    def begin_a_word(self, value: str) -> bool:
        return any(
            value[:length] in self._literals and starts_with_word(value, value[:length])
            for length in self._lengths
        )

    def end(self, value: str) -> bool:
        return any(value[-length:] in self._literals for length in self._lengths)


class _Within:
    """Many literals that a value may hold: looked for all at once."""

    def __init__(self, literals: tuple[str, ...]) -> None:
        self._scanner = LiteralScanner(tuple(dict.fromkeys(literals)))
        self._scanner.prepare()

    def is_in(self, value: str) -> bool:
        literals = self._scanner.literals
        return any(
            value.startswith(literals[number], start) for number, start, _ in self._scanner.occurrences(value)
        )

    def is_a_word_of(self, value: str) -> bool:
        literals = self._scanner.literals
        return any(
            value.startswith(literals[number], start) and is_word_at(value, start, end)
            for number, start, end in self._scanner.occurrences(value)
        )
