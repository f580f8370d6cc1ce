"""The literals that every match of a regex holds, for an index over texts.

The idea is that of RE2's own prefilter and of Russ Cox, "Regular Expression Matching with a Trigram Index" (2012).
"""

from __future__ import annotations

from dataclasses import dataclass

from prx_dingtalk_router.regex.character_set import characters_of
from prx_dingtalk_router.regex.syntax import (
    Alternation,
    AnyCharacter,
    Assertion,
    BracketClass,
    Concatenation,
    Group,
    Literal,
    NamedClass,
    Node,
    Repeat,
    bottom_up,
)
from prx_dingtalk_router.regex.unicode_tables import case_variants, folded

_MOST_PRODUCT = 64
"""Strings that one sequence of alternatives may be multiplied out to."""
_MOST_CHARACTERS = 16
"""Characters of a class that are listed."""
_MOST_CHOICES = 4096
"""Literals of one choice; a regex with more alternatives has no literals worth an index."""


@dataclass(frozen=True, slots=True, order=True)
class RequiredLiteral:
    """A literal that a match may hold.

    Args:
        text: the literal, not empty; ``folded`` if case is ignored.
        ignore_case: whether it is held by texts whose ``folded`` form holds it.
    """

    text: str
    ignore_case: bool

    def is_in(self, text: str) -> bool:
        """Return whether a text holds it."""
        return self.text in (folded(text) if self.ignore_case else text)


Choice = frozenset[RequiredLiteral]
"""One of these literals is in every match; none at all if nothing can match."""

_EMPTY = RequiredLiteral("", False)


@dataclass(slots=True)
class _Known:
    """What is known of the strings that a node takes. Owned by the node above, which may change it.

    Args:
        exact: all of them, or None.
        prefixes: if they are not known exactly, one of these begins each.
        suffixes: and one of these ends each.
        choices: of each of these, one literal is in each.
    """

    exact: set[RequiredLiteral] | None
    prefixes: set[RequiredLiteral]
    suffixes: set[RequiredLiteral]
    choices: list[set[RequiredLiteral]]


def required_literals(tree: Node) -> tuple[Choice, ...]:
    """Return what every match holds: of each choice at least one literal.

    The best choice is first: the one whose shortest literal is longest, and of these the smallest. Empty if a match
    need not hold any literal.
    """
    choices = {frozenset(choice) for choice in _settled(bottom_up(tree, _known))}
    return tuple(sorted(choices, key=lambda choice: (*_rank(choice), sorted(choice))))


def _rank(choice: set[RequiredLiteral] | frozenset[RequiredLiteral]) -> tuple[int, int]:
    return (-min((len(literal.text) for literal in choice), default=1_000_000), len(choice))


def _settled(known: _Known) -> list[set[RequiredLiteral]]:
    """Everything that is known as choices."""
    if known.exact is not None:
        return [known.exact] if _is_choice(known.exact) else []
    own = [each for each in (known.prefixes, known.suffixes) if _is_choice(each)]
    return own + known.choices


def _is_choice(strings: set[RequiredLiteral]) -> bool:
    return _EMPTY not in strings and len(strings) <= _MOST_CHOICES


def _add(choices: list[set[RequiredLiteral]], strings: set[RequiredLiteral]) -> None:
    if _is_choice(strings):
        choices.append(strings)


def _known(node: Node, below: list[_Known]) -> _Known:
    match node:
        case Literal():
            return _exactly({_literal(node.text, node.ignore_case)})
        case AnyCharacter():
            return _anything()
        case NamedClass() | BracketClass():
            return _of_class(node)
        case Assertion():
            return _exactly({_EMPTY})
        case Group():
            return below[0]
        case Repeat():
            return _of_repeat(node, below[0])
        case Concatenation():
            return _of_concatenation(below)
        case Alternation():
            return _of_alternation(below)


