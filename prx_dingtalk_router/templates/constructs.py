"""What a template may be made of: a walk over its syntax tree that lets pass only what is listed.

Everything that the walk does not know is refused by name, so a construct that a later Jinja2 adds is refused too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeGuard

from jinja2 import nodes

from prx_dingtalk_router.templates.filters import FILTERS, PARAMETERS, TRUNCATION_MARK, Parameter
from prx_dingtalk_router.templates.names import NO_NAME, NUMBERS, capture_of
from prx_dingtalk_router.templates.problems import TemplateProblem, TemplateProblemKind
from prx_dingtalk_router.text.did_you_mean import nearest

MAXIMUM_DEPTH = 60
"""Levels of nesting; deep enough for people, shallow enough for the Python compiler behind Jinja2."""

Kind = type[str] | type[float] | type[bool]

CONSTRUCTS: dict[type[nodes.Node], str] = {
    nodes.For: "loop",
    nodes.BinExpr: "arithmetic",
    nodes.UnaryExpr: "arithmetic",
    nodes.Concat: "concatenation",
    nodes.Call: "call",
    nodes.CallBlock: "macro",
    nodes.Macro: "macro",
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.With: "set",
    nodes.Include: "include",
    nodes.Import: "include",
    nodes.FromImport: "include",
    nodes.Extends: "include",
    nodes.Block: "include",
    nodes.Test: "test",
    nodes.Getitem: "item",
    nodes.Slice: "item",
    nodes.FilterBlock: "filter-block",
    nodes.Scope: "autoescape",
    nodes.ScopedEvalContextModifier: "autoescape",
    nodes.List: "collection",
    nodes.Tuple: "collection",
    nodes.Dict: "collection",
}
"""What refused constructs are called; the nearest class in a node's ancestry counts, ``other`` when there is none."""


