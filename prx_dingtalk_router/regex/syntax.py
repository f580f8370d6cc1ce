"""The syntax tree of a regex, in RE2's own dialect.

Every node says where it is written: ``start`` and ``end`` count code points of the source, and ``source[start:end]`` is
the node as written. Flags (``(?i)``, ``(?s)``, ``(?m)``, ``(?U)``) are no nodes: each node carries what they mean for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Literal:
    r"""Characters that are found as they are.

    A run of ordinary characters; or one character written as an escape (``\.``, ``\x{4e00}``, ``\n``); or the inside of
    ``\Q…\E``, whose marks belong to no node. A repetition is of one character, the last of such a run.

    Args:
        text: the characters; not empty.
        ignore_case: whether any character stands for all of its case variants.
        escaped: whether it is one character written as an escape; if not, ``text`` is what is written.
        quoted: whether it is written within ``\Q…\E``, where nothing has to be escaped.
    """

    start: int
    end: int
    text: str
    ignore_case: bool
    escaped: bool = False
    quoted: bool = False
    children: ClassVar[tuple[Node, ...]] = ()


@dataclass(frozen=True, slots=True)
class AnyCharacter:
    """``.``: any character, a line feed only under ``(?s)``."""

    start: int
    end: int
    line_feed: bool
    children: ClassVar[tuple[Node, ...]] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """One character of a bracket class (``first`` and ``last`` are the same) or a range of them."""

    start: int
    end: int
    first: str
    last: str


class ClassKind(Enum):
    """Where the name of a class comes from."""

    PERL = "perl"
    r"""``\d``, ``\s`` and ``\w``; ASCII only."""
    POSIX = "posix"
    """``[:alpha:]``, within brackets; ASCII only."""
    UNICODE = "unicode"
    r"""``\p{Han}`` or ``\pL``: a script or a general category."""


@dataclass(frozen=True, slots=True)
class NamedClass:
    """A class with a name, by itself or within brackets.

    Args:
        kind: where the name comes from.
        name: ``d``, ``alpha``, ``Han``.
        negated: whether it is any character that is not in the class.
        ignore_case: whether the class holds the case variants of its characters as well.
    """

    start: int
    end: int
    kind: ClassKind
    name: str
    negated: bool
    ignore_case: bool
    children: ClassVar[tuple[Node, ...]] = ()


@dataclass(frozen=True, slots=True)
class BracketClass:
    """``[…]`` or ``[^…]``: one character."""

    start: int
    end: int
    negated: bool
    items: tuple[Range | NamedClass, ...]
    ignore_case: bool
    children: ClassVar[tuple[Node, ...]] = ()


class AssertionKind(Enum):
    """What an assertion demands of its place."""

    BEGIN_TEXT = "begin of text"
    END_TEXT = "end of text"
    BEGIN_LINE = "begin of line"
    END_LINE = "end of line"
    WORD_BOUNDARY = "word boundary"
    NO_WORD_BOUNDARY = "no word boundary"


@dataclass(frozen=True, slots=True)
class Assertion:
    r"""``^``, ``$``, ``\A``, ``\z``, ``\b`` or ``\B``: takes no character."""

    start: int
    end: int
    kind: AssertionKind
    children: ClassVar[tuple[Node, ...]] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Parentheses.

    Args:
        body: what is within them.
        number: of a capturing group, from 1 in the order of their opening parentheses; None for ``(?:…)``.
        name: of ``(?P<name>…)`` or ``(?<name>…)``.
        name_start: where the name is written.
    """

    start: int
    end: int
    body: Node
    number: int | None
    name: str | None = None
    name_start: int = 0

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes directly below, in written order."""
        return (self.body,)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repetition.

    Args:
        body: what is repeated.
        operator_start: where ``*``, ``+``, ``?`` or ``{`` is written.
        minimum: how often at least.
        maximum: how often at most; None for any number of times.
        greedy: whether more is preferred to less.
    """

    start: int
    end: int
    body: Node
    operator_start: int
    minimum: int
    maximum: int | None
    greedy: bool

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes directly below, in written order."""
        return (self.body,)


@dataclass(frozen=True, slots=True)
class Concatenation:
    """Parts one after the other; without parts, the empty regex."""

    start: int
    end: int
    parts: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes directly below, in written order."""
        return self.parts


@dataclass(frozen=True, slots=True)
class Alternation:
    """Two or more branches divided by ``|``."""

    start: int
    end: int
    branches: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes directly below, in written order."""
        return self.branches


Atom = Literal | AnyCharacter | NamedClass | BracketClass | Assertion
"""A node without nodes below it."""

Node = Atom | Group | Repeat | Concatenation | Alternation


def nodes(tree: Node) -> Iterator[Node]:
    """Yield all nodes of a tree, each before those below it, in written order."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def bottom_up(tree: Node, combine: Callable[[Node, list[T]], T]) -> T:
    """Reduce a tree to one value; trees of any depth are reduced without recursion.

    Args:
        tree: the tree.
        combine: gives the value of a node from the values of the nodes directly below it, in written order.
    """
    values: list[T] = []
    waiting: list[tuple[Node, int]] = [(tree, -1)]
    while waiting:
        node, count = waiting.pop()
        below = node.children if count < 0 else ()
        if below:
            waiting.append((node, len(below)))
            waiting.extend((child, -1) for child in reversed(below))
        else:
            first = len(values) - max(count, 0)
            value = combine(node, values[first:])
            del values[first:]
            values.append(value)
    return values[0]
