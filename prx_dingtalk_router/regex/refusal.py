"""Why an expression is refused: RE2's own words turned into kinds, with the place where it happens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from prx_dingtalk_router.regex.pieces import Piece, PieceKind, expression_pieces, named_groups


class ExpressionProblemKind(Enum):
    """What is wrong with an expression."""

    LOOK_AROUND = "look-around"
    BACK_REFERENCE = "back-reference"
    GROUP_OPERATOR = "group-operator"
    """``(?…`` with something that RE2 has not: comments, atomic groups, conditionals, unknown flags."""
    GROUP_NAME = "group-name"
    """A name that templates cannot use, or one that is not closed."""
    DUPLICATE_GROUP = "duplicate-group"
    MISSING_PARENTHESIS = "missing-parenthesis"
    UNEXPECTED_PARENTHESIS = "unexpected-parenthesis"
    MISSING_BRACKET = "missing-bracket"
    NOTHING_TO_REPEAT = "nothing-to-repeat"
    DOUBLE_REPETITION = "double-repetition"
    REPETITION_SIZE = "repetition-size"
    NESTED_REPETITION = "nested-repetition"
    """A repetition of repetitions that is too much only as a whole."""
    ESCAPE = "escape"
    TRAILING_BACKSLASH = "trailing-backslash"
    CLASS_RANGE = "class-range"
    UNKNOWN_CLASS = "unknown-class"
    """``\\p{…}`` or ``[:…:]`` with a name that RE2 does not know."""
    SINGLE_BYTE = "single-byte"
    """``\\C``, which would cut characters into bytes."""
    SURROGATE = "surrogate"
    """A code point that is no character and cannot be sent."""
    TOO_LARGE = "too-large"
    """The compiled expression would exceed its memory budget."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ExpressionProblem:
    """One reason why an expression cannot be used.

    Args:
        kind: what is wrong.
        position: code points from the start of the expression, or None when the whole of it is meant.
        detail: the piece of the expression that is at fault, or a name; may be empty.
    """

    kind: ExpressionProblemKind
    position: int | None
    detail: str


_KINDS = {
    "invalid escape sequence": ExpressionProblemKind.ESCAPE,
    "invalid character class": ExpressionProblemKind.UNKNOWN_CLASS,
    "invalid character class range": ExpressionProblemKind.CLASS_RANGE,
    "missing ]": ExpressionProblemKind.MISSING_BRACKET,
    "missing )": ExpressionProblemKind.MISSING_PARENTHESIS,
    "unexpected )": ExpressionProblemKind.UNEXPECTED_PARENTHESIS,
    "trailing \\": ExpressionProblemKind.TRAILING_BACKSLASH,
    "no argument for repetition operator": ExpressionProblemKind.NOTHING_TO_REPEAT,
    "invalid repetition size": ExpressionProblemKind.REPETITION_SIZE,
    "bad repetition operator": ExpressionProblemKind.DOUBLE_REPETITION,
    "invalid perl operator": ExpressionProblemKind.GROUP_OPERATOR,
    "invalid named capture group": ExpressionProblemKind.GROUP_NAME,
    "pattern too large - compile failed": ExpressionProblemKind.TOO_LARGE,
}
_TRIED_PLACES = 200
MAX_REPETITION = 1000
"""RE2's limit, also for repetitions within each other, multiplied."""

_LOOK_AROUND = ("(?=", "(?!", "(?<=", "(?<!")


def problem_before_compiling(source: str) -> ExpressionProblem | None:
    r"""What RE2 would let pass or trip over: surrogates, ``\C``, names that templates cannot use, names used twice."""
    for position, character in enumerate(source):
        if "\ud800" <= character <= "\udfff":
            detail = f"U+{ord(character):04X}"
            return ExpressionProblem(ExpressionProblemKind.SURROGATE, position, detail)
    for piece in expression_pieces(source):
        if piece.kind is PieceKind.ESCAPE and source[piece.start : piece.end] == "\\C":
            return ExpressionProblem(ExpressionProblemKind.SINGLE_BYTE, piece.start, "\\C")
    seen: set[str] = set()
    for name, position in named_groups(source):
        if not name.isidentifier():
            return ExpressionProblem(ExpressionProblemKind.GROUP_NAME, position, name)
        if name in seen:
            return ExpressionProblem(ExpressionProblemKind.DUPLICATE_GROUP, position, name)
        seen.add(name)
    return None


def problem_of_refusal(source: str, refusal: str, refuse: Callable[[str], str | None]) -> ExpressionProblem:
    """What RE2's refusal means and where it stands.

    RE2 names the piece but not its place. It reads from left to right, so the place is the first occurrence of the
    piece at which the beginning of the expression up to there is refused in the same words.

    Args:
        source: the expression.
        refusal: RE2's words about it.
        refuse: gives RE2's words about an expression, or None when it accepts it.
    """
    words, _, fragment = refusal.partition(": ")
    kind = _KINDS.get(words, ExpressionProblemKind.OTHER)
    if kind is ExpressionProblemKind.MISSING_PARENTHESIS:
        return ExpressionProblem(kind, _unclosed_parenthesis(source), "(")
    if kind is ExpressionProblemKind.UNEXPECTED_PARENTHESIS:
        return ExpressionProblem(kind, _unopened_parenthesis(source), ")")
    if kind is ExpressionProblemKind.TRAILING_BACKSLASH:
        return ExpressionProblem(kind, len(source) - 1, "\\")
    if kind is ExpressionProblemKind.MISSING_BRACKET:
        return ExpressionProblem(kind, max(0, len(source) - len(fragment)), "[")
    if not fragment:
        return ExpressionProblem(kind, None, words if kind is ExpressionProblemKind.OTHER else "")
    position = _first_refused(source, fragment, refusal, refuse)
    return ExpressionProblem(_sharper(kind, fragment, source, position), position, fragment)


def _sharper(
    kind: ExpressionProblemKind, fragment: str, source: str, position: int | None
) -> ExpressionProblemKind:
    if kind is ExpressionProblemKind.GROUP_OPERATOR:
        if fragment in _LOOK_AROUND:
            return ExpressionProblemKind.LOOK_AROUND
        if position is not None and source.startswith("(?P=", position):
            return ExpressionProblemKind.BACK_REFERENCE
    if kind is ExpressionProblemKind.REPETITION_SIZE and _is_sound_alone(fragment):
        return ExpressionProblemKind.NESTED_REPETITION
    if kind is ExpressionProblemKind.ESCAPE and len(fragment) > 1 and fragment[1] in "123456789kg":
        return ExpressionProblemKind.BACK_REFERENCE
    if kind is ExpressionProblemKind.CLASS_RANGE and fragment.startswith(("\\p", "\\P", "[:")):
        return ExpressionProblemKind.UNKNOWN_CLASS
    return kind


def _is_sound_alone(repetition: str) -> bool:
    """Whether nothing is wrong with the numbers of ``{m,n}`` themselves."""
    numbers = [int(number) for number in re.findall(r"\d+", repetition)]
    return numbers == sorted(numbers) and max(numbers, default=0) <= MAX_REPETITION


def _first_refused(
    source: str, fragment: str, refusal: str, refuse: Callable[[str], str | None]
) -> int | None:
    first = position = source.find(fragment)
    for _ in range(_TRIED_PLACES):
        if position < 0:
            break
        # Of `(?P=` RE2 says `(?P`, as a sound `(?P<name>` begins; whole groups are read before judging.
        reach = len(fragment) + (len("=name>") if fragment == "(?P" else 0)
        if refuse(source[: position + reach]) == refusal:
            return position
        position = source.find(fragment, position + 1)
    return first if first >= 0 else None


def _unclosed_parenthesis(source: str) -> int | None:
    still_open: list[Piece] = []
    for piece in expression_pieces(source):
        if piece.kind is PieceKind.OPEN:
            still_open.append(piece)
        elif piece.kind is PieceKind.CLOSE and still_open:
            still_open.pop()
    return still_open[-1].start if still_open else None


def _unopened_parenthesis(source: str) -> int | None:
    depth = 0
    for piece in expression_pieces(source):
        if piece.kind is PieceKind.OPEN:
            depth += 1
        elif piece.kind is PieceKind.CLOSE:
            if depth == 0:
                return piece.start
            depth -= 1
    return None
