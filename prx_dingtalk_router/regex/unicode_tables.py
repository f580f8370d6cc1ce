"""What only RE2's own tables of Unicode can say: its classes, its case variants, what a group may be called.

RE2 is asked, once for each name and character, so that nothing here can differ from the installed RE2.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from prx_dingtalk_router.regex.engine import characters_found, refusal_words
from prx_dingtalk_router.text.folding import is_cjk

_ASCII_VARIANTS = {
    **{letter: frozenset({letter.lower(), letter.upper()}) for letter in "abdcefghijlmnopqrtuvwxyz"},
    "k": frozenset("kK\u212a"),
    "s": frozenset("sS\u017f"),
}
_WITHOUT_CASE = ("P", "Z", "Lo", "Co")


@lru_cache(maxsize=4096)
def knows_class(name: str) -> bool:
    r"""Return whether RE2 knows a class ``\p{name}``."""
    return name[:1] != "^" and "}" not in name and refusal_words(f"\\p{{{name}}}", False) is None


@lru_cache(maxsize=4096)
def is_group_name(name: str) -> bool:
    """Return whether RE2 takes this as the name of a group."""
    return ">" not in name and refusal_words(f"(?P<{name}>)", False) is None


def case_variants(character: str) -> frozenset[str]:
    """Return the characters that ``(?i)`` takes for this one, itself included: ``k``, ``K`` and the Kelvin sign are one.

    Args:
        character: one code point, no surrogate.
    """
    if character.isascii():
        return _ASCII_VARIANTS.get(character.lower(), frozenset(character))
    if not _may_have_case(character):
        return frozenset(character)
    return _found_variants(character)


@lru_cache(maxsize=16384)
def _found_variants(character: str) -> frozenset[str]:
    """Ask RE2; all characters that may have case find room, so that each is asked about once."""
    return frozenset(characters_found(f"\\x{{{ord(character):x}}}", True, _perhaps_cased())) | {character}


def folded(text: str) -> str:
    """Return the text with every character replaced by one and the same of its case variants."""
    return "".join([_representative(character) for character in text])


@lru_cache(maxsize=4096)
def _representative(character: str) -> str:
    variants = case_variants(character)
    return min((variant for variant in variants if variant.lower() == variant), default=min(variants))


def _may_have_case(character: str) -> bool:
    return not is_cjk(character) and not unicodedata.category(character).startswith(_WITHOUT_CASE)


@lru_cache(maxsize=1)
def _perhaps_cased() -> bytes:
    """Return every character that may have case, of the planes in which there are such, in UTF-8."""
    points = (*range(0xD800), *range(0xE000, 0x20000))
    return "".join(filter(_may_have_case, map(chr, points))).encode()
