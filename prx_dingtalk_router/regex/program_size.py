"""How large RE2's compiled form of a regex is at most, judged by its tree.

So a regex can be refused as too large without compiling it, and no regex that is let pass is too large for RE2. RE2
gives a program two thirds of its memory budget, at eight bytes an instruction.
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

MAX_PROGRAM = MEMORY_BUDGET * 2 // 3 // 8 * 9 // 10
"""Instructions that a regex may have: what RE2 allows less a tenth."""

_FRAME = 16
"""Those with which every search begins and ends."""
_ANY_CHARACTER = 12
_ASCII_VARIANTS = 5
"""Those of a letter of ASCII without case, the long s and the Kelvin sign included."""
_OTHER_VARIANTS = 16
"""Those of any other letter without case: four variants of four bytes."""
_ASCII_RANGE = 2
_ASCII_CLASS = 8
"""Those of a class with a name and ASCII members only."""
_BEYOND_ASCII = 16
"""Those of the characters beyond ASCII in a class that is turned or without case."""
_RANGE = 32
"""Those of a range of any characters."""
_BEFORE_IT_IS_FLATTENED = 2
"""How many times as large a class of Unicode is while it is compiled; it is measured afterwards."""

_OF_ONE_CHARACTER = 512
"""Those of one character of a source, unless ``_MAY_BE_LARGE``."""
_MAY_BE_LARGE = re.compile(r"\{|\\[pP]")


def is_too_large(source: str, tree: Node) -> bool:
    """Return whether RE2 might refuse to compile a regex because of its size.

    Args:
        source: the regex.
        tree: its tree.
    """
    if len(source) * _OF_ONE_CHARACTER <= MAX_PROGRAM and not _MAY_BE_LARGE.search(source):
        return False
    return largest_program(tree) > MAX_PROGRAM


def largest_program(tree: Node) -> int:
    """Return an upper bound of the instructions that RE2 needs at any time while it compiles a regex."""
    return _FRAME + bottom_up(tree, _size)


def _size(node: Node, below: list[int]) -> int:
    match node:
        case Literal():
            return _of_literal(node)
        case AnyCharacter():
            return _ANY_CHARACTER
        case NamedClass():
            return _BEYOND_ASCII + _of_item(node, node.ignore_case)
        case BracketClass():
            return _BEYOND_ASCII + sum(_of_item(each, node.ignore_case) for each in node.items)
        case Assertion():
            return 1
        case Group():
            return below[0] + 2
        case Repeat():
            copies = node.minimum + 1 if node.maximum is None else node.maximum
            return (below[0] + 2) * max(copies, 1) + 2
        case Concatenation() | Alternation():
            return sum(below) + len(below) + 1


def _of_literal(node: Literal) -> int:
    if not node.ignore_case or node.text.lower() == node.text.upper():
        return len(node.text.encode("utf-8", "surrogatepass"))
    return len(node.text) * (_ASCII_VARIANTS if node.text.isascii() else _OTHER_VARIANTS)


def _of_item(item: Range | NamedClass, ignore_case: bool) -> int:
    if isinstance(item, NamedClass):
        if item.kind is not ClassKind.UNICODE:
            return _ASCII_CLASS
        letter = "P" if item.negated else "p"
        return _measured(f"\\{letter}{{{item.name}}}", ignore_case)
    if item.last.isascii():
        return _ASCII_RANGE * (2 if ignore_case else 1)
    if ignore_case and item.first != item.last:
        return _measured(f"[\\x{{{ord(item.first):x}}}-\\x{{{ord(item.last):x}}}]", ignore_case)
    return _RANGE


@lru_cache(maxsize=1024)
def _measured(source: str, ignore_case: bool) -> int:
    return program_size(source, ignore_case) * _BEFORE_IT_IS_FLATTENED
