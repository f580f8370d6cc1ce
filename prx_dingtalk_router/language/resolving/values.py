"""Values of conditions: lists flattened, literals folded, expressions compiled (language.md sections 2 to 5)."""

from __future__ import annotations

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
from prx_dingtalk_router.language.resolving.expressions import Expressions
from prx_dingtalk_router.language.resolving.literals import check_contained, check_literal
from prx_dingtalk_router.language.resolving.names import Names
from prx_dingtalk_router.language.source import Source, Span
from prx_dingtalk_router.message import Field
from prx_dingtalk_router.text.expressions import Expression
from prx_dingtalk_router.text.folding import WHITE_SPACE, fold

LINE_BLANKS = WHITE_SPACE + "\ufeff"
MAX_LIST_NESTING = 40


@dataclass(slots=True)
class Values:
    """Resolves values; each list and expression is checked once, wherever it is used."""

    names: Names
    loaded: Loaded
    diagnostics: Diagnostics
    _lists: dict[str, tuple[String, ...]] = field(default_factory=dict)
    _checked_literals: set[tuple[Span, str]] = field(default_factory=set)
    _checked_lists: set[tuple[object, ...]] = field(default_factory=set)
    _expressions: Expressions = field(init=False)

    def __post_init__(self) -> None:
        self._expressions = Expressions(self.diagnostics)

    def declared(self) -> None:
        """Check every declared list and pattern, used or not."""
        for node in self.names.spaces.get("list", {}).values():
            assert isinstance(node, ListNode)
            self._of_declaration(node, ())
        for node in self.names.spaces.get("pattern", {}).values():
            assert isinstance(node, PatternNode)
            self._expressions.compiled(node.expression)

    def literals(self, value: Value, field: Field, operator: str = "is") -> tuple[str, ...]:
        """The literals that a value stands for as the field compares them; reports those that can match nothing."""
        found: dict[str, String] = {}
        for string in self.strings(value):
            literal = fold(string.value) if field.kind == "text" else string.value
            if literal:
                found.setdefault(literal, string)
            if (string.span, field.kind) not in self._checked_literals:
                self._checked_literals.add((string.span, field.kind))
                check_literal(string, literal, field, self.diagnostics)
        key = (operator, *(string.span for string in found.values()))
        if field.kind == "text" and len(found) > 1 and key not in self._checked_lists:
            self._checked_lists.add(key)
            check_contained(operator, found, self.diagnostics)
        return tuple(found)

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
        self._report_twice(item for item in value.items if isinstance(item, String))
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
        if len(chain) > MAX_LIST_NESTING:
            self.diagnostics.add("too-deep", name.span, limit=MAX_LIST_NESTING)
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
            self._lists[name] = strings
        return self._lists[name]

    def _lines(self, path: String) -> tuple[String, ...]:
        source = read_named_file(self.loaded, path, self.diagnostics)
        if source is None:
            return ()
        strings = tuple(_entries(source))
        if not strings:
            self.diagnostics.add("empty-list", path.span)
        self._report_twice(strings)
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

    def expressions(self, value: Value, field: Field) -> tuple[Expression, ...]:
        """The expressions of a value of ``matches``, searched in this field."""
        items = value.items if isinstance(value, ListValue) else (value,)
        if not items:
            self.diagnostics.add("empty-list", value.span)
        found: list[Expression] = []
        for item in items:
            written = self._expression_text(item)
            compiled = self._expressions.compiled(written) if written is not None else None
            if written is not None and compiled is not None:
                if field.kind == "text":
                    self._expressions.searched_in_text(written)
                found.append(compiled)
        return tuple(found)

    def _expression_text(self, item: Item) -> ExpressionText | None:
        match item:
            case ExpressionText():
                return item
            case Name():
                pattern = self.names.find("pattern", item, PatternNode)
                return pattern.expression if pattern is not None else None
            case String():
                self._wrong(item.span, "language.value.string", "language.value.expressions")
                return None

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
