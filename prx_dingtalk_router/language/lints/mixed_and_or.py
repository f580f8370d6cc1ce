"""Conditions in which ``and`` and ``or`` bind unlike they read (language.md section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.mixed_and_or import MixedAndOr
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.ruleset import And, Compare, Condition, Matches, Named, Or
from prx_dingtalk_router.language.semantics.walk import children
from prx_dingtalk_router.language.source import Home

_OPENED = re.compile(r"\s*\(")
_CLOSED = re.compile(r"\s*\)")


def mixed_and_or(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn where one field is tested on both sides of an ``or``, and one of the tests is part of an ``and`` without parentheses."""
    for home, choice in _choices(linted):
        whole = diagnostics.written(home.place(choice.span))
        backwards = whole[::-1]
        if "#" in whole:  # a comment may hide parentheses
            continue
        for one, other in pairwise(choice.parts):
            for both, first, last in _torn(one, other):
                start, end = (at - choice.span.start for at in (both.span.start, both.span.end))
                if not (_OPENED.match(backwards, len(whole) - start) and _CLOSED.match(whole, end)):
                    places = home.place(first.span), home.place(last.span)
                    diagnostics.add(MixedAndOr(home.place(both.span), whole[start:end], places))


def _torn(one: Condition, other: Condition) -> Iterator[tuple[And, Condition, Condition]]:
    """Yield the ``and``, and the two tests of one field that it parts."""
    if isinstance(one, And) and _field(one.parts[-1]) == _field(other) is not None:
        yield one, one.parts[-1], other
    if isinstance(other, And) and _field(one) == _field(other.parts[0]) is not None:
        yield other, one, other.parts[0]


def _field(condition: Condition) -> str | None:
    return condition.field.name if isinstance(condition, Compare | Matches) else None


def _choices(linted: LintedSet) -> Iterator[tuple[Home, Or]]:
    """Yield every ``or`` with the declaration that it is written in, those of named conditions once."""
    seen: set[str] = set()
    ahead: list[tuple[Home, Condition]] = [(rule.home, rule.condition) for rule in linted.rules.rules]
    while ahead:
        home, this = ahead.pop()
        if isinstance(this, Or):
            yield home, this
        if isinstance(this, Named):
            if this.name in seen:
                continue
            seen.add(this.name)
            home = linted.inventory.names.home("condition", this.name)
        ahead += ((home, each) for each in children(this))
