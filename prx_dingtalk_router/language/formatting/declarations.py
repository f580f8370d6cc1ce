"""The layout of each kind of declaration."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from prx_dingtalk_router.language.formatting.clauses import (
    Units,
    condition,
    continued,
    listed,
    options,
    words,
)
from prx_dingtalk_router.language.formatting.layout import Break, Doc, Indent
from prx_dingtalk_router.language.formatting.units import Unit, Written

_STEP_OPTIONS = frozenset({"WITH", "TIMEOUT", "SESSION", "WHILE", "PROGRESS", "MENTION", "AT"})
_GIVEN_OPTIONS = frozenset(
    "FROM EXTERNAL NAMED IN TYPE AT PICTURED MENTIONED ADMIN QUOTING CONVERSATION ROBOT CORP FILE AGAIN".split()
)
_EXPECT_OPTIONS = frozenset({"BY", "SHADOW", "TOLD", "MENTION", "FAILURE"})
_CHAIN = frozenset({"THEN", "ELSE"})


def declaration(written: Written) -> Doc:
    """Return the layout of a declaration, without the comments above it."""
    first = written.units[0]
    units = [Unit(first.token, remark=first.remark), *written.units[1:]]
    parts: list[Doc] = [_LAYOUTS.get(first.type, words)(units)]
    return [*parts, *(Indent([Break.HARD, comment.text]) for comment in written.behind)]


def _rule(units: Units) -> Doc:
    head, *clauses = _clauses(units, {"WHEN", *_CHAIN})
    return [words(head), Indent(list(_lines(clauses, _rule_clause)))]


def _rule_clause(units: Units) -> Doc:
    return condition(units) if units[0].type == "WHEN" else options(units, _STEP_OPTIONS)


def _fallback(units: Units) -> Doc:
    return continued([options(clause, _STEP_OPTIONS) for clause in _clauses(units, _CHAIN)])


def _test(units: Units) -> Doc:
    head, *clauses = _clauses(units, {"GIVEN", "EXPECT", "ELSE"})
    return [words(head), Indent(list(_lines(clauses, _test_clause)))]


def _test_clause(units: Units) -> Doc:
    return options(units, _GIVEN_OPTIONS if units[0].type == "GIVEN" else _EXPECT_OPTIONS)


_LAYOUTS: Mapping[str, Callable[[Units], Doc]] = {
    "RULE": _rule,
    "OTHERWISE": _fallback,
    "DENIED": _fallback,
    "TEST": _test,
    "CONDITION": condition,
    "HOURS": listed,
}


def _clauses(units: Units, openers: Collection[str]) -> Iterator[Units]:
    """Yield what is before the first clause, then each clause; a clause begins with one of the openers."""
    start = 0
    for place, unit in enumerate(units):
        if unit.type in openers and place > start:
            yield units[start:place]
            start = place
    yield units[start:]


def _lines(clauses: Collection[Units], layout: Callable[[Units], Doc]) -> Iterator[Doc]:
    """Yield each clause on a line of its own, after a blank one where it was."""
    for clause in clauses:
        yield Break.HARD
        first = clause[0].before[0].after_blank if clause[0].before else clause[0].after_blank
        if first:
            yield Break.HARD
        yield layout(clause)
