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
from prx_dingtalk_router.language.syntax.build.tree import Branch, Reader, branches, first, only_token, tokens


def condition(reader: Reader, branch: Branch) -> Expr:
    """An expression of tests."""
    span = reader.span(branch)
    match branch.data:
        case "or":
            return OrNode(span, tuple(condition(reader, part) for part in branches(branch)))
        case "and":
            return AndNode(span, tuple(condition(reader, part) for part in branches(branch)))
        case "negation":
            return NotNode(span, condition(reader, next(branches(branch))))
        case "group_of":
            return condition(reader, next(branches(branch)))
        case "always":
            return AlwaysNode(span)
        case "flag":
            return FlagNode(span, str(only_token(branch)))
        case "named":
            return NamedNode(span, reader.name(only_token(branch)))
        case "percentage":
            percent, subject = tokens(branch)
            return PercentNode(
                span, str(percent), cast("Literal['senders', 'conversations', 'messages']", str(subject))
            )
        case "during":
            hours = first(branch, "span")
            return DuringNode(
                span, span_node(reader, hours) if hours is not None else reader.name(only_token(branch))
            )
        case _:
            return _comparison(reader, branch)


def _comparison(reader: Reader, branch: Branch) -> ComparisonNode:
    field, operation = branches(branch)
    operator = str(operation.data)
    negated = operator.startswith(("not_", "is_not"))
    positive = operator.replace("not_", "", 1) if operator != "is_not" else "is"
    value = first(operation, "value")
    return ComparisonNode(
        reader.span(branch),
        str(only_token(field)),
        positive.replace("_", " ") if positive != "is_in" else "in",
        negated,
        reader.value(value) if value is not None else None,
    )


def span_node(reader: Reader, branch: Branch) -> SpanNode:
    """Days and times."""
    days = tuple(_days(reader, child) for child in branches(branch, "days"))
    times = []
    for token in tokens(branch, "TIMES"):
        start, _, end = str(token).partition("-")
        times.append(TimesNode(reader.span(token), start, end))
    return SpanNode(reader.span(branch), days, tuple(times))


def _days(reader: Reader, branch: Branch) -> DaysNode:
    words = [token for token in tokens(branch) if token.type != "DOTS"]
    if words[0].type == "DAY_RANGE":
        start, _, end = str(words[0]).partition("-")
        return DaysNode(reader.span(branch), start, end)
    return DaysNode(reader.span(branch), str(words[0]), str(words[1]) if len(words) > 1 else None)
