"""Which stretch of a text a piece of its plain form came from (language.md section 5, captures).

The text is cut into *units* that come to their plain form independently of each other: a character with the marks that
follow it, the characters after it that are dropped, and those that compose with it (Hangul jamo, half-width voiced
kana). In a unit that folding leaves as it is each character came from itself; otherwise all of it is one whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from prx_dingtalk_router.text.folding import WHITE_SPACE, fold, visible_form
from prx_dingtalk_router.text.normalization import SAFE_CHARACTERS

Place = tuple[int, int]
"""Begin and end in the text."""

_RUN = re.compile(f"([{SAFE_CHARACTERS}]+)|.", re.DOTALL)
"""Safe characters never belong to the unit before them."""


class Alignment:
    """A text beside its plain form.

    Args:
        text: as it is shown.
        plain_form: what ``plain`` makes of it.
    """

    __slots__ = ("_places", "_text")

    def __init__(self, text: str, plain_form: str) -> None:
        self._text = text
        self._places = None if plain_form == text else tuple(_places(text))

    def stretch(self, start: int, end: int) -> str:
        """Return the stretch of the text that a piece of the plain form came from, unchanged.

        Where several characters became one, or one became several, or some were dropped right after another, all of
        them are in it. An empty piece came from nothing.

        Args:
            start: where the piece begins in the plain form.
            end: where it ends.
        """
        begin, finish = self.place(start, end)
        return self._text[begin:finish]

    def place(self, start: int, end: int) -> Place:
        """Return where in the text the stretch is that a piece of the plain form came from; see ``stretch``."""
        if start >= end:
            return 0, 0
        if self._places is None:
            return start, end
        return self._places[start][0], self._places[end - 1][1]


def folded_positions(plain_form: str, folded: str) -> tuple[int, ...] | None:
    """Return, for each character of the folded form, where in the plain form it came from.

    Where folding the characters one by one does not give the folded form, as with some marks that compose across
    characters, ``None``: nobody can say then.

    Args:
        plain_form: what ``plain`` makes of a text.
        folded: what ``fold`` makes of it.
    """
    if plain_form == folded:
        return tuple(range(len(folded)))
    positions: list[int] = []
    at = 0
    for position, character in enumerate(plain_form):
        left = fold(character) if character != " " else " "
        if folded.startswith(left, at):
            positions += [position] * len(left)
            at += len(left)
        elif character != " ":
            return None
    return tuple(positions) if at == len(folded) else None


def _places(text: str) -> Iterator[Place]:
    """Yield, for each character of the plain form, where it came from; white space as one blank, none at the ends."""
    blank: Place | None = None
    begun = False
    for character, place in _aligned(text):
        if character in WHITE_SPACE:
            blank = place if blank is None else (blank[0], place[1])
            continue
        if blank is not None and begun:
            yield blank
        blank, begun = None, True
        yield place


def _aligned(text: str) -> Iterator[tuple[str, Place]]:
    """Yield each character of the visible form, which still has all white space, and where it came from."""
    for start, end, left in _units(text):
        if left == text[start:end]:
            yield from ((character, (start + at, start + at + 1)) for at, character in enumerate(left))
        else:
            yield from ((character, (start, end)) for character in left)


def _units(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the units: begin, end, and what is left of each."""
    start = 0
    left: str | None = ""
    for run in _RUN.finditer(text):
        position, end = run.span()
        if run[1]:  # each character begins a unit, and what follows the last may belong to that one
            if position > start:
                yield start, position, visible_form(text[start:position]) if left is None else left
            yield from ((at, at + 1, text[at]) for at in range(position, end - 1))
            start, left = end - 1, text[end - 1]
            continue
        alone = _left_alone(run[0])
        if _may_begin(alone):
            if left is None:
                left = visible_form(text[start:position])
            if visible_form(text[start:end]) == left + alone:
                if position > start:
                    yield start, position, left
                start, left = position, alone
                continue
        left = None
    if start < len(text):
        yield start, len(text), visible_form(text[start:]) if left is None else left


@lru_cache(maxsize=4096)
def _left_alone(character: str) -> str:
    return visible_form(character)


def _may_begin(left: str) -> bool:
    """Return whether a unit may begin with a character of which this is left: it is neither dropped nor a mark."""
    return bool(left) and not unicodedata.category(left[0]).startswith("M")
