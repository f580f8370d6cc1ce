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
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.resolve.dependencies import Order, dependency_order
from prx_dingtalk_router.language.resolve.literals import Entry, check_contained, check_literal
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.resolve.regexes import Regexes
from prx_dingtalk_router.language.source import Place, Source
from prx_dingtalk_router.language.syntax.ast import (
    Item,
    ListNode,
    ListValue,
    Name,
    PatternNode,
    RegexText,
    String,
    Value,
)
from prx_dingtalk_router.message import Field
from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.text.folding import WHITE_SPACE, fold

LINE_BLANKS = WHITE_SPACE + "\ufeff"
MAX_LIST_NESTING = 40

Part = Entry | str
"""An entry of a list: a string, or the name of a list within it."""


@dataclass(slots=True)
class Values:
    """Resolves values; each list and regex is checked once, wherever it is used.

    Lists are kept as written, with the names of those within them: one that holds another twice, which holds a third
    twice, is no longer than the strings that are written.
    """

    names: Names
    files: FileSet
    diagnostics: Diagnostics
    _order: Order = field(default_factory=lambda: Order(()))
    _lists: dict[str, tuple[Part, ...] | None] = field(default_factory=dict)
    _heights: dict[str, int] = field(default_factory=dict)
    _literals: dict[tuple[str, str], dict[str, Entry]] = field(default_factory=dict)
    _checked_literals: set[tuple[Place, str]] = field(default_factory=set)
    _tuples: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _folded_lists: set[str] = field(default_factory=set)
    _contained: set[Place] = field(default_factory=set)
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
        for name, node in self.names.spaces.get("pattern", {}).items():
            assert isinstance(node, PatternNode)
            with self.diagnostics.within(self.names.home("pattern", name)):
                self._regexes.resolve(node.regex)

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

    def _as_compared(self, value: Value, field: Field) -> Mapping[str, Entry]:
        key = (value.value, field.kind) if isinstance(value, Name) else None
        if key is not None and key in self._literals:
            return self._literals[key]
        found: dict[str, Entry] = {}
        parts = self._parts(value)
        for entry in self._flat(parts).values():
            literal = fold(entry.value) if field.kind == "text" else entry.value
            if literal:
                found.setdefault(literal, entry)
            if not entry.damaged and (entry.place, field.kind) not in self._checked_literals:
                self._checked_literals.add((entry.place, field.kind))
                check_literal(entry, literal, field, self.diagnostics)
        if field.kind == "text":
            self._report_same_when_folded(parts)
        if key is not None:
            self._literals[key] = found
        return found

    def strings(self, value: Value) -> tuple[Entry, ...]:
        """The strings of a value, each once: one, those of a list by its name, or of a list written out."""
        return tuple(self._flat(self._parts(value)).values())

    def _parts(self, value: Value) -> tuple[Part, ...]:
        return self._items(value, None) if isinstance(value, ListValue) else self._item(value, None)

    def _items(self, value: ListValue, home: str | None) -> tuple[Part, ...]:
        """What a list holds that is written out, in the declaration of the list ``home`` or in a condition."""
        if not value.items:
            self.diagnostics.add(EmptyList(value.span))
        parts = [part for item in value.items for part in self._item(item, home)]
        self._report_twice(part for part in parts if isinstance(part, Entry))
        return tuple(parts)

    def _item(self, item: Item, home: str | None) -> tuple[Part, ...]:
        match item:
            case String():
                return (Entry(item.value, self.diagnostics.place(item.span), item.damaged),)
            case Name():
                return (item.value,) if self._is_sound(item, home) else ()
            case RegexText():
                self.diagnostics.add(WrongValue(item.span, found="regex", expected="strings"))
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
        with self.diagnostics.within(self.names.home("list", name)):
            self._lists[name] = (
                self._lines(node.value) if isinstance(node.value, String) else self._items(node.value, name)
            )
            self._check_height(node, name)

    def _check_height(self, node: ListNode, name: str) -> None:
        inner = [(each, self._heights.get(each.value, 0)) for each in _names_within(node)]
        self._heights[name] = 1 + max((height for _, height in inner), default=0)
        if self._heights[name] > MAX_LIST_NESTING:
            if all(self._lists.get(each.value) is not None for each, _ in inner):
                deepest = max(inner, key=lambda pair: pair[1])[0]
                self.diagnostics.add(TooDeep(deepest.span, MAX_LIST_NESTING))
            self._lists[name] = None

    def _flat(self, parts: Sequence[Part]) -> dict[str, Entry]:
        """The strings, each value once and where it is first, in the order of lists put in at the place of their name."""
        found: dict[str, Entry] = {}
        for part in self._walk(parts, set()):
            if isinstance(part, Entry):
                found.setdefault(part.value, part)
        return found

    def _walk(self, parts: Sequence[Part], seen: set[str]) -> Iterator[Part]:
        """The strings and the names of lists, every list once."""
        for part in parts:
            yield part
            if isinstance(part, str) and part not in seen:
                seen.add(part)
                yield from self._walk(self._lists.get(part) or (), seen)

    def _lines(self, path: String) -> tuple[Entry, ...]:
        source = self.files.named(self.diagnostics.home.file, path)
        if source is None:
            return ()
        entries = tuple(_entries(source))
        if not entries:
            self.diagnostics.add(EmptyList(path.span))
        self._report_twice(entries)
        return entries

    def _report_twice(self, entries: Iterable[Entry]) -> None:
        seen: dict[str, Entry] = {}
        for entry in entries:
            earlier = seen.setdefault(entry.value, entry)
            if not entry.value.strip(LINE_BLANKS):  # reported as what can match nothing
                continue
            if earlier is not entry and earlier.place != entry.place:
                self._twice(entry, earlier, None)

    def _report_same_when_folded(self, parts: Sequence[Part]) -> None:
        """Warn of entries of one list that are written differently, and one for a text field."""
        names = {part for part in self._walk(parts, set()) if isinstance(part, str)} - self._folded_lists
        self._folded_lists |= names
        for entries in (parts, *(self._lists.get(name) or () for name in names)):
            seen: dict[str, Entry] = {}
            written: set[str] = set()
            for part in entries:
                if isinstance(part, Entry) and part.value not in written:
                    written.add(part.value)
                    folded = fold(part.value)
                    earlier = seen.setdefault(folded, part)
                    if folded and earlier is not part:
                        self._twice(part, earlier, earlier.value)

    def _twice(self, entry: Entry, earlier: Entry, same: str | None) -> None:
        if not entry.damaged and not earlier.damaged:
            self.diagnostics.add(EntryTwice(entry.place, entry.value, same, earlier.place))

    def regexes(self, value: Value, field: Field) -> tuple[Regex, ...]:
        """The regexes of a value of ``matches``, searched in this field."""
        items = value.items if isinstance(value, ListValue) else (value,)
        if not items:
            self.diagnostics.add(EmptyList(value.span))
        found = (self._regex(item, field) for item in items)
        return tuple(regex for regex in found if regex is not None)

    def _regex(self, item: Item, field: Field) -> Regex | None:
        match item:
            case RegexText():
                return self._searched(item, field)
            case Name():
                pattern = self.names.find("pattern", item, PatternNode)
                if pattern is None:
                    return None
                with self.diagnostics.within(self.names.home("pattern", item.value)):
                    return self._searched(pattern.regex, field)
            case String():
                self.diagnostics.add(WrongValue(item.span, found="string", expected="regexes"))
                return None

    def _searched(self, written: RegexText, field: Field) -> Regex | None:
        regex = self._regexes.resolve(written)
        if regex is not None and field.kind == "text":
            self._regexes.check_for_text(written)
        return regex


def _names_within(node: ListNode) -> list[Name]:
    value = node.value
    return [item for item in value.items if isinstance(item, Name)] if isinstance(value, ListValue) else []


def _lists_within(node: ListNode) -> list[str]:
    return [name.value for name in _names_within(node)]


def _entries(source: Source) -> Iterable[Entry]:
    """One entry a line, trimmed; blank lines and those that begin with ``#`` skipped."""
    at = 0
    for line in source.text.split("\n"):
        entry = line.strip(LINE_BLANKS)
        if entry and not entry.startswith("#"):
            start = at + line.index(entry)
            yield Entry(entry, Place(start, start + len(entry), source.name), damaged=False)
        at += len(line) + 1
