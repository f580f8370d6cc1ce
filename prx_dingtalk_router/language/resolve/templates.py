"""Templates: found by name or written in place, and checked where they are used (language.md section 10)."""

from __future__ import annotations

from dataclasses import dataclass, field

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.forbidden_in_template import ForbiddenInTemplate
from prx_dingtalk_router.language.diagnostics.group_may_be_unset import GroupMayBeUnset
from prx_dingtalk_router.language.diagnostics.no_such_group import NoSuchGroup
from prx_dingtalk_router.language.diagnostics.template_syntax import TemplateSyntax
from prx_dingtalk_router.language.diagnostics.undefined_in_template import UndefinedInTemplate
from prx_dingtalk_router.language.diagnostics.unreadable_template import UnreadableTemplate
from prx_dingtalk_router.language.files import Loaded, read_named_file
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.ruleset import Template
from prx_dingtalk_router.language.semantics.groups import UNKNOWN_GROUPS, Groups
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.language.syntax.ast import String, TemplateNode, TextValue
from prx_dingtalk_router.templates import (
    TemplateNames,
    TemplateProblem,
    TemplateProblemKind,
    check_template,
    needed_groups,
    template_groups,
)


@dataclass(slots=True)
class Templates:
    """Resolves templates; a mistake in a named one is reported once, where the template stands."""

    names: Names
    loaded: Loaded
    diagnostics: Diagnostics
    _texts: dict[str, String | None] = field(default_factory=dict)
    _reported: set[tuple[Span, object]] = field(default_factory=set)

    def declared(self) -> None:
        """Check named templates that no step uses, as far as that can be told without a rule."""
        for name, node in self.names.spaces.get("template", {}).items():
            assert isinstance(node, TemplateNode)
            written = self._text(node)
            if written is not None and ("template", name) not in self.names.used:
                self._check(written, written.span, UNKNOWN_GROUPS, in_else=True)

    def resolve(self, value: TextValue, groups: Groups, *, in_else: bool) -> Template | None:
        """The template that a step names or holds.

        Args:
            value: as written.
            groups: of the rule's condition.
            in_else: whether the step is an alternative, where ``failure`` can be used.
        """
        if isinstance(value, String):
            self._check(value, value.span, groups, in_else=in_else)
            return Template(value.value, value.span)
        node = self.names.find("template", value, TemplateNode)
        written = self._text(node) if node is not None else None
        if node is None or written is None:
            return None
        self._check(written, value.span, groups, in_else=in_else)
        return Template(written.value, value.span, node.name.value)

    def _text(self, node: TemplateNode) -> String | None:
        name = node.name.value
        if name not in self._texts:
            self._texts[name] = self._file(node.text) if node.from_file else node.text
        return self._texts[name]

    def _file(self, path: String) -> String | None:
        source = read_named_file(self.loaded, path, self.diagnostics, unreadable=UnreadableTemplate)
        if source is None:
            return None
        return String(Span(source, 0, len(source.text)), source.text.replace("\r\n", "\n"))

    def _check(self, written: String, used: Span, groups: Groups, *, in_else: bool) -> None:
        possible = groups.possible if groups.known else template_groups(written.value)
        problems = check_template(written.value, names=TemplateNames(in_else=in_else, groups=possible))
        for problem in problems:
            self._report(problem, written, used)
        if problems or not groups.known:
            return
        for name in sorted(needed_groups(written.value) - groups.certain):
            if (used, name) not in self._reported:
                self._reported.add((used, name))
                self.diagnostics.add(GroupMayBeUnset(used, name))

    def _report(self, problem: TemplateProblem, written: String, used: Span) -> None:
        depends_on_use = problem.kind in (
            TemplateProblemKind.UNKNOWN_GROUP,
            TemplateProblemKind.FAILURE_OUTSIDE_ELSE,
        )
        place = used if depends_on_use else _line(written, problem.line)
        key = (place, problem)
        if key in self._reported:
            return
        self._reported.add(key)
        declared = written.span if depends_on_use and used != written.span else None
        match problem.kind:
            case TemplateProblemKind.UNKNOWN_GROUP:
                self.diagnostics.add(NoSuchGroup(place, problem, declared))
            case _ if problem.kind in _UNDEFINED:
                self.diagnostics.add(UndefinedInTemplate(place, problem, declared))
            case _ if problem.kind in _FORBIDDEN:
                self.diagnostics.add(ForbiddenInTemplate(place, problem))
            case _:
                self.diagnostics.add(TemplateSyntax(place, problem))


_FORBIDDEN = frozenset(
    {
        TemplateProblemKind.FORBIDDEN,
        TemplateProblemKind.UNKNOWN_TAG,
        TemplateProblemKind.UNKNOWN_FILTER,
        TemplateProblemKind.FILTER_ARGUMENTS,
        TemplateProblemKind.COMPARISON,
        TemplateProblemKind.NUMBER_COMPARISON,
    }
)
_UNDEFINED = frozenset(
    {
        TemplateProblemKind.UNDEFINED_NAME,
        TemplateProblemKind.UNKNOWN_ATTRIBUTE,
        TemplateProblemKind.NEEDS_ATTRIBUTE,
        TemplateProblemKind.FAILURE_OUTSIDE_ELSE,
    }
)


def _line(written: String, number: int) -> Span:
    """The line of a template that is at fault; the whole of it where lines do not stand as written."""
    text = written.span.text
    lines = text.split("\n")
    shift = 1 if text.startswith('"""') and lines[0].strip() == '"""' else 0
    at = number - 1 + shift
    if len(lines) == 1 or at >= len(lines):
        return written.span
    start = sum(len(line) + 1 for line in lines[:at])
    return written.span.part(start, start + len(lines[at].rstrip("\r")))
