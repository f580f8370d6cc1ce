"""Templates: found by name or written in place, each analysed once and judged where it is used (language.md section 10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec import Struct

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.forbidden_in_template import ForbiddenInTemplate
from prx_dingtalk_router.language.diagnostics.no_such_group import NoSuchGroup
from prx_dingtalk_router.language.diagnostics.template_syntax import TemplateSyntax
from prx_dingtalk_router.language.diagnostics.too_many_templates import TooManyTemplates
from prx_dingtalk_router.language.diagnostics.undefined_in_template import UndefinedInTemplate
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.resolve.character_limit import CharacterLimit
from prx_dingtalk_router.language.resolve.inventory import TemplateUse
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.resolve.written_text import WrittenText
from prx_dingtalk_router.language.ruleset import Template
from prx_dingtalk_router.language.semantics.groups import UNKNOWN_GROUPS, Groups
from prx_dingtalk_router.language.source import Home, Place
from prx_dingtalk_router.language.syntax.ast import String, TemplateNode, TextValue
from prx_dingtalk_router.templates import (
    TemplateAnalysis,
    TemplateNames,
    TemplateProblem,
    TemplateProblemKind,
    analyse_template,
    is_plain,
)

MAX_CHARACTERS = 1_000_000
"""Characters that the templates of a set may have together, without those of text and names alone."""

DEPEND_ON_USE = frozenset({TemplateProblemKind.UNKNOWN_GROUP, TemplateProblemKind.FAILURE_OUTSIDE_ELSE})
"""What is wrong with a template at one place and right at another."""
FORBIDDEN = frozenset(
    {
        TemplateProblemKind.FORBIDDEN,
        TemplateProblemKind.UNKNOWN_TAG,
        TemplateProblemKind.UNKNOWN_FILTER,
        TemplateProblemKind.FILTER_ARGUMENTS,
        TemplateProblemKind.COMPARISON,
        TemplateProblemKind.NUMBER_COMPARISON,
    }
)
UNDEFINED = frozenset(
    {
        TemplateProblemKind.UNDEFINED_NAME,
        TemplateProblemKind.UNKNOWN_ATTRIBUTE,
        TemplateProblemKind.NEEDS_ATTRIBUTE,
        TemplateProblemKind.FAILURE_OUTSIDE_ELSE,
    }
)


Analyse = Callable[[str], TemplateAnalysis]
"""Reads a template: ``analyse_template``, or what remembers it."""


class _Written(Struct, frozen=True):
    """A template's text as it is written, and what can be said of it anywhere."""

    text: WrittenText
    analysis: TemplateAnalysis


@dataclass(slots=True)
class TemplateResolver:
    """Resolves templates; a mistake in a named one is reported once, where the template is written."""

    names: Names
    files: FileSet
    diagnostics: Diagnostics
    analyse: Analyse = analyse_template
    uses: list[TemplateUse] = field(default_factory=list)
    """All that are in order and show captures."""
    with_braces: list[WrittenText] = field(default_factory=list)
    """All in which a brace is written, each once where it is written."""
    _named: dict[str, _Written | None] = field(default_factory=dict)
    _reported: set[tuple[Place, object]] = field(default_factory=set)
    limit: CharacterLimit = field(init=False)
    in_place: int = 0
    """Characters that were counted of templates written where they are used."""

    def __post_init__(self) -> None:
        self.limit = CharacterLimit(
            self.diagnostics, MAX_CHARACTERS, lambda place, limit: TooManyTemplates(place, limit=limit)
        )

    def declared(self) -> None:
        """Check named templates that no step uses, as far as that can be told without a rule."""
        for name, node in self.names.spaces.get("template", {}).items():
            assert isinstance(node, TemplateNode)
            written = self._declared(node)
            if written is not None and ("template", name) not in self.names.used:
                self._judge(written, written.text.place, UNKNOWN_GROUPS, in_else=True)

    def resolve(self, value: TextValue, groups: Groups, *, in_else: bool) -> Template | None:
        """Return the template that a step names or holds.

        Args:
            value: as written.
            groups: of the rule's condition.
            in_else: whether the step is an alternative, where ``failure`` can be used.
        """
        place = self.diagnostics.place(value.span)
        if isinstance(value, String):
            text = WrittenText.of(value, place, self.diagnostics.written(place))
            before = self.limit.counted
            written = self._analysed(text)
            self.in_place += self.limit.counted - before
            if written is None:
                return None
            self._judge(written, place, groups, in_else=in_else)
            return Template(value.value, value.span)
        node = self.names.find("template", value, TemplateNode)
        declared = self._declared(node) if node is not None else None
        if node is None or declared is None:
            return None
        self._judge(declared, place, groups, in_else=in_else)
        return Template(declared.text.value, value.span, node.name.value)

    def _declared(self, node: TemplateNode) -> _Written | None:
        name = node.name.value
        if name not in self._named:
            text = self._text(node, self.names.home("template", name))
            self._named[name] = None if text is None else self._analysed(text)
        return self._named[name]

    def _analysed(self, text: WrittenText) -> _Written | None:
        if not is_plain(text.value) and not self.limit.count(len(text.value), text.place):
            return None
        if "{" in text.value:
            self.with_braces.append(text)
        return _Written(text, self.analyse(text.value))

    def _text(self, node: TemplateNode, home: Home) -> WrittenText | None:
        if node.from_file:
            source = self.files.named(home.file, node.text)
            return WrittenText.of_file(source) if source is not None else None
        place = home.place(node.text.span)
        return WrittenText.of(node.text, place, self.diagnostics.written(place))

    def _judge(self, written: _Written, used: Place, groups: Groups, *, in_else: bool) -> None:
        """Report what is wrong with a template where it is used."""
        possible = groups.possible if groups.known else None
        problems = written.analysis.problems(TemplateNames(in_else=in_else, groups=possible))
        for problem in problems:
            self._report(problem, written.text, used)
        if problems or not groups.known:
            return
        if written.analysis.needed:
            self.uses.append(TemplateUse(used, written.analysis.needed, groups.certain))

    def _report(self, problem: TemplateProblem, written: WrittenText, used: Place) -> None:
        """Report a problem once: where the template is written, or at its use where only that makes it one."""
        elsewhere = problem.kind in DEPEND_ON_USE and used != written.place
        places = () if elsewhere else tuple(written.piece(*place) for place in problem.places)
        place = used if elsewhere else places[0] if places else written.line(problem.line)
        key = (place, (problem.kind, problem.name))
        if key in self._reported:
            return
        self._reported.add(key)
        declared = written.place if elsewhere else None
        if problem.kind is TemplateProblemKind.UNKNOWN_GROUP:
            self.diagnostics.add(NoSuchGroup(place, problem, places, declared))
        elif problem.kind in UNDEFINED:
            self.diagnostics.add(UndefinedInTemplate(place, problem, places, declared))
        elif problem.kind in FORBIDDEN:
            self.diagnostics.add(ForbiddenInTemplate(place, problem, places))
        else:
            self.diagnostics.add(TemplateSyntax(place, problem))