class ConstructCheck:
    """One walk over one template: what is wrong with it wherever it is used, and the names that it uses."""

    def __init__(self) -> None:
        self.problems: dict[TemplateProblem, None] = {}
        self.uses: dict[tuple[str, int], None] = {}
        """Each name that is used, in full, and the line where."""
        self.needed: set[str] = set()
        """The captures that are shown as they are, without ``default`` and without being asked for by an ``if`` first."""
        self._captures: list[str] = []
        """All captures that are used, in the order of the walk."""
        self._provided: frozenset[str] | None = frozenset()
        """The captures that are asked for by an ``if`` around this; None where any may be empty."""

    def statements(self, body: list[nodes.Node], depth: int = 0) -> None:
        """Check a sequence of statements."""
        for node in body:
            if depth > MAXIMUM_DEPTH:
                self._add(TemplateProblemKind.TOO_DEEP, node)
                return
            match node:
                case nodes.Output():
                    for child in node.nodes:
                        if not isinstance(child, nodes.TemplateData):
                            self._expression(child, depth + 1)
                case nodes.If():
                    with self._asking(node.test, depth + 1):
                        self.statements(node.body, depth + 1)
                        self.statements([*node.elif_], depth)
                        self.statements(node.else_, depth + 1)
                case _:
                    self._forbid(node)

    def _expression(self, node: nodes.Node, depth: int) -> None:
        if depth > MAXIMUM_DEPTH:
            self._add(TemplateProblemKind.TOO_DEEP, node)
            return
        match node:
            case nodes.Const():
                self._constant(node)
            case nodes.Name():
                self._use(node.name, node)
            case nodes.Getattr():
                self._use(dotted(node), node)
            case nodes.Filter():
                self._filter(node, depth)
            case nodes.And() | nodes.Or():
                self._expression(node.left, depth + 1)
                self._expression(node.right, depth + 1)
            case nodes.Not():
                self._expression(node.node, depth + 1)
            case nodes.CondExpr():
                with self._asking(node.test, depth + 1):
                    self._expression(node.expr1, depth + 1)
                    if node.expr2 is not None:
                        self._expression(node.expr2, depth + 1)
            case nodes.Compare():
                self._comparison(node, depth)
            case _:
                self._forbid(node)

    @contextmanager
    def _asking(self, test: nodes.Node, depth: int) -> Iterator[None]:
        """Check a test, then what depends on it: the captures that the test asks for are provided for there."""
        around, first = self._provided, len(self._captures)
        self._provided = None
        self._expression(test, depth)
        self._provided = None if around is None else around.union(self._captures[first:])
        yield
        self._provided = around

    def _constant(self, node: nodes.Const) -> None:
        value = node.value
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            self._add(TemplateProblemKind.FORBIDDEN, node, "constant")

    def _use(self, path: str, node: nodes.Node) -> None:
        self.uses.setdefault((path, max(1, node.lineno or 1)))
        capture = capture_of(path)
        if capture:
            self._captures.append(capture)
            if self._provided is not None and capture not in self._provided:
                self.needed.add(capture)

    def _filter(self, node: nodes.Filter, depth: int) -> None:
        if node.node is None:
            self._forbid(node)
            return
        around = self._provided
        if node.name == "default":
            self._provided = None
        self._expression(node.node, depth + 1)
        self._provided = around
        if node.name not in FILTERS:
            self._add(TemplateProblemKind.UNKNOWN_FILTER, node, node.name, nearest(node.name, FILTERS))
            return
        if not self._arguments_are_valid(node, depth):
            self._add(TemplateProblemKind.FILTER_ARGUMENTS, node, node.name)

    def _arguments_are_valid(self, node: nodes.Filter, depth: int) -> bool:
        parameters = PARAMETERS[node.name]
        if node.dyn_args is not None or node.dyn_kwargs is not None or len(node.args) > len(parameters):
            return False
        given: dict[str, nodes.Expr] = {p.name: a for p, a in zip(parameters, node.args, strict=False)}
        for keyword in node.kwargs:
            key = str(keyword.key)
            if key in given:
                return False
            given[key] = keyword.value
        by_name = {parameter.name: parameter for parameter in parameters}
        if not given.keys() <= by_name.keys() or any(p.required and p.name not in given for p in parameters):
            return False
        return all(
            self._argument_is_valid(by_name[name], value, depth) for name, value in given.items()
        ) and (node.name != "truncate" or _room_for_the_mark(given))

    def _argument_is_valid(self, parameter: Parameter, value: nodes.Expr, depth: int) -> bool:
        if parameter.any_value:
            self._expression(value, depth + 1)
            return True
        if not isinstance(value, nodes.Const) or type(value.value) is not parameter.kind:
            return False
        return parameter.name != "old" or value.value != ""

    def _comparison(self, node: nodes.Compare, depth: int) -> None:
        self._expression(node.expr, depth + 1)
        left = node.expr
        for operand in node.ops:
            right = operand.expr
            if operand.op in {"in", "notin"} and isinstance(right, nodes.List | nodes.Tuple):
                for item in right.items:
                    self._list_item(item, left)
            else:
                self._expression(right, depth + 1)
                if not _comparable(_kind(left), operand.op, _kind(right)):
                    self._incomparable(node, left, right)
            left = right

    def _list_item(self, item: nodes.Expr, left: nodes.Expr) -> None:
        if not isinstance(item, nodes.Const):
            self._forbid_as(item, "collection")
        elif not _comparable(_kind(left), "eq", _kind(item)):
            self._incomparable(item, left)

    def _incomparable(self, node: nodes.Node, *sides: nodes.Expr) -> None:
        number = next((side.name for side in sides if _is_number(side)), None)
        if number is None:
            self._add(TemplateProblemKind.COMPARISON, node)
        else:
            self._add(TemplateProblemKind.NUMBER_COMPARISON, node, number)

    def _forbid(self, node: nodes.Node) -> None:
        ancestry = type(node).__mro__
        self._forbid_as(node, next((CONSTRUCTS[cls] for cls in ancestry if cls in CONSTRUCTS), "other"))

    def _forbid_as(self, node: nodes.Node, construct: str) -> None:
        self._add(TemplateProblemKind.FORBIDDEN, node, construct)

    def _add(
        self, kind: TemplateProblemKind, node: nodes.Node, name: str = "", suggestion: str | None = None
    ) -> None:
        self.problems.setdefault(TemplateProblem(kind, max(1, node.lineno or 1), name, suggestion))


def dotted(node: nodes.Expr) -> str:
    """Return a name with its attributes, as it is written; ``NO_NAME`` stands for what is none."""
    parts: list[str] = []
    while isinstance(node, nodes.Getattr):
        parts.append(node.attr)
        node = node.node
    parts.append(node.name if isinstance(node, nodes.Name) else NO_NAME)
    return ".".join(reversed(parts))


def _room_for_the_mark(given: dict[str, nodes.Expr]) -> bool:
    length, end = given.get("length"), given.get("end")
    mark = end.value if isinstance(end, nodes.Const) else TRUNCATION_MARK
    return not isinstance(length, nodes.Const) or length.value >= len(mark)


def _is_number(node: nodes.Expr) -> TypeGuard[nodes.Name]:
    """Return whether a name stands for a number."""
    return isinstance(node, nodes.Name) and node.name in NUMBERS


def _kind(node: nodes.Expr) -> Kind | None:
    match node:
        case nodes.Const(value=bool()):
            return bool
        case nodes.Const(value=int() | float()):
            return float
        case nodes.Name() if _is_number(node):
            return float
        case nodes.Const(value=str()) | nodes.Name() | nodes.Getattr():
            return str
        case nodes.Filter() if node.name != "default":
            return str
        case nodes.Not() | nodes.Compare():
            return bool
        case nodes.CondExpr() if node.expr2 is not None:
            kind = _kind(node.expr1)
            return kind if kind is _kind(node.expr2) else None
        case _:
            return None


def _comparable(left: Kind | None, operator: str, right: Kind | None) -> bool:
    if operator in {"in", "notin"}:
        return right in {None, str} and left in {None, str}
    return left is None or right is None or (left is str) == (right is str)
