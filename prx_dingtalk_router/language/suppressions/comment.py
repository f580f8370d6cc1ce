"""One comment ``# prx: ignore PRX203``."""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.language.source import Place


class Suppression:
    """One comment.

    Attributes:
        place: of the comment, without blanks at its end.
        verb: the word that says what it asks for, in lower case.
        words: what it names, each with its place.
        codes: the codes of warnings and notes among these, by word.
        lines: the first and last line that it is about.
        used: the codes that kept something from being shown.
    """

    __slots__ = ("codes", "lines", "place", "used", "verb", "words")

    def __init__(self, place: Place, verb: str, words: Sequence[tuple[str, Place]], lines: range) -> None:
        self.place = place
        self.verb = verb
        self.words = words
        self.lines = lines
        self.codes: dict[str, str] = {}
        self.used: set[str] = set()
