r"""Bracket classes: ``[a-z]``, ``[^[:space:]]``, ``[\p{Han}\d_-]``."""

from __future__ import annotations

from prx_dingtalk_router.regex import foreign
from prx_dingtalk_router.regex.character_set import NAMED
from prx_dingtalk_router.regex.escapes import (
    EscapedCharacter,
    Reading,
    read_character_escape,
    read_class_escape,
)
from prx_dingtalk_router.regex.refusal import RefusalKind
from prx_dingtalk_router.regex.syntax import BracketClass, ClassKind, NamedClass, Range


def read_brackets(reading: Reading, at: int, ignore_case: bool) -> BracketClass | None:
    """Return the bracket class that opens at this place; None, with a refusal, if it is not closed."""
    source = reading.source
    negated = source.startswith("^", at + 1)
    first = position = at + 2 if negated else at + 1
    items: list[Range | NamedClass] = []
    while position < len(source):
        if source[position] == "]" and position > first:
            return BracketClass(at, position + 1, negated, tuple(items), ignore_case)
        item = _named(reading, position, ignore_case) or _range(reading, position)
        items.append(item)
        position = item.end
    reading.refuse(RefusalKind.MISSING_BRACKET, at, at + 1)
    return None


def _named(reading: Reading, at: int, ignore_case: bool) -> NamedClass | None:
    source = reading.source
    if source[at] == "\\":
        return read_class_escape(reading, at, ignore_case)
    if not source.startswith("[:", at):
        return None
    closing = source.find(":]", at + 2)  # wherever it is: so RE2 reads it
    if closing < 0:
        return None
    written = source[at + 2 : closing]
    name = written.removeprefix("^")
    if (ClassKind.POSIX, name) not in NAMED:
        known = foreign.known_class_like(name)
        letter = "p" if written == name else "P"
        instead = None if known is None else f"\\{letter}{{{known}}}"
        reading.refuse(RefusalKind.UNKNOWN_CLASS, at, closing + 2, instead)
        name = "ascii"
    return NamedClass(at, closing + 2, ClassKind.POSIX, name, written != name, ignore_case)


def _range(reading: Reading, at: int) -> Range:
    source = reading.source
    first = _character(reading, at)
    end = first.end
    last: EscapedCharacter | None = None
    if source.startswith("-", end) and end + 1 < len(source) and source[end + 1] != "]":
        if source[end + 1] == "\\" and source[end + 2 : end + 3] in tuple("dswDSWpP"):
            reading.refuse(RefusalKind.CLASS_RANGE, at, end + 3)
            return Range(at, end + 3, first.character, first.character)
        last = _character(reading, end + 1)
        end = last.end
    low, high = first.character, last.character if last is not None else first.character
    if first.is_foreign or (last is not None and last.is_foreign):
        _refuse_foreign(reading, at, end, low, high, is_range=last is not None)
    elif high < low:
        reading.refuse(RefusalKind.CLASS_RANGE, at, end)
    return Range(at, end, low, max(low, high))


def _character(reading: Reading, at: int) -> EscapedCharacter:
    if reading.source[at] == "\\":
        return read_character_escape(reading, at, in_brackets=True)
    return EscapedCharacter(at + 1, reading.source[at])


def _refuse_foreign(reading: Reading, at: int, end: int, first: str, last: str, *, is_range: bool) -> None:
    r"""Refuse a character or a range written as ``\u4e00``: one refusal for the whole of it."""
    if is_range and foreign.is_han_range(first, last):
        reading.refuse(RefusalKind.HAN_RANGE, at, end, r"\p{Han}")
    elif is_range and last < first:
        reading.refuse(RefusalKind.CLASS_RANGE, at, end)
    else:
        spelled = [
            foreign.spelled(each, foreign.SPECIAL_IN_BRACKETS)
            for each in ((first, last) if is_range else (first,))
        ]
        reading.refuse(RefusalKind.CODE_POINT, at, end, "-".join(spelled))
