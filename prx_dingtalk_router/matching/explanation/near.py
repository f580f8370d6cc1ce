"""The rules that nearly held: all but one part of their condition says that they are about this message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from prx_dingtalk_router.language.ruleset import Compare, During, FlagIsSet, Matches, OfPercent
from prx_dingtalk_router.language.semantics.walk import walk
from prx_dingtalk_router.matching.explanation.changes import Place, alike, decisive_places
from prx_dingtalk_router.matching.explanation.model import Answer

MOST_NEAR = 5
_OF_EVERYBODY = ("type", "robot", "corp")
"""Fields that say little of what a message is about."""


class _Miss(NamedTuple):
    rank: int
    number: int
    answer: Answer


def nearest_misses(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return the rules that a change of a single part would make hold, and that are about the message otherwise.

    Nearest are those for which it was the wrong time, place or person, then those that look for a word of which the message
    has one that is nearly it.
    """
    missed = (each for each in answers if not each.held)
    ranked = (
        _Miss(rank, number, each) for number, each in enumerate(missed) if (rank := _rank(each)) is not None
    )
    nearest = sorted(ranked)[: MOST_NEAR * 2]
    return tuple(each.answer for each in nearest if each.answer.changes)[:MOST_NEAR]


def _rank(answer: Answer) -> int | None:
    look = answer.look
    places = decisive_places(look, answer.rule.condition)
    ranks = [rank for place in places if (rank := _rank_of(answer, place)) is not None]
    return min(ranks, default=None)


def _rank_of(answer: Answer, place: Place) -> int | None:
    test = place.test
    if place.within.wanted and isinstance(test, Compare) and test.field.kind == "text":
        if alike(test, answer.look.view.compared(test.field)) is not None:
            return 1
        return 2 if _is_about(answer, place) else None
    if not _is_about(answer, place):
        is_of_case = isinstance(test, Matches) and any(each.kind == "case" for each in answer.changes)
        return 1 if is_of_case else None
    is_of_circumstances = isinstance(test, FlagIsSet | During | OfPercent | Compare)
    return 0 if is_of_circumstances else 2


def _is_about(answer: Answer, place: Place) -> bool:
    """Return whether something else in the condition is about what this message says or who wrote it."""
    return any(
        answer.look.value(test)
        for test in walk(answer.rule.condition, into_negations=False)
        if isinstance(test, Compare | Matches)
        and test is not place.test
        and test.field.name not in _OF_EVERYBODY
    )
