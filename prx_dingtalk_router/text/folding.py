"""The forms of a text that conditions compare (language.md section 4).

    plain(s) = trim(single_spaces(NFKC(visible(NFKC(s)))))
    fold(s)  = NFKC(close_up(plain(casefold(NFKC(s)))))

Texts of *safe* characters take a shorter way. A character is safe when, once a text of such characters is in NFKC,
``visible`` and a further NFKC leave it as it is, it composes with no other, its case folding is safe again, and
``str.split`` and the language agree on whether it is a blank.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WHITE_SPACE = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""The characters of the Unicode property White_Space (``str.isspace`` has four more)."""

CJK_RANGES: tuple[tuple[int, int], ...] = (
    (0x2E80, 0x2FDF),
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3021, 0x3029),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""What section 4 calls CJK letters, as inclusive ranges of code points."""

INVISIBLE_RANGES: tuple[tuple[int, int], ...] = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180D),
    (0x180F, 0x180F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xE0100, 0xE01EF),
)
"""What ``visible`` drops besides the code points of general category Cf."""


def _class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


_CJK = _class(CJK_RANGES)
_IS_CJK = re.compile(f"[{_CJK}]")
# The blank comes first: the expression is then tried at blanks alone, in half the time.
_BLANK_BESIDE_CJK = re.compile(f" (?:(?<=[{_CJK}] )|(?=[{_CJK}]))")
_WHITE_SPACE_RUN = re.compile(f"[{re.escape(WHITE_SPACE)}]+")
_SAFE = re.compile("[\t-\r -~\u3001-\u3003\u3008-\u3011\u4e00-\u9fff]*")


@lru_cache(maxsize=4096)
def is_invisible(character: str) -> bool:
    """Whether ``visible`` drops this one character."""
    if unicodedata.category(character) == "Cf":
        return True
    point = ord(character)
    return any(first <= point <= last for first, last in INVISIBLE_RANGES)


@lru_cache(maxsize=4096)
def is_cjk(character: str) -> bool:
    """Whether this one character is a CJK letter of section 4."""
    return _IS_CJK.match(character) is not None


def is_word_character(character: str) -> bool:
    """Whether this one character belongs to a word: alphanumeric and not a CJK letter (section 5)."""
    return character.isalnum() and not is_cjk(character)


def visible(text: str) -> str:
    """``text`` without the characters that nobody sees."""
    if text.isascii():
        return text
    return "".join([character for character in text if not is_invisible(character)])


def plain(text: str) -> str:
    """What ``matches`` sees: compatibility forms, no invisible characters, single blanks, trimmed; case stays."""
    return _plain_of_normal(unicodedata.normalize("NFKC", text))


def fold(text: str) -> str:
    """What every other comparison sees: ``plain`` without case and without blanks beside CJK letters."""
    normal = unicodedata.normalize("NFKC", text)
    if _SAFE.fullmatch(normal):
        closed = " ".join(normal.casefold().split())
        if " " in closed and not closed.isascii():
            closed = _BLANK_BESIDE_CJK.sub("", closed)
        return closed
    closed = _BLANK_BESIDE_CJK.sub("", plain(normal.casefold()))
    return unicodedata.normalize("NFKC", closed)


def shown_trim(text: str) -> str:
    """``text`` without white space and format characters (category Cf) at both ends, otherwise as received."""
    start, end = 0, len(text)
    while start < end and _is_trimmed(text[start]):
        start += 1
    while end > start and _is_trimmed(text[end - 1]):
        end -= 1
    return text[start:end]


def _plain_of_normal(normal: str) -> str:
    if _SAFE.fullmatch(normal):
        return " ".join(normal.split())
    again = unicodedata.normalize("NFKC", visible(normal))
    return _WHITE_SPACE_RUN.sub(" ", again).strip(" ")


def _is_trimmed(character: str) -> bool:
    return character in WHITE_SPACE or unicodedata.category(character) == "Cf"
