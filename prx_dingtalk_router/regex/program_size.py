"""How large RE2's compiled form of a regex is at most, told from its tree.

Most regexes are so far from RE2's limit that checking them need not compile them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from prx_dingtalk_router.regex.engine import MEMORY_BUDGET, program_size
from prx_dingtalk_router.regex.syntax import (
    Alternation,
    AnyCharacter,
    Assertion,
    BracketClass,
    ClassKind,
    Concatenation,
    Group,
    Literal,
    NamedClass,
    Node,
    Range,
    Repeat,
    bottom_up,
)

SURELY_FITS = MEMORY_BUDGET * 2 // 3 // 4 // 16 * 9 // 10
"""Instructions that surely fit: RE2 gives them a quarter of two thirds of its budget, 16 bytes each; less a tenth."""

_FRAME = 16
"""Instructions with which every search begins and ends."""
_BYTES = 4
"""Instructions of one character, which is up to four bytes."""
_VARIANTS = 4
"""Case variants of one character, itself included."""
_RANGE = 32
"""Instructions of any range of characters."""
_ASCII_RANGE = 2
"""Instructions of a range within ASCII; as many again, and those of the long s and the Kelvin sign, without case."""

_OF_ANY_CHARACTER = 64
"""Instructions of one character of the source, unless ``_MAY_BE_LARGE``."""
_MAY_BE_LARGE = re.compile(r"\{|\\[pP]")


def is_short(source: str) -> bool:
    """Whether a source is so short, and without counts and classes of Unicode, that its program surely fits."""
    return len(source) * _OF_ANY_CHARACTER <= SURELY_FITS and not _MAY_BE_LARGE.search(source)


def largest_program(source: str, tree: Node) -> int:
    """An upper bound of the instructions that RE2 compiles a regex to."""

    def size(node: Node, below: list[int]) -> int:
        match node:
            case Literal():
                return len(node.text) * _BYTES * (_VARIANTS if node.ignore_case else 1)
            case AnyCharacter():
                return _RANGE
            case NamedClass() | BracketClass():
                return _of_class(source, node)
            case Assertion():
                return 1
            case Group():
                return below[0] + 2
            case Repeat():
                copies = node.minimum + 1 if node.maximum is None else node.maximum
                return (below[0] + 2) * max(copies, 1) + 2
            case Concatenation() | Alternation():
                return sum(below) + len(below) + 1

    return _FRAME + bottom_up(tree, size)


def _of_class(source: str, node: NamedClass | BracketClass) -> int:
    items = node.items if isinstance(node, BracketClass) else (node,)
    listed = all(
        each.kind is not ClassKind.UNICODE
        if isinstance(each, NamedClass)
        else not node.ignore_case or each.last.isascii() or each.first == each.last
        for each in items
    )
    if not listed:
        return _measured(source[node.start : node.end], node.ignore_case)
    return _RANGE + sum(_of_item(each, node.ignore_case) for each in items)


def _of_item(item: Range | NamedClass, ignore_case: bool) -> int:
    if isinstance(item, NamedClass) or item.last.isascii():
        ranges = 4 if isinstance(item, NamedClass) else 1
        return ranges * _ASCII_RANGE * 2 + _RANGE // 2 if ignore_case else ranges * _ASCII_RANGE
    return _RANGE * _VARIANTS if ignore_case else _RANGE


@lru_cache(maxsize=1024)
def _measured(source: str, ignore_case: bool) -> int:
    return program_size(source, ignore_case)
