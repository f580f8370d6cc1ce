"""Literals looked up by the texts that hold them, all at once: time grows with the text and the lengths, not with their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class LiteralIndex(Generic[T]):
    """Values by literals; several values may have the same literal."""

    def __init__(self) -> None:
        self._values: dict[str, list[T]] = {}
        self._lengths: set[int] = set()

    def add(self, literal: str, value: T) -> None:
        """Enter a value under a literal, which is not empty."""
        self._values.setdefault(literal, []).append(value)
        self._lengths.add(len(literal))

    def equal(self, text: str) -> list[T]:
        """Return the values of the literal that is the text."""
        return self._values.get(text, [])

    def beginning(self, text: str) -> Iterator[T]:
        """Yield the values of the literals that the text begins with."""
        return self._found(text[:length] for length in self._lengths if length <= len(text))

    def ending(self, text: str) -> Iterator[T]:
        """Yield the values of the literals that the text ends with."""
        return self._found(text[-length:] for length in self._lengths if length <= len(text))

    def within(self, text: str) -> Iterator[T]:
        """Yield the values of the literals that stand anywhere in the text."""
        lengths = [length for length in self._lengths if length <= len(text)]
        if sum(len(text) - length + 1 for length in lengths) > len(self._values):
            return self._found(literal for literal in self._values if literal in text)
        pieces = {text[at : at + length] for length in lengths for at in range(len(text) - length + 1)}
        return self._found(pieces)

    def _found(self, literals: Iterable[str]) -> Iterator[T]:
        for literal in literals:
            yield from self._values.get(literal, ())
