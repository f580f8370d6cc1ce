"""Values of conditions: lists flattened, literals folded, regexes read (language.md sections 2 to 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.empty_list import EmptyList
from prx_dingtalk_router.language.diagnostics.entry_twice import EntryTwice
from prx_dingtalk_router.language.diagnostics.name_cycle import NameCycle
from prx_dingtalk_router.language.diagnostics.too_deep import TooDeep
from prx_dingtalk_router.language.diagnostics.wrong_value import WrongValue
from prx_dingtalk_router.language.files import Loaded, read_named_file
from prx_dingtalk_router.language.resolve.dependencies import Order, dependency_order
from prx_dingtalk_router.language.resolve.literals import check_contained, check_literal
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.resolve.regexes import Regexes
from prx_dingtalk_router.language.source import Source, Span
from prx_dingtalk_router.language.syntax.ast import (
    ExpressionText,
    Item,
    ListNode,
    ListValue,
    Name,
    PatternNode,
    String,
    Value,
)
from prx_dingtalk_router.message import Field
from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.text.folding import WHITE_SPACE, fold

LINE_BLANKS = WHITE_SPACE + "\ufeff"
MAX_LIST_NESTING = 40

Part = String | str
"""An entry of a list: a string, or the name of a list within it."""


@dataclass(slots=True)
class Values:
    """Resolves values; each list and regex is checked once, wherever it is used.

    Lists are kept as written, with the names of those within them: one that holds another twice, which holds a third
    twice, is no longer than the strings that are written.
    """

    names: Names
    loaded: Loaded
    diagnostics: Diagnostics
    _order: Order = field(default_factory=lambda: Order(()))
    _lists: dict[str, tuple[Part, ...] | None] = field(default_factory=dict)
    _heights: dict[str, int] = field(default_factory=dict)
    _literals: dict[tuple[str, str], dict[str, String]] = field(default_factory=dict)
    _tuples: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _checked_literals: set[tuple[Span, str]] = field(default_factory=set)
    _folded_lists: set[str] = field(default_factory=set)
    _contained: set[Span] = field(default_factory=set)
    _regexes: Regexes = field(init=False)

    def __post_init__(self) -> None:
        self._regexes = Regexes(self.diagnostics)

    def declared(self) -> None:
        """Check every declared list and pattern, used or not; before anything that uses them is resolved."""
        lists = [node for node in self.names.spaces.get("list", {}).values() if isinstance(node, ListNode)]
        self._order = dependency_order({node.name.value: _lists_within(node) for node in lists})
        nodes = {node.name.value: node for node in lists}
        for name in self._order.names:
            self._declare(nodes[name])
        for node in self.names.spaces.get("pattern", {}).values():
            assert isinstance(node, PatternNode)
            self._regexes.resolve(node.expression)

    def literals(self, value: Value, field: Field, operator: str = "is") -> tuple[str, ...]:
        """The literals that a value stands for as the field compares them; reports those that can match nothing."""
        found = self._as_compared(value, field)
        if field.kind == "text":
            check_contained(operator, found, self._contained, self.diagnostics)
        if not isinstance(value, Name):
            return tuple(found)
        key = (value.value, field.kind)  # one tuple for all rules that use the list
        if key not in self._tuples:
            self._tuples[key] = tuple(found)
        return self._tuples[key]

    def _as_compared(self, value: Value, field: Field) -> Mapping[str, String]:
        key = (value.value, field.kind) if isinstance(value, Name) else None
        if key is not None and key in self._literals:
            return self._literals[key]
        found: dict[str, String] = {}
        parts = self._parts(value)
        for string in self._flat(parts).values():
            literal = fold(string.value) if field.kind == "text" else string.value
            if literal:
                found.setdefault(literal, string)
            if not string.damaged and (string.span, field.kind) not in self._checked_literals:
                self._checked_literals.add((string.span, field.kind))
                check_literal(string, literal, field, self.diagnostics)
        if field.kind == "text":
            self._report_same_when_folded(parts)
        if key is not None:
            self._literals[key] = found
        return found

    def strings(self, value: Value) -> tuple[String, ...]:
        """The strings of a value, each once: one, those of a list by its name, or of a list written out."""
        return tuple(self._flat(self._parts(value)).values())

    def _parts(self, value: Value) -> tuple[Part, ...]:
        return self._items(value, None) if isinstance(value, ListValue) else self._item(value, None)

    def _items(self, value: ListValue, home: str | None) -> tuple[Part, ...]:
        """What a list holds that is written out, in the declaration of the list ``home`` or in a condition."""
        if not value.items:
            self.diagnostics.add(EmptyList(value.span))
        parts = [part for item in value.items for part in self._item(item, home)]
        self._report_twice(part for part in parts if isinstance(part, String))
        return tuple(parts)

    def _item(self, item: Item, home: str | None) -> tuple[Part, ...]:
        match item:
            case String():
                return (item,)
            case Name():
                return (item.value,) if self._is_sound(item, home) else ()
            case ExpressionText():
                self.diagnostics.add(WrongValue(item.span, found="expression", expected="strings"))
                return ()

    def _is_sound(self, name: Name, home: str | None) -> bool:
        """Whether there is a list of that name that can be put in here; reports why not."""
        if self.names.find("list", name, ListNode) is None:
            return False
        circle = self._order.circle(home, name.value)
        if circle is not None:
            self.diagnostics.add(NameCycle(name.span, "list", circle))
            return False
        return self._lists.get(name.value) is not None

    def _declare(self, node: ListNode) -> None:
        """Check a list, those within it being checked already."""
        name = node.name.value
        self._lists[name] = (
            self._lines(node.value) if isinstance(node.value, String) else self._items(node.value, name)
        )
        inner = [(each, self._heights.get(each.value, 0)) for each in _names_within(node)]
        self._heights[name] = 1 + max((height for _, height in inner), default=0)
        if self._heights[name] > MAX_LIST_NESTING:
            if all(self._lists.get(each.value) is not None for each, _ in inner):
                deepest = max(inner, key=lambda pair: pair[1])[0]
                self.diagnostics.add(TooDeep(deepest.span, MAX_LIST_NESTING))
            self._lists[name] = None

    def _flat(self, parts: Sequence[Part]) -> dict[str, String]:
        """The strings, each value once and where it is first, in the order of lists put in at the place of their name."""
        found: dict[str, String] = {}
        for part in self._walk(parts, set()):
            if isinstance(part, String):
                found.setdefault(part.value, part)
        return found

    def _walk(self, parts: Sequence[Part], seen: set[str]) -> Iterator[Part]:
        """The strings and the names of lists, every list once."""
        for part in parts:
            yield part
            if isinstance(part, str) and part not in seen:
                seen.add(part)
                yield from self._walk(self._lists.get(part) or (), seen)

    def _lines(self, path: String) -> tuple[String, ...]:
        source = read_named_file(self.loaded, path, self.diagnostics)
        if source is None:
            return ()
        strings = tuple(_entries(source))
        if not strings:
            self.diagnostics.add(EmptyList(path.span))
        self._report_twice(strings)
        return strings

    def _report_twice(self, strings: Iterable[String]) -> None:
        seen: dict[str, String] = {}
        for string in strings:
            earlier = seen.setdefault(string.value, string)
            if not string.value.strip(LINE_BLANKS):  # reported as what can match nothing
                continue
            if earlier is not string and earlier.span != string.span:
                self._twice(string, earlier, None)

    def _report_same_when_folded(self, parts: Sequence[Part]) -> None:
        """Warn of entries of one list that are written differently, and one for a text field."""
        names = {part for part in self._walk(parts, set()) if isinstance(part, str)} - self._folded_lists
        self._folded_lists |= names
        for entries in (parts, *(self._lists.get(name) or () for name in names)):
            seen: dict[str, String] = {}
            written: set[str] = set()
            for part in entries:
                if isinstance(part, String) and part.value not in written:
                    written.add(part.value)
                    folded = fold(part.value)
                    earlier = seen.setdefault(folded, part)
                    if folded and earlier is not part:
                        self._twice(part, earlier, earlier.value)

    def _twice(self, string: String, earlier: String, same: str | None) -> None:
        if not string.damaged and not earlier.damaged:
            self.diagnostics.add(EntryTwice(string.span, string.value, same, earlier.span))

    def regexes(self, value: Value, field: Field) -> tuple[Regex, ...]:
        """The regexes of a value of ``matches``, searched in this field."""
        items = value.items if isinstance(value, ListValue) else (value,)
        if not items:
            self.diagnostics.add(EmptyList(value.span))
        found: list[Regex] = []
        for item in items:
            written = self._expression_text(item)
            regex = self._regexes.resolve(written) if written is not None else None
            if written is not None and regex is not None:
                if field.kind == "text":
                    self._regexes.check_for_text(written)
                found.append(regex)
        return tuple(found)

    def _expression_text(self, item: Item) -> ExpressionText | None:
        match item:
            case ExpressionText():
                return item
            case Name():
                pattern = self.names.find("pattern", item, PatternNode)
                return pattern.expression if pattern is not None else None
            case String():
                self.diagnostics.add(WrongValue(item.span, found="string", expected="expressions"))
                return None


def _names_within(node: ListNode) -> list[Name]:
    value = node.value
    return [item for item in value.items if isinstance(item, Name)] if isinstance(value, ListValue) else []


def _lists_within(node: ListNode) -> list[str]:
    return [name.value for name in _names_within(node)]


def _entries(source: Source) -> Iterable[String]:
    """One entry a line, trimmed; blank lines and those that begin with ``#`` skipped."""
    at = 0
    for line in source.text.split("\n"):
        entry = line.strip(LINE_BLANKS)
        if entry and not entry.startswith("#"):
            start = at + line.index(entry)
            yield String(Span(source, start, start + len(entry)), entry)
        at += len(line) + 1
