"""Text that a template shows as a sentence and knows by a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self


class NamedText(str):
    """A sentence that equals each of its names too, so that a template can ask which one it is.

    The sentence is worded for people and may change with language and version; the names stay.

    Args:
        sentence: what is shown.
        names: what it can be compared with, and looked for in.
    """

    __slots__ = ("_names",)

    def __new__(cls, sentence: str, names: Iterable[str] = ()) -> Self:  # noqa: D102 - told by the class
        made = super().__new__(cls, sentence)
        made._names = frozenset(names)
        return made

    _names: frozenset[str]

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other) is True or (isinstance(other, str) and str(other) in self._names)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __contains__(self, piece: object) -> bool:
        return isinstance(piece, str) and any(str(piece) in each for each in (str(self), *self._names))

    __hash__ = str.__hash__
