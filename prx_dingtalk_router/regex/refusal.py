"""Why a regex cannot be used, where, and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class RefusalKind(Enum):
    """What is wrong with a regex."""

    # What other dialects have and RE2 has not.
    LOOK_AROUND = "look-around"
    BACK_REFERENCE = "back-reference"
    ATOMIC_GROUP = "atomic-group"
    POSSESSIVE = "possessive"
    COMMENT = "comment"
    CODE_POINT = "code-point"
    r"""``\u4e00``, ``\U0001F600`` or ``\u{1F600}``."""
    HAN_RANGE = "han-range"
    r"""``\u4e00-\u9fa5``: how other dialects write any Chinese character."""
    FOREIGN_ESCAPE = "foreign-escape"
    r"""``\Z``, ``\h``, ``\N``, ``\e``: an escape that RE2 spells otherwise."""
    GROUP_OPERATOR = "group-operator"
    """``(?…`` with something else that RE2 has not: conditions, recursion, unknown flags."""
    # What is unfinished or makes no sense.
    GROUP_NAME = "group-name"
    """A name that templates cannot use, or one that is not closed."""
    DUPLICATE_GROUP = "duplicate-group"
    MISSING_PARENTHESIS = "missing-parenthesis"
    UNEXPECTED_PARENTHESIS = "unexpected-parenthesis"
    MISSING_BRACKET = "missing-bracket"
    NOTHING_TO_REPEAT = "nothing-to-repeat"
    DOUBLE_REPETITION = "double-repetition"
    REPETITION_SIZE = "repetition-size"
    NESTED_REPETITION = "nested-repetition"
    """Repetitions within each other that are too many only when multiplied."""
    ESCAPE = "escape"
    NEEDLESS_BACKSLASH = "needless-backslash"
    """A backslash before a character that is not ASCII, and that no dialect gives a meaning."""
    TRAILING_BACKSLASH = "trailing-backslash"
    CLASS_RANGE = "class-range"
    UNKNOWN_CLASS = "unknown-class"
    r"""``\p{…}`` or ``[:…:]`` with a name that RE2 does not know."""
    # What RE2 would take and this project does not.
    SINGLE_BYTE = "single-byte"
    r"""``\C``, which would cut characters into bytes."""
    SURROGATE = "surrogate"
    """A code point that is no character and cannot be sent."""
    TOO_LARGE = "too-large"
    """Too long, or its compiled form might exceed the memory budget."""


SURE = frozenset(
    {
        RefusalKind.CODE_POINT,
        RefusalKind.COMMENT,
        RefusalKind.FOREIGN_ESCAPE,
        RefusalKind.HAN_RANGE,
        RefusalKind.NEEDLESS_BACKSLASH,
    }
)
"""Kinds of which RE2's spelling finds what is meant, no more and no less."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a regex cannot be used.

    Args:
        kind: what is wrong.
        start: where the piece at fault begins, in code points of the source.
        end: where it ends.
        detail: the piece at fault, or a name.
        instead: what to write in place of ``source[start:end]``, where RE2 has a spelling for what is meant.
        corrected: the whole regex with every such piece replaced, where that makes it one that can be used.
        is_sure: whether what is corrected surely finds what is meant.
    """

    kind: RefusalKind
    start: int
    end: int
    detail: str
    instead: str | None = None
    corrected: str | None = None
    is_sure: bool = False


def replaced(source: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """Return the source with pieces replaced.

    Args:
        source: the regex.
        edits: start, end and new text of each piece, in order and without overlap.
    """
    result: list[str] = []
    at = 0
    for start, end, text in edits:
        result += (source[at:start], text)
        at = end
    result.append(source[at:])
    return "".join(result)
