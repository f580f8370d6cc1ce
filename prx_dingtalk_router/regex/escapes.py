r"""Escapes: what a backslash and the characters after it mean, outside brackets and within."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from prx_dingtalk_router.regex import foreign
from prx_dingtalk_router.regex.refusal import Refusal, RefusalKind
from prx_dingtalk_router.regex.syntax import ClassKind, NamedClass
from prx_dingtalk_router.regex.unicode_tables import knows_class

_SIMPLE = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_OCTAL = re.compile(r"[1-7][0-7]{1,2}|0[0-7]{0,2}")
_HEXADECIMAL = re.compile(r"x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))")
_BACK_REFERENCE = re.compile(
    r"\\(?:[1-9]|k<[^>]*>|k'[^']*'|k\{[^}]*\}|g<[^>]*>|g'[^']*'|g\{[^}]*\}|g-?[0-9]+)"
)
_UNFINISHED = re.compile(r"\\(?:x\{[^}]*\}?|x[0-9A-Fa-f]?|.)", re.DOTALL)
_CLASS = re.compile(r"\\[pP](?:\{([^}]*)\}|([^{]))", re.DOTALL)


@dataclass(slots=True)
class Reading:
    """A source while it is read, and what was refused so far."""

    source: str
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(
        self, kind: RefusalKind, start: int, end: int, instead: str | None = None, detail: str | None = None
    ) -> None:
        """Refuse ``source[start:end]``; reading goes on behind it as well as it can."""
        shown = self.source[start:end] if detail is None else detail
        self.refusals.append(Refusal(kind, start, end, shown, instead))


@dataclass(frozen=True, slots=True)
class EscapedCharacter:
    """An escape that stands for one character.

    Args:
        end: where it ends.
        character: what it stands for.
        is_foreign: whether it is one of another dialect, which the caller has to refuse.
    """

    end: int
    character: str
    is_foreign: bool = False


def read_class_escape(reading: Reading, at: int, ignore_case: bool) -> NamedClass | None:
    r"""Return the class that ``\d``, ``\pN``, ``\P{Han}`` … at this place names, or None if it names none."""
    letter = reading.source[at + 1 : at + 2]
    if letter and letter in "dswDSW":
        return NamedClass(at, at + 2, ClassKind.PERL, letter.lower(), letter.isupper(), ignore_case)
    if not letter or letter not in "pP":
        return None
    found = _CLASS.match(reading.source, at)
    if found is None:  # it ends in `\p`, or `\p{` is not closed
        end = len(reading.source)
        reading.refuse(RefusalKind.UNKNOWN_CLASS, at, end)
        return NamedClass(at, end, ClassKind.UNICODE, "Any", False, ignore_case)
    written = found[1] if found[2] is None else found[2]
    name = written.removeprefix("^")
    if not knows_class(name):
        known = foreign.known_class_like(name)
        turned = "^" if written != name else ""
        instead = None if known is None else f"\\{letter}{{{turned}{known}}}"
        reading.refuse(RefusalKind.UNKNOWN_CLASS, at, found.end(), instead)
        name = known or "Any"
    negated = (letter == "P") != written.startswith("^")
    return NamedClass(at, found.end(), ClassKind.UNICODE, name, negated, ignore_case)


def read_character_escape(reading: Reading, at: int, *, in_brackets: bool) -> EscapedCharacter:
    """Return the one character that the escape at this place stands for; refuses an escape that stands for none.

    Args:
        reading: the source.
        at: where the backslash is.
        in_brackets: whether it is part of a bracket class.
    """
    source = reading.source
    character = source[at + 1 : at + 2]
    if not character:
        reading.refuse(RefusalKind.TRAILING_BACKSLASH, at, at + 1)
        return EscapedCharacter(at + 1, "\\")
    if character in _SIMPLE:
        return EscapedCharacter(at + 2, _SIMPLE[character])
    if character.isascii() and not character.isalnum():
        return EscapedCharacter(at + 2, character)
    octal = _OCTAL.match(source, at + 1)
    if octal is not None:
        return EscapedCharacter(octal.end(), chr(int(octal[0], 8)))
    hexadecimal = _HEXADECIMAL.match(source, at + 1)
    if hexadecimal is not None:
        digits = (hexadecimal[1] or hexadecimal[2]).lstrip("0") or "0"
        if len(digits) <= 6 and int(digits, 16) <= 0x10FFFF:
            return EscapedCharacter(hexadecimal.end(), chr(int(digits, 16)))
    code_point = foreign.CODE_POINT.match(source, at)
    if code_point is not None:
        meant = foreign.code_point(code_point)
        if meant is not None:
            return EscapedCharacter(code_point.end(), meant, is_foreign=True)
    return _refused_escape(reading, at, character, in_brackets)


def _refused_escape(reading: Reading, at: int, character: str, in_brackets: bool) -> EscapedCharacter:
    source = reading.source
    back_reference = None if in_brackets else _BACK_REFERENCE.match(source, at)
    if back_reference is not None:
        reading.refuse(RefusalKind.BACK_REFERENCE, at, back_reference.end())
        return EscapedCharacter(back_reference.end(), character)
    known = (foreign.ESCAPES_IN_BRACKETS if in_brackets else foreign.ESCAPES).get(character)
    if known is not None and foreign.CODE_POINT.match(source, at) is None:
        reading.refuse(RefusalKind.FOREIGN_ESCAPE, at, at + 2, known)
        return EscapedCharacter(at + 2, character)
    if not character.isascii():
        reading.refuse(RefusalKind.NEEDLESS_BACKSLASH, at, at + 2, character)
        return EscapedCharacter(at + 2, character)
    unfinished = _UNFINISHED.match(source, at)
    end = at + 2 if unfinished is None else unfinished.end()
    reading.refuse(RefusalKind.ESCAPE, at, end)
    return EscapedCharacter(end, character)
