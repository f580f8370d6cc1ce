"""Checking a template before any message meets it."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes

from prx_dingtalk_router.templates.constructs import ConstructCheck, used_paths
from prx_dingtalk_router.templates.environment import parse_template
from prx_dingtalk_router.templates.names import CAPTURES, TemplateNames
from prx_dingtalk_router.templates.problems import TemplateProblem, TemplateProblemKind
from prx_dingtalk_router.text.folding import shown_trim

MAXIMUM_OUTPUT = 20_000
"""Characters that a template may give (language.md section 10)."""


def check_template(source: str, *, names: TemplateNames) -> list[TemplateProblem]:
    """What is wrong with a template, by line; a template without problems can be rendered.

    After a mistake of syntax nothing else is looked for.

    Args:
        source: the template.
        names: which names it may use where it stands.
    """
    tree = parse_template(source)
    if isinstance(tree, TemplateProblem):
        return [tree]
    check = ConstructCheck(names)
    check.statements(tree.body)
    problems = check.problems
    if not problems and not _shows_anything(tree.body):
        problems.append(TemplateProblem(TemplateProblemKind.EMPTY, 1))
    if _certain_length(tree) > MAXIMUM_OUTPUT:
        problems.append(TemplateProblem(TemplateProblemKind.TOO_LONG, 1))
    return sorted(problems, key=lambda problem: problem.line)


def template_names(source: str) -> frozenset[str]:
    """Every name that a template uses, in full (``text``, ``sender.id``, ``match.ticket``); none if it is broken."""
    tree = parse_template(source)
    return frozenset() if isinstance(tree, TemplateProblem) else frozenset(used_paths(tree))


def template_groups(source: str) -> frozenset[str]:
    """The captures that a template uses; none if it is broken."""
    return _groups(template_names(source))


def needed_groups(source: str) -> frozenset[str]:
    """The captures that a template shows as they are; none if it is broken.

    Not those for which it provides: with ``default``, or where an ``if`` asks for them first.
    """
    tree = parse_template(source)
    return frozenset() if isinstance(tree, TemplateProblem) else _needed(tree, frozenset())


def _needed(node: nodes.Node, asked: frozenset[str]) -> frozenset[str]:
    inside: list[nodes.Node] = list(node.iter_child_nodes())
    match node:
        case nodes.Getattr():
            return _groups(used_paths(node)) - asked
        case nodes.If() | nodes.CondExpr():
            asked |= _groups(used_paths(node.test))
            inside.remove(node.test)
        case nodes.Filter(name="default"):
            inside = [*node.args]
    return frozenset().union(*(_needed(each, asked) for each in inside))


def _groups(paths: Iterable[str]) -> frozenset[str]:
    split = (path.partition(".") for path in paths)
    return frozenset(group for name, _, group in split if name == CAPTURES and group)


def _shows_anything(body: list[nodes.Node]) -> bool:
    for node in body:
        if isinstance(node, nodes.If):
            if _shows_anything([*node.body, *node.elif_, *node.else_]):
                return True
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData) or shown_trim(part.data):
                    return True
    return False


def _certain_length(tree: nodes.Template) -> int:
    outputs = (node for node in tree.body if isinstance(node, nodes.Output))
    return sum(
        len(part.data) for node in outputs for part in node.nodes if isinstance(part, nodes.TemplateData)
    )
