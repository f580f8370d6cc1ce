"""Values of conditions: lists flattened, literals folded, expressions compiled (language.md sections 2 to 5)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.language.diagnostics import Diagnostics, Related
from prx_dingtalk_router.language.loading import Loaded, read_named_file
from prx_dingtalk_router.language.nodes import (
    ExpressionText,
    Item,
    ListNode,
    ListValue,
    Name,
    PatternNode,
    String,
    Value,
)
from prx_dingtalk_router.language.resolving.names import Names
from prx_dingtalk_router.language.source import Source, Span
from prx_dingtalk_router.message import Field
from prx_dingtalk_router.text.expression_problem import ExpressionProblem
from prx_dingtalk_router.text.expressions import Expression, compile_expression
from prx_dingtalk_router.text.folding import fold, visible

LINE_BLANKS = " \t\r\n\u3000\u00a0\ufeff"


@dataclass(slots=True)
class Values:
    """Resolves values; each list and expression is checked once, wherever it is used."""

    names: Names
    loaded: Loaded
    diagnostics: Diagnostics
    _lists: dict[str, tuple[String, ...]] = field(default_factory=dict)
    _expressions: dict[Span, Expression | None] = field(default_factory=dict)
    _checked_literals: set[Span] = field(default_factory=set)

    def declared(self) -> None:
        """Check every declared list and pattern, used or not."""
        for node in self.names.spaces.get("list", {}).values():
            assert isinstance(node, ListNode)
            self._of_declaration(node, ())
        for node in self.names.spaces.get("pattern", {}).values():
            assert isinstance(node, PatternNode)
            self.expression(node.expression)

    def literals(self, value: Value, field: Field) -> tuple[str, ...]:
        """The literals that a value stands for, folded where the field is text."""
        return self.folded(self.strings(value), field)

    def folded(self, strings: Iterable[String], field: Field) -> tuple[str, ...]:
        """Literals as the field compares them; reports those that can match nothing."""
        found: dict[str, None] = {}
        for string in strings:
            literal = fold(string.value) if field.kind == "text" else string.value
            if literal:
                found[literal] = None
            if string.span in self._checked_literals:
                continue
            self._checked_literals.add(string.span)
            self._check_literal(string, literal, field)
        return tuple(found)

    def _check_literal(self, string: String, literal: str, field: Field) -> None:
        if not literal:
            self.diagnostics.add("literal-of-nothing", string.span, field=field.name)
        elif field.kind == "text":
            if string.value != string.value.strip() and visible(string.value.strip()):
                self.diagnostics.add("lost-blanks", string.span)
            if visible(string.value) != string.value:
                hidden = next(c for c in string.value if not visible(c))
                self.diagnostics.add(
                    "folded-away", string.span, character=unicodedata.name(hidden, f"U+{ord(hidden):04X}")
                )

    def strings(self, value: Value) -> tuple[String, ...]:
        """The strings of a value: one, a list by its name, or a list written out."""
        match value:
            case String():
                return (value,)
            case Name():
                return self.list_named(value, ())
            case ListValue():
                return self.items(value, ())
            case ExpressionText():
                self._wrong(value.span, "language.value.expression", "language.value.strings")
                return ()

    def items(self, value: ListValue, chain: tuple[str, ...]) -> tuple[String, ...]:
        """The strings of a list that is written out, other lists put in."""
        if not value.items:
            self.diagnostics.add("empty-list", value.span)
        found: list[String] = []
        for item in value.items:
            found.extend(self._item(item, chain))
        return tuple(found)

    def _item(self, item: Item, chain: tuple[str, ...]) -> tuple[String, ...]:
        match item:
            case String():
                return (item,)
            case Name():
                return self.list_named(item, chain)
            case ExpressionText():
                self._wrong(item.span, "language.value.expression", "language.value.strings")
                return ()

    def list_named(self, name: Name, chain: tuple[str, ...]) -> tuple[String, ...]:
        """The strings of a named list; ``chain`` holds the lists that led here."""
        if name.value in chain:
            shown = " → ".join((*chain[chain.index(name.value) :], name.value))
            self.diagnostics.add("name-cycle", name.span, kind=text("language.kind.list"), chain=shown)
            return ()
        node = self.names.find("list", name, ListNode)
        return self._of_declaration(node, chain) if node is not None else ()

    def _of_declaration(self, node: ListNode, chain: tuple[str, ...]) -> tuple[String, ...]:
        name = node.name.value
        if name not in self._lists:
            strings = (
                self._lines(node.value)
                if isinstance(node.value, String)
                else self.items(node.value, (*chain, name))
            )
            self._report_twice(strings)
            self._lists[name] = strings
        return self._lists[name]

    def _lines(self, path: String) -> tuple[String, ...]:
        source = read_named_file(self.loaded, path, self.diagnostics)
        if source is None:
            return ()
        strings = tuple(_entries(source))
        if not strings:
            self.diagnostics.add("empty-list", path.span)
        return strings

    def _report_twice(self, strings: Iterable[String]) -> None:
        seen: dict[str, String] = {}
        for string in strings:
            earlier = seen.setdefault(string.value, string)
            if earlier is not string and earlier.span != string.span:
                self.diagnostics.add(
                    "entry-twice",
                    string.span,
                    entry=string.value,
                    related=[Related(earlier.span, text("language.related.first"))],
                )

    def expressions(self, value: Value) -> tuple[Expression, ...]:
        """The expressions of a value of ``matches``."""
        items = value.items if isinstance(value, ListValue) else (value,)
        if not items:
            self.diagnostics.add("empty-list", value.span)
        found: list[Expression] = []
        for item in items:
            match item:
                case ExpressionText():
                    compiled = self.expression(item)
                case Name():
                    pattern = self.names.find("pattern", item, PatternNode)
                    compiled = self.expression(pattern.expression) if pattern is not None else None
                case String():
                    self._wrong(item.span, "language.value.string", "language.value.expressions")
                    compiled = None
            if compiled is not None:
                found.append(compiled)
        return tuple(found)

    def expression(self, written: ExpressionText) -> Expression | None:
        """Compile an expression, once for each place where it is written."""
        if written.span in self._expressions:
            return self._expressions[written.span]
        compiled = compile_expression(written.value, written.ignore_case)
        if isinstance(compiled, ExpressionProblem):
            self._refused(written, compiled)
            self._expressions[written.span] = None
            return None
        if compiled.matches_everything:
            self.diagnostics.add("matches-everything", written.span)
        self._expressions[written.span] = compiled
        return compiled

    def _refused(self, written: ExpressionText, problem: ExpressionProblem) -> None:
        span = written.span
        if problem.position is not None:
            start = min(1 + _written_offset(span.text, problem.position), len(span.text) - 1)
            span = span.part(start, min(start + max(1, len(problem.detail)), len(span.text)))
        self.diagnostics.add(
            "refused-expression",
            span,
            why=text(f"language.expression.{problem.kind.value}", detail=problem.detail),
            position=(problem.position if problem.position is not None else 0) + 1,
        )

    def _wrong(self, span: Span, found: str, expected: str) -> None:
        self.diagnostics.add("wrong-value", span, found=Text(found), expected=Text(expected))


def _entries(source: Source) -> Iterable[String]:
    """One entry a line, trimmed; blank lines and those that begin with ``#`` skipped."""
    at = 0
    for line in source.text.split("\n"):
        entry = line.strip(LINE_BLANKS)
        if entry and not entry.startswith("#"):
            start = at + line.index(entry)
            yield String(Span(source, start, start + len(entry)), entry)
        at += len(line) + 1


def _written_offset(written: str, position: int) -> int:
    r"""Where the character at ``position`` of an expression stands between its slashes, ``\/`` being two there."""
    at = 1
    for _ in range(position):
        at += 2 if written.startswith("\\/", at) else 1
    return at - 1
