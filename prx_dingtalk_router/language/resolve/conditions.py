"""Conditions: fields against operators, values of the right kind, named conditions put in (language.md section 5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.is_with_list import IsWithList
from prx_dingtalk_router.language.diagnostics.name_cycle import NameCycle
from prx_dingtalk_router.language.diagnostics.too_deep import TooDeep
from prx_dingtalk_router.language.diagnostics.wrong_percentage import WrongPercentage
from prx_dingtalk_router.language.diagnostics.wrong_value import WrongValue
from prx_dingtalk_router.language.percentage import parse_percent
from prx_dingtalk_router.language.resolve.dependencies import Order, dependency_order
from prx_dingtalk_router.language.resolve.hours import HoursResolver
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.resolve.values import ValueResolver
from prx_dingtalk_router.language.ruleset import (
    Always,
    And,
    Compare,
    Condition,
    During,
    FlagIsSet,
    IsEmpty,
    Matches,
    Named,
    Not,
    OfPercent,
    Operator,
    Or,
)
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.language.syntax.ast import (
    AlwaysNode,
    AndNode,
    ComparisonNode,
    ConditionNode,
    DuringNode,
    Expr,
    FlagNode,
    ListNode,
    ListValue,
    Name,
    NamedNode,
    NotNode,
    OrNode,
    PercentNode,
    RegexText,
    String,
)
from prx_dingtalk_router.message import FIELDS, Field

MAX_DEPTH = 150
"""How deep a condition may be with all its named ones put in: deciding walks it recursively."""


@dataclass(slots=True)
class ConditionResolver:
    """Resolves conditions. A part that is wrong is reported and gives ``None``; its neighbours are still checked."""

    names: Names
    values: ValueResolver
    hours: HoursResolver
    diagnostics: Diagnostics
    _order: Order = field(default_factory=lambda: Order(()))
    _declared: dict[str, Condition | None] = field(default_factory=dict)
    _heights: dict[str, int] = field(default_factory=dict)
    _depth: int = 0
    _deepest: int = 0

    def declared(self) -> None:
        """Check all declared conditions, used or not; before anything that uses them is resolved."""
        space = self.names.spaces.get("condition", {}).values()
        nodes = {node.name.value: node for node in space if isinstance(node, ConditionNode)}
        self._order = dependency_order({name: _names(node.condition) for name, node in nodes.items()})
        for name in self._order.names:
            self._declare(nodes[name])

    def of_name(self, name: str) -> Condition | None:
        """Return what a name stands for; None for one that is wrong itself."""
        return self._declared.get(name)

    def resolve(self, node: Expr, home: str | None = None) -> Condition | None:
        """Return the checked form of a condition; ``home`` is the named condition that it is, if it is one."""
        if not self._reaches(self._depth + 1, node.span):
            return None
        self._depth += 1
        try:
            return self._resolve(node, home)
        finally:
            self._depth -= 1

    def _resolve(self, node: Expr, home: str | None) -> Condition | None:
        match node:
            case AlwaysNode():
                return Always(node.span)
            case FlagNode():
                return FlagIsSet(node.span, FIELDS[node.name])
            case NamedNode():
                return self._named(node, home)
            case PercentNode():
                percent = parse_percent(node.percent)
                if percent is None:
                    self.diagnostics.add(WrongPercentage(node.span, node.percent))
                    return None
                return OfPercent(node.span, percent, node.subject)
            case DuringNode():
                hours = self.hours.during(node.hours)
                return During(node.span, hours) if hours is not None else None
            case NotNode():
                inner = self.resolve(node.inner, home)
                return Not(node.span, inner) if inner is not None else None
            case AndNode() | OrNode():
                parts = [self.resolve(part, home) for part in node.parts]
                kept = tuple(part for part in parts if part is not None)
                if len(kept) < len(parts):
                    return None
                return And(node.span, kept) if isinstance(node, AndNode) else Or(node.span, kept)
            case ComparisonNode():
                return self._comparison(node)

    def _named(self, node: NamedNode, home: str | None) -> Condition | None:
        name = node.name
        if self.names.find("condition", name, ConditionNode) is None:
            return None
        circle = self._order.circle(home, name.value)
        if circle is not None:
            self.diagnostics.add(NameCycle(name.span, "condition", circle))
            return None
        inner = self._declared.get(name.value)
        if inner is None or not self._reaches(self._depth + self._heights[name.value], name.span):
            return None
        return Named(node.span, name.value, inner)

    def _declare(self, node: ConditionNode) -> None:
        """Resolve a declared condition, those within it being resolved already."""
        name = node.name.value
        self._deepest = 0
        uses = self.names.noting()
        with self.diagnostics.within(self.names.home("condition", name)):
            self._declared[name] = self.resolve(node.condition, name)
        self.names.enter_within("condition", name, uses)
        self._heights[name] = self._deepest

    def _reaches(self, depth: int, span: Span) -> bool:
        """Return whether a condition may be that deep; report one that may not."""
        if depth > MAX_DEPTH:
            self.diagnostics.add(TooDeep(span, MAX_DEPTH))
            return False
        self._deepest = max(self._deepest, depth)
        return True

    def _comparison(self, node: ComparisonNode) -> Condition | None:
        subject = FIELDS[node.field]
        test = self._test(node, subject)
        return Not(node.span, test) if test is not None and node.negated else test

    def _test(self, node: ComparisonNode, subject: Field) -> Condition | None:
        value = node.value
        if value is None:
            return IsEmpty(node.span, subject)
        if node.operator == "matches":
            regexes = self.values.searched(value, subject)
            return Matches(node.span, subject, regexes) if regexes else None
        if not self._value_fits(node, value):
            return None
        literals = self.values.literals(value, subject, node.operator)
        return Compare(node.span, subject, cast("Operator", node.operator), literals) if literals else None

    def _value_fits(self, node: ComparisonNode, value: String | RegexText | Name | ListValue) -> bool:
        if isinstance(value, RegexText):
            self.diagnostics.add(WrongValue(value.span, found="regex", expected="string"))
            return False
        if node.operator == "is" and not isinstance(value, String):
            if isinstance(value, Name) and value.value not in self.names.spaces.get("list", {}):
                self.names.find("list", value, ListNode)
            else:
                self.diagnostics.add(IsWithList(node.span, node.negated, value.span))
                self.values.literals(
                    value, FIELDS[node.field], "in"
                )  # its entries are looked at all the same
            return False
        if node.operator == "in" and isinstance(value, String):
            self.diagnostics.add(
                WrongValue(value.span, "string", "list", self.diagnostics.written(value.span))
            )
            return False
        return True


def _names(node: Expr) -> list[str]:
    """Return the named conditions within one, in written order."""
    match node:
        case NamedNode():
            return [node.name.value]
        case NotNode():
            return _names(node.inner)
        case AndNode() | OrNode():
            return [name for part in node.parts for name in _names(part)]
        case _:
            return []
