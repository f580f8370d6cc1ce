"""Several values where a list is meant: ``contains "a" or "b"``, ``contains "a", "b"``, ``["a" "b"]`` (language.md section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from prx_dingtalk_router.language.diagnostics.missing_word import MissingWord
from prx_dingtalk_router.language.diagnostics.several_values import SeveralValues
from prx_dingtalk_router.language.syntax.lexer import BLANKS, Piece, Token
from prx_dingtalk_router.language.syntax.recovery.failure import Failure

VALUE_TYPES = frozenset({"STRING", "REGEX"})
ITEM_TYPES = VALUE_TYPES | {"NAME"}
JOINING_TYPES = frozenset({"AND", "OR", "COMMA"})
OPERATORS = {
    ("IS",): "is in",
    ("IS", "NOT"): "is not in",
    ("IS", "IN"): "is in",
    ("IS", "NOT", "IN"): "is not in",
    ("IN",): "in",
    ("NOT", "IN"): "not in",
    ("CONTAINS",): "contains",
    ("CONTAINS", "ALL"): "contains all",
    ("CONTAINS", "WORD"): "contains word",
    ("STARTS", "WITH"): "starts with",
    ("STARTS", "WITH", "WORD"): "starts with word",
    ("ENDS", "WITH"): "ends with",
    ("MATCHES",): "matches",
}
"""How an operator is written before a list."""

LONGEST = 3


def commas_missing(failure: Failure) -> MissingWord | None:
    """Report the first entry of a list without a comma before it; the repair puts in all that are missing."""
    if not failure.expected >= {"COMMA", "RSQB"} or failure.token.type not in ITEM_TYPES:
        return None
    piece, places, before = failure.piece, [], failure.before[-1]
    for token in failure.rest():
        if token.type in ITEM_TYPES and before.type in ITEM_TYPES:
            places.append(piece.between(before.end, before.end))
        elif token.type not in ITEM_TYPES | {"COMMA"}:
            break
        before = token
    token = failure.token
    return MissingWord(piece.span(token), found=piece.written(token), word=",", places=tuple(places))


def several_values(failure: Failure) -> SeveralValues | None:
    """Report values side by side that only a list can hold together."""
    found = _values(failure)
    if found is None:
        return None
    at, joint, values = found
    before = failure.before
    begin = _operator_at(before[:at])
    if begin is None:
        return None
    operator = _words(before[begin:at])
    negated = "not" in operator.split()
    if joint == "AND" and not negated:
        if operator not in ("contains", "contains all"):
            return None  # a text is not two texts at once
        operator = "contains all"
    written = [*before[begin:], *_up_to(values[-1], failure.rest())]
    # "not a or b" is said of neither, and written of either.
    surely = not (negated and joint == "OR") and _is_as_written(failure.piece, written)
    span = failure.piece.span(before[begin], values[-1])
    return SeveralValues(
        span, operator=operator, values=tuple(token.value for token in values), surely=surely
    )


def _values(failure: Failure) -> tuple[int, str, list[Token]] | None:
    """Return where the first value is, what joins them, and the values; ``None`` where something else is wrong."""
    before, rest = failure.before, failure.rest()
    if len(before) > 2 and before[-1].type in JOINING_TYPES and before[-2].type in ITEM_TYPES:
        at, joint = len(before) - 2, before[-1].type
    elif before[-1].type in ITEM_TYPES and "AND" in failure.expected:
        at, joint = len(before) - 1, "COMMA"
        if failure.token.type == "COMMA":
            next(rest)
    else:
        return None
    values = [before[at], *_joined(rest, joint)]
    return (at, joint, values) if len(values) > 1 else None


def _joined(rest: Iterator[Token], joint: str) -> Iterator[Token]:
    """Give the values that follow each other, with the joint between them; commas may be missing."""
    last = joint
    for token in rest:
        if token.type in VALUE_TYPES and (last == joint or joint == "COMMA"):
            yield token
        elif token.type != joint or last == joint:
            return
        last = token.type


def _up_to(last: Token, rest: Iterator[Token]) -> Iterator[Token]:
    yield from takewhile(lambda token: token is not last, rest)
    yield last


def _operator_at(before: Sequence[Token]) -> int | None:
    """Return where the operator before a value begins."""
    for length in range(LONGEST, 0, -1):
        if len(before) > length and tuple(token.type for token in before[-length:]) in OPERATORS:
            begin = len(before) - length
            return begin - 1 if before[begin - 1].type == "NOT" else begin
    return None


def _words(operator: Sequence[Token]) -> str:
    """Return how an operator is written before a list."""
    kinds = tuple(token.type for token in operator)
    return OPERATORS.get(kinds) or f"not {OPERATORS[kinds[1:]]}"


def _is_as_written(piece: Piece, written: Sequence[Token]) -> bool:
    """Tell whether nothing but the commas has a repair of its own, which one for all of it would undo."""
    end = written[0].start
    for token in written:
        if piece.text[end : token.start].strip(BLANKS):
            return False
        if token.type != "COMMA" and token.value != piece.written(token):
            return False
        end = token.end
    return True
