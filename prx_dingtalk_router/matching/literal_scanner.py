"""Many literals looked for in a text at once, by an Aho-Corasick automaton: time grows with the text, not with their number.

ahocorasick-rs is behind this door alone, and loaded when the first automaton is built.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

MOST_AS_TABLE = 1_000
"""Literals that are made a full transition table, which is a third faster and takes ten times the memory."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class LiteralScanner:
    """Finds which of its literals a text holds; pickled as its literals.

    A lone surrogate is taken for U+FFFD on both sides: what is found may then not be held, but what is held is found.

    Args:
        literals: each once, none of them empty.
    """

    def __init__(self, literals: Sequence[str]) -> None:
        self.literals = tuple(literals)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, Implementation

        small = len(self.literals) <= MOST_AS_TABLE
        return AhoCorasick(
            map(_without_surrogates, self.literals),
            implementation=Implementation.DFA if small else Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def prepare(self) -> None:
        """Build the automaton now, so that no text waits for it."""
        _ = self._automaton

    def occurrences(self, text: str) -> list[tuple[int, int, int]]:
        """Return every occurrence, overlapping ones too: the number of the literal, where it begins, where it ends."""
        try:
            return self._automaton.find_matches_as_indexes(text, True)
        except UnicodeEncodeError:
            return self._automaton.find_matches_as_indexes(_without_surrogates(text), True)

    def __getstate__(self) -> dict[str, object]:
        return {"literals": self.literals}


def _without_surrogates(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
