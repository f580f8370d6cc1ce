r"""``\b`` and ``\w`` beside letters that they do not know: RE2's are those of ASCII."""

from __future__ import annotations

import re
from collections.abc import Iterable

from prx_dingtalk_router.regex.syntax import (
    Alternation,
    Assertion,
    AssertionKind,
    Atom,
    ClassKind,
    Concatenation,
    Group,
    Literal,
    NamedClass,
    Node,
    Repeat,
)

_WRITTEN = re.compile(r"\\[bBwW]")
_BOUNDARIES = frozenset({AssertionKind.WORD_BOUNDARY, AssertionKind.NO_WORD_BOUNDARY})


def ascii_only_beside_letters(source: str, tree: Node) -> Assertion | NamedClass | None:
    r"""Return the first ``\b``, ``\B``, ``\w`` or ``\W`` that is written directly beside a letter that is not ASCII.

    Args:
        source: the regex.
        tree: its tree.
    """
    if _WRITTEN.search(source) is None:
        return None
    atoms = _atoms(tree)
    for at, atom in enumerate(atoms):
        if _is_ascii_only(atom):
            before = atoms[at - 1] if at else None
            behind = atoms[at + 1] if at + 1 < len(atoms) else None
            if _is_letter(before, -1) or _is_letter(behind, 0):
                assert isinstance(atom, Assertion | NamedClass)
                return atom
    return None


def _atoms(tree: Node) -> list[Atom | None]:
    """Return the atoms in written order, with None between two branches."""
    found: list[Atom | None] = []
    waiting: list[Node | None] = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case Group() | Repeat():
                waiting.append(node.body)
            case Concatenation():
                waiting.extend(reversed(node.parts))
            case Alternation():
                waiting.extend(_divided(reversed(node.branches)))
            case _:
                found.append(node)
    return found


def _divided(branches: Iterable[Node]) -> list[Node | None]:
    divided: list[Node | None] = []
    for branch in branches:
        divided += (branch, None)
    return divided[:-1]


def _is_ascii_only(atom: Atom | None) -> bool:
    match atom:
        case Assertion():
            return atom.kind in _BOUNDARIES
        case NamedClass():
            return (atom.kind, atom.name) == (ClassKind.PERL, "w")
        case _:
            return False


def _is_letter(atom: Atom | None, at: int) -> bool:
    """Return whether the first (0) or last (-1) character of an atom is a letter that is not ASCII."""
    if not isinstance(atom, Literal):
        return False
    character = atom.text[at]
    return not character.isascii() and character.isalnum()