def _literal(text: str, ignore_case: bool) -> RequiredLiteral:
    if ignore_case and any(len(case_variants(character)) > 1 for character in text):
        return RequiredLiteral(folded(text), True)
    return RequiredLiteral(text, False)


def _exactly(strings: set[RequiredLiteral]) -> _Known:
    return _Known(strings, set(), set(), [])


def _anything() -> _Known:
    return _Known(None, {_EMPTY}, {_EMPTY}, [])


def _of_class(node: NamedClass | BracketClass) -> _Known:
    characters = characters_of(node)
    if characters is None or len(characters) > _MOST_CHARACTERS:
        return _anything()
    return _exactly({RequiredLiteral(character, False) for character in characters})


def _of_repeat(node: Repeat, body: _Known) -> _Known:
    if node.maximum == 0:
        return _exactly({_EMPTY})
    if node.minimum == 0:
        if node.maximum == 1 and body.exact is not None and len(body.exact) < _MOST_PRODUCT:
            return _exactly(body.exact | {_EMPTY})
        return _anything()
    if body.exact is None:
        return body
    least = body.exact
    copies = 1
    while copies < node.minimum:
        longer = _joined(least, body.exact)
        if longer is None:
            break
        least, copies = longer, copies + 1
    if node.maximum == copies:
        return _exactly(least)
    return _Known(None, least, least, [])


def _of_concatenation(parts: list[_Known]) -> _Known:
    prefixes: set[RequiredLiteral] | None = None
    tail = {_EMPTY}
    """What the strings read so far end with; all of them, exactly, as long as there are no prefixes."""
    choices: list[set[RequiredLiteral]] = []
    for part in parts:
        if len(part.choices) > len(choices):  # the longer list is added to, whatever the depth
            choices, part.choices = part.choices, choices
        joined = _joined(tail, part.exact if part.exact is not None else part.prefixes)
        if joined is not None and part.exact is not None:
            tail = joined
            continue
        if joined is None:
            _add(choices, tail)
            joined = part.exact if part.exact is not None else part.prefixes
            if prefixes is None:
                prefixes = tail
            tail = joined
            if part.exact is not None:
                continue
        if prefixes is None:
            prefixes = joined
        _add(choices, joined)
        choices += part.choices
        tail = part.suffixes
    if prefixes is None:
        return _exactly(tail)
    return _Known(None, prefixes, tail, choices)


def _joined(left: set[RequiredLiteral], right: set[RequiredLiteral]) -> set[RequiredLiteral] | None:
    """Return every string of the left followed by every one of the right, or None if they are too many."""
    if left == {_EMPTY}:
        return right
    if right == {_EMPTY}:
        return left
    if len(left) * len(right) > _MOST_PRODUCT:
        return None
    return {_followed(first, second) for first in left for second in right}


def _followed(first: RequiredLiteral, second: RequiredLiteral) -> RequiredLiteral:
    if first.ignore_case == second.ignore_case or not first.text or not second.text:
        return RequiredLiteral(first.text + second.text, first.ignore_case or second.ignore_case)
    return RequiredLiteral(folded(first.text + second.text), True)


def _of_alternation(branches: list[_Known]) -> _Known:
    exact = [branch.exact for branch in branches if branch.exact is not None]
    if len(exact) == len(branches):
        together = _united(exact)
        return _exactly(together)
    best = [min(_settled(branch), key=_rank, default=None) for branch in branches]
    choices = [choice for choice in best if choice is not None]
    if len(choices) < len(branches):
        return _anything()
    together = _united(choices)
    return _Known(None, {_EMPTY}, {_EMPTY}, [together] if _is_choice(together) else [])


def _united(sets: list[set[RequiredLiteral]]) -> set[RequiredLiteral]:
    """Return the union; add to the largest set, so that alternatives within each other cost no more than their number."""
    largest = max(sets, key=len)
    for each in sets:
        if each is not largest:
            largest |= each
    return largest
