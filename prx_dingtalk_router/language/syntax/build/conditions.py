"""Conditions and hours: trees to nodes (language.md sections 5 and 6)."""

from __future__ import annotations

from typing import Literal, cast

from prx_dingtalk_router.language.syntax.ast import (
    AlwaysNode,
    AndNode,
    ComparisonNode,
    DaysNode,
    DuringNode,
    Expr,
    FlagNode,
    NamedNode,
    NotNode,
    OrNode,
    PercentNode,
    SpanNode,
    TimesNode,
)
from prx_dingtalk_router.language.syntax.build.reader import Reader, branches, first, only_token, tokens
from prx_dingtalk_router.language.syntax.lexer import Token
from prx_dingtalk_router.language.syntax.tree import Branch

OPERATORS: dict[str, tuple[str, bool]] = {
    kind: (name, kind.startswith(("not_", "is_not")))
    for kind, name in (
        ("is", "is"),
        ("is_not", "is"),
        ("is_in", "in"),
        ("is_not_in", "in"),
        ("is_empty", "is empty"),
        ("is_not_empty", "is empty"),
        *(
            (f"{negation}{operator.replace(' ', '_')}", operator)
            for operator in (
                "contains",
                "contains all",
                "contains word",
                "starts with",
                "starts with word",
                "ends with",
                "matches",
            )
            for negation in ("", "not_")
        ),
    )
}
"""What a branch of an operator is called in nodes, and whether it is negated."""


def condition(reader: Reader, branch: Branch) -> Expr:
    """Return an expression of tests."""
    kind = branch.kind
    if kind == "group_of":
        return condition(reader, next(branches(branch)))
    span = reader.span(branch)
    match kind:
        case "comparison":
            return _comparison(reader, branch)
        case "and":
            return AndNode(span, tuple(condition(reader, part) for part in branches(branch)))
        case "or":
            return OrNode(span, tuple(condition(reader, part) for part in branches(branch)))
        case "negation":
            return NotNode(span, condition(reader, next(branches(branch))))
        case "flag":
            return FlagNode(span, _word(branch))
        case "named":
            return NamedNode(span, reader.name(only_token(branch, "NAME")))
        case "percentage":
            percent, _, subject = cast("list[Token]", branch.children)
            return PercentNode(
                span, percent.value, cast("Literal['senders', 'conversations', 'messages']", subject.value)
            )
        case "during":
            hours = first(branch, "span")
            return DuringNode(
                span,
                span_node(reader, hours) if hours is not None else reader.name(only_token(branch, "NAME")),
            )
        case _:
            return AlwaysNode(span)


def _comparison(reader: Reader, branch: Branch) -> ComparisonNode:
    field, operation = branches(branch)
    operator, negated = OPERATORS[operation.kind]
    value = first(operation, "value")
    return ComparisonNode(
        reader.span(branch),
        _word(field),
        operator,
        negated,
        reader.value(value) if value is not None else None,
    )


def _word(branch: Branch) -> str:
    """Return the one word of a branch."""
    (token,) = cast("list[Token]", branch.children)
    return token.value


def span_node(reader: Reader, branch: Branch) -> SpanNode:
    """Return days and times."""
    days = tuple(_days(reader, child) for child in branches(branch, "days"))
    times = []
    for token in tokens(branch, "TIMES"):
        start, _, end = token.value.partition("-")
        times.append(TimesNode(reader.span(token), start, end))
    return SpanNode(reader.span(branch), days, tuple(times))


def _days(reader: Reader, branch: Branch) -> DaysNode:
    span = reader.span(branch)
    first, *rest = cast("list[Token]", branch.children)
    if first.type == "DAY_RANGE":
        start, _, end = first.value.partition("-")
        return DaysNode(span, start, end)
    return DaysNode(span, first.value, rest[-1].value if rest else None)
