"""Conditions in which ``and`` and ``or`` bind unlike they read (language.md section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.mixed_and_or import MixedAndOr
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.ruleset import And, Compare, Condition, Matches
from prx_dingtalk_router.language.semantics.walk import choices

_OPENED = re.compile(r"\s*\(")
_CLOSED = re.compile(r"\s*\)")


def mixed_and_or(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn where an ``and`` without parentheses is on one side of an ``or``: once for each ``or``.

    Where both sides are such ``and``s, every reader sees two groups; a named condition is a group of its own.
    """
    for home, choice in choices(linted.conditions(), linted.inventory.names.home):
        if not any(isinstance(part, And) for part in choice.parts):
            continue
        whole = diagnostics.written(home.place(choice.span))
        if "#" in whole:  # a comment may hide parentheses
            continue
        bare = _Bare(whole, choice.span.start)
        groups = [part for part in choice.parts if isinstance(part, And) and bare(part)]
        if not groups:
            continue
        torn = [
            (both, first, last)
            for one, other in pairwise(choice.parts)
            for both, first, last in _torn(one, other)
            if any(both is group for group in groups)
        ]
        for both, first, last in torn:
            places = home.place(first.span), home.place(last.span)
            diagnostics.add(MixedAndOr(home.place(both.span), bare.text(both), places))
        if not torn and len(groups) < len(choice.parts):
            diagnostics.add(MixedAndOr(home.place(groups[0].span), bare.text(groups[0])))


class _Bare:
    """Tells which parts of a condition have no parentheses around them.

    Args:
        whole: the condition as it is written.
        start: where it begins in its declaration.
    """

    def __init__(self, whole: str, start: int) -> None:
        self._whole, self._backwards, self._start = whole, whole[::-1], start

    def __call__(self, part: And) -> bool:
        start, end = part.span.start - self._start, part.span.end - self._start
        opened = _OPENED.match(self._backwards, len(self._whole) - start)
        return not (opened and _CLOSED.match(self._whole, end))

    def text(self, part: And) -> str:
        """Return a part as it is written."""
        return self._whole[part.span.start - self._start : part.span.end - self._start]


def _torn(one: Condition, other: Condition) -> Iterator[tuple[And, Condition, Condition]]:
    """Yield the ``and``, and the two tests of one field that it parts."""
    if isinstance(one, And) and _field(one.parts[-1]) == _field(other) is not None:
        yield one, one.parts[-1], other
    if isinstance(other, And) and _field(one) == _field(other.parts[0]) is not None:
        yield other, one, other.parts[0]


def _field(condition: Condition) -> str | None:
    return condition.field.name if isinstance(condition, Compare | Matches) else None
