"""Declarations: trees to nodes (language.md section 3)."""

from __future__ import annotations

from typing import Literal, cast

from prx_dingtalk_router.language.syntax.ast import (
    ConditionNode,
    Declaration,
    FallbackNode,
    HoursNode,
    LanguageNode,
    ListNode,
    PatternNode,
    RuleNode,
    TemplateNode,
    UseNode,
)
from prx_dingtalk_router.language.syntax.build.conditions import condition, span_node
from prx_dingtalk_router.language.syntax.build.steps import chains
from prx_dingtalk_router.language.syntax.build.tests import test_node
from prx_dingtalk_router.language.syntax.build.tree import Branch, Reader, branches, first, only_token, tokens


def build(reader: Reader, branch: Branch) -> Declaration:
    """The node of one declaration."""
    span = reader.span(branch)
    match branch.data:
        case "language":
            return LanguageNode(span, str(only_token(branch)))
        case "use":
            return UseNode(span, reader.string(only_token(branch)))
        case "list":
            return _list(reader, branch)
        case "pattern":
            name, expression = tokens(branch)
            return PatternNode(span, reader.name(name), reader.expression(expression))
        case "hours":
            return _hours(reader, branch)
        case "condition":
            return ConditionNode(
                span, reader.name(only_token(branch)), condition(reader, next(branches(branch)))
            )
        case "template":
            return _template(reader, branch)
        case "rule":
            return _rule(reader, branch)
        case "test":
            return test_node(reader, branch)
        case kind:
            keyword = span.part(0, len(str(kind)))
            return FallbackNode(
                span, cast("Literal['otherwise', 'denied']", str(kind)), keyword, chains(reader, branch)
            )


def _list(reader: Reader, branch: Branch) -> ListNode:
    lines, written = first(branch, "lines"), first(branch, "list_value")
    name = reader.name(tokens(branch)[0])
    if lines is not None:
        return ListNode(reader.span(branch), name, reader.string(only_token(lines)))
    assert written is not None
    return ListNode(reader.span(branch), name, reader.list_value(written))


def _hours(reader: Reader, branch: Branch) -> HoursNode:
    calendar, zone = first(branch, "calendar"), first(branch, "zone")
    return HoursNode(
        reader.span(branch),
        reader.name(only_token(branch)),
        tuple(span_node(reader, span) for span in branches(branch, "span")),
        reader.string(only_token(calendar)) if calendar is not None else None,
        reader.string(only_token(zone)) if zone is not None else None,
    )


def _template(reader: Reader, branch: Branch) -> TemplateNode:
    name, *text = tokens(branch)
    file = first(branch, "template_file")
    token = only_token(file) if file is not None else text[0]
    return TemplateNode(reader.span(branch), reader.name(name), reader.string(token), file is not None)


def _rule(reader: Reader, branch: Branch) -> RuleNode:
    name, *description = tokens(branch)
    (when,) = (child for child in branches(branch) if child.data not in ("chain", "shadow"))
    return RuleNode(
        reader.span(branch),
        reader.name(name),
        reader.string(description[0]) if description else None,
        first(branch, "shadow") is not None,
        condition(reader, when),
        chains(reader, branch),
    )
