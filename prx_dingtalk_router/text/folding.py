"""The forms of a text that conditions compare (language.md section 4).

    plain(s) = trim(single_spaces(NFKC(visible(NFKC(s)))))
    fold(s)  = NFKC(close_up(plain(casefold(NFKC(s)))))

Texts of safe characters (``normalization.py``) take a shorter way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from prx_dingtalk_router.text.normalization import SAFE_CHARACTERS, narrowed, nfkc

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
"""What ``visible`` drops besides the code points of general categories Cf and Me."""

COMPOSING_MARKS = "\u3099\u309a"
"""The voiced sound marks of kana: combining marks that ``visible`` keeps on a CJK letter, since they compose with it."""


def _class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


_CJK = _class(CJK_RANGES)
_IS_CJK = re.compile(f"[{_CJK}]")
# The blank comes first: the expression is then tried at blanks alone, in half the time.
_BLANK_BESIDE_CJK = re.compile(f" (?:(?<=[{_CJK}] )|(?=[{_CJK}]))")
_WHITE_SPACE_RUN = re.compile(f"[{re.escape(WHITE_SPACE)}]+")
_SAFE = re.compile(f"[{SAFE_CHARACTERS}]*")
# Both begin with what most texts hold little of: only what is found is looked at one by one.
_COMMON = f"{SAFE_CHARACTERS}\u2100-\u2bff\uff01-\uffee"
_PERHAPS_INVISIBLE = re.compile(f"[^{_COMMON}](?:(?<=\\W)|(?<=[\u115f\u1160\u3164]))")
_PERHAPS_MARKED_CJK = re.compile(f"(?:[^{_COMMON}\\w]|[\u115f\u1160\u3164])(?<=[{_CJK}].)", re.DOTALL)


@lru_cache(maxsize=4096)
def is_invisible(character: str) -> bool:
    """Return whether ``visible`` drops this one character wherever it is."""
    if unicodedata.category(character) in ("Cf", "Me"):
        return True
    point = ord(character)
    return any(first <= point <= last for first, last in INVISIBLE_RANGES)


@lru_cache(maxsize=4096)
def is_cjk(character: str) -> bool:
    """Return whether this one character is a CJK letter of section 4."""
    return _IS_CJK.match(character) is not None


def is_word_character(character: str) -> bool:
    """Return whether this one character belongs to a word: alphanumeric and not a CJK letter (section 5)."""
    return character.isalnum() and not is_cjk(character)


def visible(text: str) -> str:
    """Return ``text`` without the characters that nobody sees, and without marks on CJK letters."""
    if text.isascii():
        return text
    if _PERHAPS_MARKED_CJK.search(text):
        return "".join([text[position] for position in visible_positions(text)])
    return _PERHAPS_INVISIBLE.sub(lambda found: "" if is_invisible(found[0]) else found[0], text)


def visible_positions(text: str) -> Iterator[int]:
    """Yield where the characters stand that ``visible`` keeps, in order.

    A mark stands on the last character before it that is neither a mark nor dropped.
    """
    on_cjk = False
    for position, character in enumerate(text):
        if is_invisible(character):
            continue
        category = unicodedata.category(character)
        if not category.startswith("M"):
            on_cjk = is_cjk(character)
        elif category == "Mn" and on_cjk and character not in COMPOSING_MARKS:
            continue
        yield position


def visible_form(text: str) -> str:
    """``NFKC(visible(NFKC(text)))``: what ``plain`` makes of a text before it looks at its white space."""
    normal = nfkc(text)
    return normal if _SAFE.fullmatch(normal) else nfkc(visible(normal))


def plain(text: str) -> str:
    """Return what ``matches`` sees: compatibility forms, no invisible characters, single blanks, trimmed; case stays."""
    normal = nfkc(text)
    return " ".join(normal.split()) if _SAFE.fullmatch(normal) else _plain_of_normal(normal)


def fold(text: str) -> str:
    """Return what every other comparison sees: ``plain`` without case and without blanks beside CJK letters."""
    return forms(text).folded


class Forms(Struct, frozen=True, gc=False):
    """The forms of one text.

    Args:
        plain: what ``matches`` sees.
        folded: what every other comparison sees.
        scanned: ``without_case(plain)``, in which an index over texts looks; the folded form of nearly every text.
    """

    plain: str
    folded: str
    scanned: str


_NOTHING = Forms("", "", "")
LONGEST_NAME = 64
"""Characters of a name whose forms are remembered."""


def forms(text: str) -> Forms:
    """Return all forms of a text; it is gone through once."""
    if not text:
        return _NOTHING
    normal = narrowed(text)
    if normal is None:
        normal = nfkc(text)
        if not _SAFE.fullmatch(normal):
            seen = _plain_of_normal(normal)
            folded = nfkc(_BLANK_BESIDE_CJK.sub("", _plain_of_normal(nfkc(normal.casefold()))))
            return Forms(seen, folded, without_case(seen))
    words = normal.split()
    if len(words) == 1:
        folded = words[0].casefold()
        return Forms(words[0], folded, folded)
    seen = " ".join(words)
    folded = seen.casefold()
    if not folded.isascii():
        folded = _BLANK_BESIDE_CJK.sub("", folded)
    return Forms(seen, folded, folded)


@lru_cache(maxsize=2048)
def _forms_of_name(name: str) -> Forms:
    return forms(name)


def forms_of_name(name: str) -> Forms:
    """As ``forms``; of a name that comes again and again, a person's or a conversation's, they are remembered."""
    return _forms_of_name(name) if len(name) <= LONGEST_NAME else forms(name)


def without_case(piece: str) -> str:
    """Return a plain text, or a part of one between two of its blanks, without case and without blanks beside CJK letters.

    What is held by a plain text is, in this form and without blanks at its ends, held by the text in this form.
    """
    return piece.lower() if piece.isascii() else _BLANK_BESIDE_CJK.sub("", piece.casefold())


def shown_trim(text: str) -> str:
    """Return ``text`` without white space and format characters (category Cf) at both ends, otherwise as received."""
    text = text.strip(" ")
    if text[:1].isalnum() and text[-1:].isalnum():  # as nearly every text begins and ends
        return text
    start, end = 0, len(text)
    while start < end and _is_trimmed(text[start]):
        start += 1
    while end > start and _is_trimmed(text[end - 1]):
        end -= 1
    return text[start:end]


def _plain_of_normal(normal: str) -> str:
    seen = nfkc(visible(normal))
    return _WHITE_SPACE_RUN.sub(" ", seen).strip(" ")


def _is_trimmed(character: str) -> bool:
    return character in WHITE_SPACE or unicodedata.category(character) == "Cf"
