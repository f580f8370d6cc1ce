"""Several values where a list is meant: ``contains "a" or "b"``, ``contains "a", "b"`` (language.md section 5)."""

from __future__ import annotations

from lark import Token

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.source import Source
from prx_dingtalk_router.language.syntax.lexer import span_of

VALUE_TYPES = frozenset({"STRING", "EXPRESSION"})
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
SHOWN = 3
"""So many values are shown in the sentence."""


def report_several_values(
    source: Source,
    before: tuple[Token, ...],
    rest: tuple[Token, ...],
    expected: frozenset[str],
    diagnostics: Diagnostics,
) -> bool:
    """Report values that only a list can hold together.

    Args:
        source: the file.
        before: the tokens before the place where the declaration could not go on.
        rest: those from there on.
        expected: the types of tokens that may stand there.
        diagnostics: where it is reported.

    Returns:
        Whether that is what is wrong.
    """
    at, values, joint = _values(before, rest, expected)
    begin = _operator_at(before[:at]) if values else None
    if begin is None:
        return False
    words = _words(before[begin:at])
    negated = "not" in words.split()
    if joint == "AND" and not negated:
        if words not in ("contains", "contains all"):
            return False  # a text is not two texts at once
        words = "contains all"
    place = span_of(source, before[begin]).through(span_of(source, values[-1]))
    written = [*before[begin:], *rest[: rest.index(values[-1]) + 1]]
    for token in written:
        if token.type == "COMMA":
            diagnostics.withdraw("foreign-punctuation", span_of(source, token))
    entries = [token.value for token in values]
    more = ", …" if len(entries) > SHOWN else ""
    # "not a or b" is said of neither, and written of either.
    surely = not (negated and joint == "OR") and _is_as_written(source, written)
    diagnostics.add(
        "several-values",
        place,
        instead=f"{words} [{', '.join(entries[:SHOWN])}{more}]",
        replace=f"{words} [{', '.join(entries)}]" if surely else None,
    )
    return True


def _values(
    before: tuple[Token, ...], rest: tuple[Token, ...], expected: frozenset[str]
) -> tuple[int, list[Token], str]:
    """The values that stand side by side, where the first is, and what joins them; none where something else is wrong."""
    if len(before) > 2 and before[-1].type in JOINING_TYPES and before[-2].type in ITEM_TYPES:
        at, joint, following = len(before) - 2, before[-1].type, rest
    elif before and before[-1].type in ITEM_TYPES and "AND" in expected:
        comma = rest[0].type == "COMMA"
        at, joint, following = len(before) - 1, "COMMA", rest[1:] if comma else rest
    else:
        return 0, [], ""
    values = [before[at]]
    while following and following[0].type in VALUE_TYPES:
        values.append(following[0])
        joined = following[1:]
        following = joined[1:] if joined and joined[0].type == joint else joined if joint == "COMMA" else ()
    return at, values if len(values) > 1 else [], joint


def _operator_at(before: tuple[Token, ...]) -> int | None:
    """Where the operator begins that a value stands behind."""
    for length in range(LONGEST, 0, -1):
        if len(before) > length and tuple(token.type for token in before[-length:]) in OPERATORS:
            begin = len(before) - length
            return begin - 1 if before[begin - 1].type == "NOT" else begin
    return None


def _words(operator: tuple[Token, ...]) -> str:
    """How an operator is written before a list."""
    kinds = tuple(token.type for token in operator)
    return OPERATORS.get(kinds) or f"not {OPERATORS[kinds[1:]]}"


def _is_as_written(source: Source, written: list[Token]) -> bool:
    """Whether nothing but the commas has a repair of its own, which one for all of it would undo."""
    end = span_of(source, written[0]).start
    for token in written:
        span = span_of(source, token)
        if source.text[end : span.start].strip(" \t\r\n"):
            return False
        if token.type != "COMMA" and token.value != span.text:
            return False
        end = span.end
    return True
