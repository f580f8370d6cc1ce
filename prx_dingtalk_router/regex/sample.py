"""A text in which a regex is probably found: short, and readable where the regex allows it. Whoever takes it has to try it."""

from __future__ import annotations

from prx_dingtalk_router.regex.character_set import characters_of
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal
from prx_dingtalk_router.regex.syntax import (
    Alternation,
    AnyCharacter,
    BracketClass,
    Concatenation,
    Group,
    Literal,
    NamedClass,
    Node,
    Repeat,
    bottom_up,
)

_LIKED = "1aA一x- _/."
"""Characters that are tried first for a class."""
_OF_UNICODE = {"Han": "字", "L": "a", "Ll": "a", "Lu": "A", "N": "1", "Nd": "1", "P": ".", "Z": " "}
"""Characters of classes that only RE2's tables know."""
_LONGEST = 200


def sample(source: str, *, ignore_case: bool) -> str | None:
    """Return such a text, or None where none is easily made."""
    tree = parse(source, ignore_case)
    if isinstance(tree, Refusal):
        return None
    found = bottom_up(tree, _combined)
    return found if found is not None and len(found) <= _LONGEST else None


def _combined(node: Node, below: list[str | None]) -> str | None:
    match node:
        case Literal():
            return node.text
        case AnyCharacter():
            return "x"
        case NamedClass() | BracketClass():
            return _one_of(node)
        case Group():
            return below[0]
        case Alternation():
            return next((each for each in below if each is not None), None)
        case Concatenation():
            parts = [each for each in below if each is not None]
            joined = "".join(parts)
            return joined if len(parts) == len(below) and len(joined) <= _LONGEST else None
        case Repeat():
            if node.minimum == 0:
                return ""
            body = below[0]
            return None if body is None or len(body) * node.minimum > _LONGEST else body * node.minimum
        case _:
            return ""


def _one_of(node: NamedClass | BracketClass) -> str | None:
    characters = characters_of(node)
    if characters is None:
        name = node.name if isinstance(node, NamedClass) and not node.negated else ""
        return _OF_UNICODE.get(name)
    spans = characters.ranges
    for liked in _LIKED:
        if any(first <= ord(liked) <= last for first, last in spans):
            return liked
    return next((each for each in map(chr, (span[0] for span in spans)) if each.isprintable()), None)
