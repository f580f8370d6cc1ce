"""Whether a regex can be found in a text of nothing, told without compiling it."""

from __future__ import annotations

from prx_dingtalk_router.regex.syntax import (
    Alternation,
    Assertion,
    Concatenation,
    Group,
    Literal,
    Node,
    Repeat,
    bottom_up,
)


def needs_characters(tree: Node) -> bool:
    """Return whether every match takes at least one character, so that there is none in an empty text."""
    parts = tree.parts if isinstance(tree, Concatenation) else (tree,)
    return any(isinstance(part, Literal) for part in parts) or bottom_up(tree, _needs)


def _needs(node: Node, below: list[bool]) -> bool:
    match node:
        case Assertion():
            return False
        case Group():
            return below[0]
        case Concatenation():
            return any(below)
        case Alternation():
            return all(below)
        case Repeat():
            return node.minimum > 0 and below[0]
        case _:
            return True
