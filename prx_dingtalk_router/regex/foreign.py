r"""What other dialects write, in RE2's spelling: ``\u4e00``, ``\p{IsHan}``, ``\Z``, ``\h``."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

from prx_dingtalk_router.regex.unicode_tables import knows_class

ESCAPES = MappingProxyType({"Z": r"\z", "h": "[[:blank:]]", "H": "[^[:blank:]]", "N": ".", "e": r"\x1b"})
"""Escapes outside brackets that RE2 spells otherwise; the letter and RE2's spelling."""

ESCAPES_IN_BRACKETS = MappingProxyType({"h": "[:blank:]", "H": "[:^blank:]", "e": r"\x1b", "b": r"\x08"})
"""The same within brackets."""

CODE_POINT = re.compile(
    r"\\u\{([0-9A-Fa-f]{1,6})\}|\\U([0-9A-Fa-f]{8})"
    r"|\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})"
    r"|\\N\{([A-Za-z][^{}]{0,79})\}"
)
r"""``\u4e00``, ``\U0001F600``, ``\u{1F600}``, ``\N{BULLET}``, or the two halves of a character beyond the first plane."""

SPECIAL = frozenset(r"\.^$|?*+()[]{}")
SPECIAL_IN_BRACKETS = frozenset(r"\]^-[")

_HAN_FIRST = 0x4E00
_HAN_LAST = range(0x9FA5, 0xA000)
_PREFIX = re.compile(
    r"(?:is|in|(?:script|sc|scx|script_extensions|general_category|gc|block|blk|in)=)", re.IGNORECASE
)
_SYNONYMS = MappingProxyType(
    {
        **dict.fromkeys(
            "hani hans hant chinese hanzi kanji ideographic unifiedideograph cjkunifiedideographs cjk".split(),
            "Han",
        ),
        "latn": "Latin", "basiclatin": "Latin", "cyrl": "Cyrillic", "grek": "Greek", "arab": "Arabic", "hebr": "Hebrew",
        "hira": "Hiragana", "kana": "Katakana", "hang": "Hangul", "hangulsyllables": "Hangul", "thaa": "Thaana",
        "letter": "L", "alpha": "L", "alphabetic": "L", "l&": "L", "lc": "L",
        "uppercase": "Lu", "uppercaseletter": "Lu", "upper": "Lu",
        "lowercase": "Ll", "lowercaseletter": "Ll", "lower": "Ll",
        "mark": "M", "number": "N", "digit": "Nd", "decimalnumber": "Nd",
        "punct": "P", "punctuation": "P", "symbol": "S", "separator": "Z", "space": "Z", "whitespace": "Z",
        "control": "Cc", "cntrl": "Cc", "format": "Cf", "all": "Any",
    }
)  # fmt: skip


def code_point(match: re.Match[str]) -> str | None:
    """Return the character that a match of ``CODE_POINT`` stands for, or None for a number or name that none has."""
    braced, long, high, low, short, name = match.groups()
    if name:
        return _named(name)
    if high:
        number = 0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00
    else:
        number = int(braced or long or short, 16)
    return chr(number) if number <= 0x10FFFF else None


def _named(name: str) -> str | None:
    """Return the character of a name of Unicode, or of ``U+4E00``."""
    number = re.fullmatch(r"[Uu]\+([0-9A-Fa-f]{1,6})", name)
    if number:
        return chr(int(number[1], 16)) if int(number[1], 16) <= 0x10FFFF else None
    try:
        character = unicodedata.lookup(name)
    except KeyError:
        return None
    return character if len(character) == 1 else None


def is_han_range(first: str, last: str) -> bool:
    """Return whether a range of characters is how other dialects write any Chinese character."""
    return ord(first) == _HAN_FIRST and ord(last) in _HAN_LAST


def spelled(character: str, special: frozenset[str]) -> str:
    r"""Return how RE2 and a reader best read one character: itself, ``\.``, or ``\x{200b}`` where it cannot be seen.

    Args:
        character: one code point.
        special: the characters that mean something at this place.
    """
    if character in special:
        return f"\\{character}"
    seen = character.isprintable() and not character.isspace() and not unicodedata.combining(character)
    return character if seen else f"\\x{{{ord(character):x}}}"


def known_class_like(name: str) -> str | None:
    """Return the name under which RE2 knows a Unicode class that other dialects call ``name``, or None."""
    for tried in (name, _PREFIX.sub("", name, count=1)):
        plain = re.sub(r"[\s_-]", "", tried).lower()
        for known in (
            _SYNONYMS.get(plain),
            "_".join(part.capitalize() for part in re.split(r"[\s_-]+", tried)),
        ):
            if known and re.fullmatch(r"[A-Za-z_]+", known) and knows_class(known):
                return known
    return None
