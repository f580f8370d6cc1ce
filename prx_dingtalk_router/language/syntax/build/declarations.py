"""Declarations: trees to nodes (language.md section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, cast

from prx_dingtalk_router.language.source import Home
from prx_dingtalk_router.language.syntax.ast import (
    ConditionNode,
    Declaration,
    DeclarationNode,
    FallbackNode,
    HoursNode,
    LanguageNode,
    ListNode,
    Name,
    PatternNode,
    RuleNode,
    TemplateNode,
    UseNode,
)
from prx_dingtalk_router.language.syntax.build.conditions import condition, span_node
from prx_dingtalk_router.language.syntax.build.reader import (
    STRING_TYPES,
    Reader,
    branches,
    first,
    only_token,
    optional_token,
)
from prx_dingtalk_router.language.syntax.build.steps import chains
from prx_dingtalk_router.language.syntax.build.tests import test_node
from prx_dingtalk_router.language.syntax.parsed import Parsed
from prx_dingtalk_router.language.syntax.tree import Branch


def build(parsed: Iterable[Parsed], file: str) -> Iterator[Declaration]:
    """Build the nodes of the declarations of a file, one by one."""
    for each in parsed:
        home = Home(file, each.piece.offset)
        if isinstance(each.tree, Branch):
            reader = Reader(each.piece)
            node = _declaration(reader, each.tree)
            yield Declaration(home, node, (*each.findings, *reader.findings))
        else:
            yield Declaration(home, each.tree, each.findings)


def _declaration(reader: Reader, branch: Branch) -> DeclarationNode:
    """Return the node of one declaration."""
    span = reader.span(branch)
    match branch.kind:
        case "rule":
            return _rule(reader, branch)
        case "language":
            return LanguageNode(span, only_token(branch, "INT").value)
        case "use":
            return UseNode(span, reader.string(only_token(branch, "STRING")))
        case "list":
            return _list(reader, branch)
        case "pattern":
            regex = reader.regex(only_token(branch, "REGEX"))
            return PatternNode(span, _name(reader, branch), regex)
        case "hours":
            return _hours(reader, branch)
        case "condition":
            return ConditionNode(span, _name(reader, branch), condition(reader, next(branches(branch))))
        case "template":
            return _template(reader, branch)
        case "test":
            return test_node(reader, branch)
        case kind:
            keyword = span.part(0, len(kind))
            return FallbackNode(
                span, cast("Literal['otherwise', 'denied']", kind), keyword, chains(reader, branch)
            )


def _name(reader: Reader, branch: Branch) -> Name:
    return reader.name(only_token(branch, "NAME"))


def _list(reader: Reader, branch: Branch) -> ListNode:
    lines, written = first(branch, "lines"), first(branch, "list_value")
    span, name = reader.span(branch), _name(reader, branch)
    if lines is not None:
        return ListNode(span, name, reader.string(only_token(lines, "STRING")))
    assert written is not None
    return ListNode(span, name, reader.list_value(written))


def _hours(reader: Reader, branch: Branch) -> HoursNode:
    calendar, zone = first(branch, "calendar"), first(branch, "zone")
    return HoursNode(
        reader.span(branch),
        _name(reader, branch),
        tuple(span_node(reader, span) for span in branches(branch, "span")),
        reader.string(only_token(calendar, "STRING")) if calendar is not None else None,
        reader.string(only_token(zone, "STRING")) if zone is not None else None,
    )


def _template(reader: Reader, branch: Branch) -> TemplateNode:
    file = first(branch, "template_file")
    text = reader.string(only_token(file if file is not None else branch, *STRING_TYPES))
    return TemplateNode(reader.span(branch), _name(reader, branch), text, file is not None)


def _rule(reader: Reader, branch: Branch) -> RuleNode:
    description = optional_token(branch, "STRING")
    (when,) = (child for child in branches(branch) if child.kind not in ("chain", "shadow"))
    return RuleNode(
        reader.span(branch),
        _name(reader, branch),
        reader.string(description) if description is not None else None,
        first(branch, "shadow") is not None,
        condition(reader, when),
        chains(reader, branch),
    )
