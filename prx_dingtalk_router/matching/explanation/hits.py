"""What a test found in a message, and where that was typed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from prx_dingtalk_router.language.ruleset import Compare, Matches
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.matching.explanation.parts import Hit
from prx_dingtalk_router.message import Field
from prx_dingtalk_router.text.alignment import folded_positions
from prx_dingtalk_router.text.spoken import without_final_marks
from prx_dingtalk_router.text.words import is_word_at, starts_with_word

MOST_HITS = 8
"""So many are told of one test."""


def hits_of_literals(test: Compare, view: MessageView) -> tuple[Hit, ...]:
    """Return the literals that a comparison finds, each at its first place."""
    value = view.compared(test.field)
    found = list(islice(_found(test, value, spoken=view.is_spoken(test.field)), MOST_HITS))
    positions = _positions(test.field, view) if found else None
    return tuple(_hit(test.field, view, literal, start, end, positions) for literal, start, end in found)


def hits_of_regexes(test: Matches, view: MessageView) -> tuple[Hit, ...]:
    """Return what each regex finds first."""
    searched = view.searched(test.field)
    matches = (regex.search(searched) for regex in test.regexes)
    found = islice((match for match in matches if match is not None), MOST_HITS)
    hits = []
    for match in found:
        start, end = view.place(test.field, match.start, match.end)
        hits.append(Hit(match.text, test.field.string(view.message)[start:end], start, end))
    return tuple(hits)


def _found(test: Compare, value: str, *, spoken: bool) -> Iterator[tuple[str, int, int]]:
    match test.operator:
        case "is" | "in":
            said = without_final_marks(value) if spoken else value
            for each in dict.fromkeys((value, said)):
                if each in test.literals:
                    yield each, 0, len(each)
        case "starts with":
            yield from ((each, 0, len(each)) for each in test.literals if value.startswith(each))
        case "starts with word":
            yield from ((each, 0, len(each)) for each in test.literals if starts_with_word(value, each))
        case "ends with":
            yield from (
                (each, len(value) - len(each), len(value)) for each in test.literals if value.endswith(each)
            )
        case "contains word":
            for literal in test.literals:
                start = word_at(value, literal)
                if start >= 0:
                    yield literal, start, start + len(literal)
        case _:
            for literal in test.literals:
                start = value.find(literal)
                if start >= 0:
                    yield literal, start, start + len(literal)


def word_at(value: str, literal: str) -> int:
    """Return where a literal first stands as a word, or -1."""
    start = value.find(literal)
    while start >= 0 and literal and not is_word_at(value, start, start + len(literal)):
        start = value.find(literal, start + 1)
    return start


def _positions(field: Field, view: MessageView) -> tuple[int, ...] | None:
    forms = view.forms(field)
    return folded_positions(forms.plain, forms.folded)


def _hit(
    field: Field, view: MessageView, literal: str, start: int, end: int, positions: tuple[int, ...] | None
) -> Hit:
    if positions is None or start >= end:
        return Hit(literal)
    begin, finish = view.place(field, positions[start], positions[end - 1] + 1)
    return Hit(literal, field.string(view.message)[begin:finish], begin, finish)
