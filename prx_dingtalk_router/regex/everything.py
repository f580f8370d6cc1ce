"""Whether a regex is found in every text: claimed only where it is certain."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from prx_dingtalk_router.regex.character_set import EVERYTHING, CharacterSet, characters_of
from prx_dingtalk_router.regex.syntax import (
    Alternation,
    AnyCharacter,
    Assertion,
    AssertionKind,
    BracketClass,
    Concatenation,
    Group,
    Literal,
    NamedClass,
    Node,
    Repeat,
    bottom_up,
)
from prx_dingtalk_router.regex.unicode_tables import case_variants
from prx_dingtalk_router.text.folding import WHITE_SPACE

_WITHOUT_LINE_FEED = CharacterSet.of_characters("\n").complement()
_NEVER_IN_A_TEXT = frozenset(WHITE_SPACE) - {" "}
"""What the plain form of a text never holds."""
_MOST_SINGLES = 64
"""Alternatives of one character that are looked at; more make nothing certain."""

_Single = Literal | AnyCharacter | NamedClass | BracketClass


class _Reach(NamedTuple):
    """What a node certainly takes, whatever the text.

    Args:
        anywhere: nothing, at any place.
        at_begin: nothing, at the beginning of any text.
        at_end: nothing, at the end of any text.
        whole: all of any text.
        singles: nodes of which each takes one character, any of its own.
    """

    anywhere: bool = False
    at_begin: bool = False
    at_end: bool = False
    whole: bool = False
    singles: tuple[_Single, ...] = ()


_NOTHING_CERTAIN = _Reach()
_EMPTY = _Reach(anywhere=True, at_begin=True, at_end=True)


def matches_everything(tree: Node) -> bool:
    """Return whether a regex is certainly found in every text, as ``a*`` and ``^.*$`` are.

    Texts in their plain form are meant, which hold no line breaks. False means that it is not certain.
    """
    if _needs_a_literal(tree, 4):
        return False
    reach = bottom_up(tree, _reach)
    return reach.anywhere or reach.at_begin or reach.at_end or reach.whole


def _needs_a_literal(node: Node, depth: int) -> bool:
    """Return whether a node surely takes a literal, as most do; look at the levels above ``depth`` only."""
    match node:
        case Literal():
            return True
        case Concatenation() if depth:
            return any(_needs_a_literal(part, depth - 1) for part in node.parts)
        case Alternation() if depth:
            return all(_needs_a_literal(branch, depth - 1) for branch in node.branches)
        case Group() if depth:
            return _needs_a_literal(node.body, depth - 1)
        case _:
            return False


def _reach(node: Node, below: list[_Reach]) -> _Reach:
    match node:
        case Literal():
            return _Reach(singles=(node,)) if len(node.text) == 1 else _NOTHING_CERTAIN
        case AnyCharacter() | NamedClass() | BracketClass():
            return _Reach(singles=(node,))
        case Assertion():
            return _Reach(
                at_begin=node.kind in (AssertionKind.BEGIN_TEXT, AssertionKind.BEGIN_LINE),
                at_end=node.kind in (AssertionKind.END_TEXT, AssertionKind.END_LINE),
            )
        case Group():
            return below[0]
        case Repeat():
            return _of_repeat(node, below[0])
        case Concatenation():
            return _of_concatenation(below)
        case Alternation():
            return _of_alternation(below)


def _of_repeat(node: Repeat, body: _Reach) -> _Reach:
    if node.maximum == 0:
        return _EMPTY
    rest_is_empty = node.minimum <= 1 or body.at_begin or body.at_end
    any_length = node.minimum == 0 and node.maximum is None
    whole = (body.whole and rest_is_empty) or (any_length and _is_any_character(body.singles))
    if node.minimum == 0:
        return _EMPTY._replace(whole=whole)
    return body._replace(whole=whole, singles=())


def _of_concatenation(parts: list[_Reach]) -> _Reach:
    last_needed = next((at for at, part in enumerate(parts) if not part.at_begin), len(parts))
    behind = next((at for at, part in enumerate(reversed(parts)) if not part.at_end), len(parts))
    first_possible = len(parts) - behind - 1
    return _Reach(
        anywhere=all(part.anywhere for part in parts),
        at_begin=last_needed == len(parts),
        at_end=behind == len(parts),
        # One part takes the whole text, those before it nothing at its beginning, those behind it nothing at its end.
        whole=any(parts[at].whole for at in range(max(first_possible, 0), min(last_needed + 1, len(parts)))),
    )


def _of_alternation(branches: list[_Reach]) -> _Reach:
    return _Reach(
        anywhere=any(branch.anywhere for branch in branches),
        at_begin=any(branch.at_begin for branch in branches),
        at_end=any(branch.at_end for branch in branches),
        whole=any(branch.whole for branch in branches),
        singles=tuple(itertools.chain.from_iterable(branch.singles for branch in branches))[:_MOST_SINGLES],
    )


def _is_any_character(singles: tuple[_Single, ...]) -> bool:
    if all(isinstance(single, Literal) for single in singles):
        return False
    sets = (_characters(single) for single in singles)
    taken = CharacterSet.of(each for one in sets if one is not None for each in one.ranges)
    missing = taken.complement()
    return len(missing) <= len(_NEVER_IN_A_TEXT) and set(missing) <= _NEVER_IN_A_TEXT


def _characters(single: _Single) -> CharacterSet | None:
    match single:
        case Literal():
            return CharacterSet.of_characters(
                case_variants(single.text) if single.ignore_case else single.text
            )
        case AnyCharacter():
            return EVERYTHING if single.line_feed else _WITHOUT_LINE_FEED
        case _:
            return characters_of(single)
