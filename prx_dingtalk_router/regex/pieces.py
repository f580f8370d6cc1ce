"""An expression cut into its pieces, with positions: what checks point at and RE2 does not tell.

Follows RE2's syntax for what is a piece; whether the pieces make sense together is for RE2 to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum


class PieceKind(Enum):
    """What a piece of an expression is."""

    LITERAL = "literal"
    """One character that stands for itself."""
    ANY = "any"
    ANCHOR = "anchor"
    ESCAPE = "escape"
    QUOTED = "quoted"
    """``\\Q`` to ``\\E``, or to the end."""
    CLASS = "class"
    OPEN = "open"
    """A parenthesis with what belongs to it: ``(``, ``(?:``, ``(?P<name>`` or an operator that RE2 refuses."""
    FLAGS = "flags"
    """``(?i)``: complete in itself."""
    CLOSE = "close"
    REPEAT = "repeat"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: its kind and where it stands, in code points."""

    kind: PieceKind
    start: int
    end: int


_ESCAPE = re.compile(r"\\(?:[pP]\{[^}]*\}|x\{[^}]*\}|x[0-9A-Fa-f]{2}|.)?", re.DOTALL)
_GROUP_NAME = re.compile(r"\(\?P?<([^=!>][^>]*)>")
_FLAGS = re.compile(r"\(\?[A-Za-z-]*\)")
_OPEN = re.compile(r"\(\?(?:P?<(?![=!])[^>]*>|P[=>]|<[=!]|[A-Za-z-]*:|.)?|\(", re.DOTALL)
_REPEAT = re.compile(r"[*+?]\??|\{[0-9]+(?:,[0-9]*)?\}\??")
_NO_TIMES = re.compile(r"[*?]|\{0")
_NAMED_CLASS = re.compile(r"\[:\^?[A-Za-z]*:\]")

_SINGLE = {
    ".": PieceKind.ANY,
    "^": PieceKind.ANCHOR,
    "$": PieceKind.ANCHOR,
    ")": PieceKind.CLOSE,
    "|": PieceKind.ALTERNATIVE,
}


def expression_pieces(source: str) -> tuple[Piece, ...]:
    r"""The pieces of an expression, sound or not, from left to right without gaps.

    Args:
        source: what stands between the slashes, with ``\/`` already a slash.
    """
    pieces: list[Piece] = []
    position = 0
    while position < len(source):
        kind, end = _piece_at(source, position)
        pieces.append(Piece(kind, position, end))
        position = end
    return tuple(pieces)


def named_groups(source: str) -> tuple[tuple[str, int], ...]:
    """The named groups of an expression in written order: each name and where it stands, repetitions included."""
    found: list[tuple[str, int]] = []
    for piece in expression_pieces(source):
        if piece.kind is PieceKind.OPEN:
            match = _GROUP_NAME.match(source, piece.start, piece.end)
            if match is not None:
                found.append((match[1], match.start(1)))
    return tuple(found)


def surely_set_groups(source: str) -> frozenset[str]:
    """The named groups of a sound expression that take part wherever it is found.

    Not those in one of several alternatives, or in what may be repeated no times.
    """
    levels = [_Level()]
    pieces = expression_pieces(source)
    for at, piece in enumerate(pieces):
        if piece.kind is PieceKind.OPEN:
            match = _GROUP_NAME.match(source, piece.start, piece.end)
            levels.append(_Level({match[1]} if match is not None else set()))
        elif piece.kind is PieceKind.ALTERNATIVE:
            levels[-1].alternatives = True
        elif piece.kind is PieceKind.CLOSE:
            closed = levels.pop()
            if not any(_NO_TIMES.match(source, after.start) for after in pieces[at + 1 : at + 2]):
                levels[-1].inside |= closed.surely()
    return frozenset(levels[0].surely())


@dataclass(slots=True)
class _Level:
    """What is known of a group while it is open: its own name, and what is surely set in it."""

    own: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    alternatives: bool = False

    def surely(self) -> set[str]:
        return self.own if self.alternatives else self.own | self.inside


def _piece_at(source: str, position: int) -> tuple[PieceKind, int]:
    character = source[position]
    if character == "\\":
        return _escape_at(source, position)
    if character == "[":
        return PieceKind.CLASS, _end_of_class(source, position)
    if character == "(":
        flags = _FLAGS.match(source, position)
        if flags is not None:
            return PieceKind.FLAGS, flags.end()
        return PieceKind.OPEN, _end(_OPEN, source, position)
    if character in "*+?{":
        repeat = _REPEAT.match(source, position)
        if repeat is not None:
            return PieceKind.REPEAT, repeat.end()
    return _SINGLE.get(character, PieceKind.LITERAL), position + 1


def _escape_at(source: str, position: int) -> tuple[PieceKind, int]:
    if source.startswith("\\Q", position):
        end = source.find("\\E", position + 2)
        return PieceKind.QUOTED, len(source) if end < 0 else end + 2
    return PieceKind.ESCAPE, _end(_ESCAPE, source, position)


def _end_of_class(source: str, position: int) -> int:
    inside = position + 1
    if source.startswith("^", inside):
        inside += 1
    if source.startswith("]", inside):
        inside += 1
    while inside < len(source):
        character = source[inside]
        if character == "]":
            return inside + 1
        named = _NAMED_CLASS.match(source, inside) if character == "[" else None
        if named is not None:
            inside = named.end()
        elif character == "\\":
            inside = _end(_ESCAPE, source, inside)
        else:
            inside += 1
    return len(source)


def _end(pattern: re.Pattern[str], source: str, position: int) -> int:
    match = pattern.match(source, position)
    return position + 1 if match is None else match.end()
