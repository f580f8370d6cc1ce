"""Values of conditions: lists put in, literals folded, regexes read (language.md sections 2 to 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.empty_list import EmptyList
from prx_dingtalk_router.language.diagnostics.literal_of_nothing import LiteralOfNothing
from prx_dingtalk_router.language.diagnostics.name_cycle import NameCycle
from prx_dingtalk_router.language.diagnostics.too_deep import TooDeep
from prx_dingtalk_router.language.diagnostics.wrong_value import WrongValue
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.resolve.dependencies import Order, dependency_order
from prx_dingtalk_router.language.resolve.inventory import Comparison, Entry, WrittenList
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.resolve.regexes import Regexes
from prx_dingtalk_router.language.source import Place, Source, Span
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
from prx_dingtalk_router.message import FIELDS, Field
from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.text.folding import WHITE_SPACE, fold

LINE_BLANKS = WHITE_SPACE + "\ufeff"
MAX_LIST_NESTING = 40

LISTS_PUT_IN = ("list", "")
"""Noted where lists are put in among strings: what is found in such a value may stand in the declarations of the lists."""

Part = Entry | str
"""An entry of a list: a string, or the name of a list within it."""
Kind = str
"""Of a field: how its literals are compared."""


@dataclass(slots=True)
class _List:
    """A declared list: its parts, and its literals by how they are compared, made when they are first asked for."""

    parts: tuple[Part, ...]
    written: WrittenList
    entries: dict[Kind, Mapping[str, Entry]] = field(default_factory=dict)
    literals: dict[Kind, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class ValueResolver:
    """Resolves values; each list and regex is checked once, and all that use a list by its name share its literals."""

    names: Names
    files: FileSet
    diagnostics: Diagnostics
    lists: list[WrittenList] = field(default_factory=list)
    """All lists as they are written, declared or not."""
    comparisons: list[Comparison] = field(default_factory=list)
    """What fields are compared with."""
    _order: Order = field(default_factory=lambda: Order(()))
    _declared: dict[str, _List | None] = field(default_factory=dict)
    _heights: dict[str, int] = field(default_factory=dict)
    _compared: set[tuple[str, str, str]] = field(default_factory=set)
    regexes: Regexes = field(init=False)

    def __post_init__(self) -> None:
        self.regexes = Regexes(self.diagnostics)

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
                self.regexes.resolve(node.regex)

    # ---- literals

    def literals(self, value: Value, field: Field, operator: str = "is") -> tuple[str, ...]:
        """Return the literals that a value stands for as the field compares them; report those that can match nothing."""
        if isinstance(value, Name):
            return self._literals_of_list(value, field, operator)
        parts = self._item(value, None)
        if isinstance(value, ListValue):
            parts = self._items(value, None, as_text=field.kind == "text")
        entries = self._entries(parts, field)
        self.comparisons.append(Comparison(field, operator, entries))
        return tuple(entries)

    def _literals_of_list(self, name: Name, field: Field, operator: str) -> tuple[str, ...]:
        found = self._declared[name.value] if self._can_be_put_in(name, None) else None
        if found is None:
            return ()
        entries = self._entries((name.value,), field)
        self.names.noted["list", name.value, field.name, operator] = None
        if (name.value, field.name, operator) not in self._compared:
            self._compared.add((name.value, field.name, operator))
            self.comparisons.append(Comparison(field, operator, entries))
        return found.literals.setdefault(field.kind, tuple(entries))

    def _entries(self, parts: Sequence[Part], field: Field) -> Mapping[str, Entry]:
        """Return the entries of a value by their literals, each where it comes first, lists put in where they are named."""
        if len(parts) == 1 and isinstance(parts[0], str):
            return self._entries_of_list(parts[0], field)
        found: dict[str, Entry] = {}
        for part in parts:
            if isinstance(part, str):
                for literal, entry in self._entries_of_list(part, field).items():
                    found.setdefault(literal, entry)
                continue
            literal = fold(part.value) if field.kind == "text" else part.value
            if literal:
                found.setdefault(literal, part)
            elif not part.damaged:
                self.diagnostics.add(LiteralOfNothing(part.place, field.name))
        return found

    def _entries_of_list(self, name: str, field: Field) -> Mapping[str, Entry]:
        declared = self._declared[name]
        if declared is None:
            return {}
        if field.kind not in declared.entries:
            declared.written.as_text |= field.kind == "text"
            declared.entries[field.kind] = self._entries(declared.parts, field)
        return declared.entries[field.kind]

    def recall(self, use: Sequence[str]) -> None:
        """Look at a named value as a settled rule does: what is found in its declaration depends on how it is used.

        Args:
            use: as it was noted.
        """
        match use:
            case ["list", name, subject, operator]:
                self.literals(Name(Span(0, 0), name), FIELDS[subject], operator)
            case ["pattern", name, subject]:
                self.searched(Name(Span(0, 0), name), FIELDS[subject])
            case _:
                pass

    # ---- lists as they are written

    def _item(self, item: Value, home: str | None) -> tuple[Part, ...]:
        match item:
            case String():
                return (Entry(item.value, self.diagnostics.place(item.span), item.damaged),)
            case Name():
                return (item.value,) if self._can_be_put_in(item, home) else ()
            case RegexText():
                self.diagnostics.add(WrongValue(item.span, found="regex", expected="strings"))
                return ()
            case ListValue():
                return ()

    def _items(self, value: ListValue, home: str | None, *, as_text: bool = False) -> tuple[Part, ...]:
        """Return what a list holds that is written out, in the declaration of the list ``home`` or in a condition."""
        if not value.items:
            self.diagnostics.add(EmptyList(value.span))
        parts = tuple(part for item in value.items for part in self._item(item, home))
        if home is None and any(isinstance(part, str) for part in parts):
            self.names.noted[LISTS_PUT_IN] = None
        self._keep(parts, as_text=as_text)
        return parts

    def _keep(self, parts: Sequence[Part], *, as_text: bool = False) -> None:
        entries = tuple(part for part in parts if isinstance(part, Entry))
        self.lists.append(WrittenList(entries, as_text))

    def _can_be_put_in(self, name: Name, home: str | None) -> bool:
        """Return whether there is a list of that name that can be put in here; report why not."""
        if self.names.find("list", name, ListNode) is None:
            return False
        circle = self._order.circle(home, name.value)
        if circle is not None:
            self.diagnostics.add(NameCycle(name.span, "list", circle))
            return False
        return self._declared.get(name.value) is not None

    def _declare(self, node: ListNode) -> None:
        """Check a list, those within it being checked already."""
        name = node.name.value
        uses = self.names.noting()
        with self.diagnostics.within(self.names.home("list", name)):
            if isinstance(node.value, String):
                parts = self._lines(node.value)
            else:
                parts = self._items(node.value, name)
            self._declared[name] = _List(parts, self.lists[-1])
            self._check_height(node, name)
        self.names.enter_within("list", name, uses)

    def _check_height(self, node: ListNode, name: str) -> None:
        inner = [(each, self._heights.get(each.value, 0)) for each in _names_within(node)]
        self._heights[name] = 1 + max((height for _, height in inner), default=0)
        if self._heights[name] > MAX_LIST_NESTING:
            if all(self._declared.get(each.value) is not None for each, _ in inner):
                deepest = max(inner, key=lambda pair: pair[1])[0]
                self.diagnostics.add(TooDeep(deepest.span, MAX_LIST_NESTING))
            self._declared[name] = None

    def _lines(self, path: String) -> tuple[Part, ...]:
        source = self.files.named(self.diagnostics.home.file, path)
        entries = tuple(_lines_of(source)) if source is not None else ()
        if source is not None and not entries:
            self.diagnostics.add(EmptyList(path.span))
        self._keep(entries)
        return entries

    # ---- regexes

    def searched(self, value: Value, field: Field) -> tuple[Regex, ...]:
        """Return the regexes of a value of ``matches``, searched in this field."""
        items = value.items if isinstance(value, ListValue) else (value,)
        if not items:
            self.diagnostics.add(EmptyList(value.span))
        found = (self._regex(item, field) for item in items)
        return tuple(regex for regex in found if regex is not None)

    def _regex(self, item: Item, field: Field) -> Regex | None:
        match item:
            case RegexText():
                return self.regexes.resolve(item, field)
            case Name():
                pattern = self.names.find("pattern", item, PatternNode)
                if pattern is None:
                    return None
                self.names.noted["pattern", item.value, field.name] = None
                with self.diagnostics.within(self.names.home("pattern", item.value)):
                    return self.regexes.resolve(pattern.regex, field)
            case String():
                self.diagnostics.add(WrongValue(item.span, found="string", expected="regexes"))
                return None


def _names_within(node: ListNode) -> list[Name]:
    value = node.value
    return [item for item in value.items if isinstance(item, Name)] if isinstance(value, ListValue) else []


def _lists_within(node: ListNode) -> list[str]:
    return [name.value for name in _names_within(node)]


def _lines_of(source: Source) -> Iterable[Entry]:
    """Yield one entry a line, trimmed; skip blank lines and those that begin with ``#``."""
    at = 0
    for line in source.text.split("\n"):
        entry = line.strip(LINE_BLANKS)
        if entry and not entry.startswith("#"):
            start = at + line.index(entry)
            yield Entry(entry, Place(start, start + len(entry), source.name), damaged=False)
        at += len(line) + 1
