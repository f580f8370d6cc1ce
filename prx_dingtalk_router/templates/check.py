"""Checking a template before any message meets it."""

from __future__ import annotations

from jinja2 import nodes
from msgspec import Struct

from prx_dingtalk_router.templates.constructs import ConstructCheck
from prx_dingtalk_router.templates.environment import parse_template
from prx_dingtalk_router.templates.names import CAPTURES, ELSE_ONLY, TemplateNames
from prx_dingtalk_router.templates.occurrences import located
from prx_dingtalk_router.templates.problems import TemplateProblem, TemplateProblemKind
from prx_dingtalk_router.text.folding import shown_trim

MAXIMUM_OUTPUT = 20_000
"""Characters that a template may give (language.md section 10)."""

ANYWHERE = TemplateNames(in_else=True, groups=None)
"""All that a template can name in any place."""


class TemplateAnalysis(Struct, frozen=True):
    """What can be said of a template once, wherever it is used."""

    source: str
    fixed: tuple[TemplateProblem, ...]
    """What is wrong with it anywhere."""
    shows_nothing: bool
    uses: tuple[tuple[str, int], ...]
    """Names whose use may be wrong where it stands, in full, each with its line."""
    names: frozenset[str]
    """Every name that it uses, in full (``text``, ``sender.id``, ``match.ticket``); none if it cannot be read."""
    needed: frozenset[str]
    """The captures that it shows as they are, without ``default`` and without asking for them by an ``if`` first."""

    def problems(self, names: TemplateNames) -> list[TemplateProblem]:
        """Return what is wrong with it, by line, where these names may be used; one without problems can be rendered."""
        judged = (names.problem(path, line) for path, line in self.uses)
        problems = [*(problem for problem in judged if problem is not None), *self.fixed]
        if self.shows_nothing and not any(each.kind is not TemplateProblemKind.TOO_LONG for each in problems):
            problems.append(TemplateProblem(TemplateProblemKind.EMPTY, 1))
        return located(self.source, sorted(problems, key=lambda problem: problem.line)) if problems else []


def analyse_template(source: str) -> TemplateAnalysis:
    """Read a template and find what is wrong with it; after a mistake of syntax nothing else is looked for."""
    return analyse_tree(source, parse_template(source))


def analyse_tree(source: str, tree: nodes.Template | TemplateProblem) -> TemplateAnalysis:
    """Find what is wrong with a template that is parsed already."""
    if isinstance(tree, TemplateProblem):
        return TemplateAnalysis(source, (tree,), False, (), frozenset(), frozenset())
    check = ConstructCheck()
    check.statements(tree.body)
    fixed = [*check.problems]
    if _certain_length(tree) > MAXIMUM_OUTPUT:
        fixed.append(TemplateProblem(TemplateProblemKind.TOO_LONG, 1))
    return TemplateAnalysis(
        source,
        tuple(fixed),
        not _shows_anything(tree.body),
        tuple(use for use in check.uses if _to_be_judged(*use)),
        frozenset(path for path, _ in check.uses),
        frozenset(check.needed),
    )


def check_template(source: str, *, names: TemplateNames) -> list[TemplateProblem]:
    """Return what is wrong with a template where these names may be used, by line."""
    return analyse_template(source).problems(names)


def _to_be_judged(path: str, line: int) -> bool:
    return path.startswith((f"{CAPTURES}.", ELSE_ONLY)) or ANYWHERE.problem(path, line) is not None


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
