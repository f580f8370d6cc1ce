"""The known word that a misspelt one was probably meant to be: one measure for everything that has a name."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prx_dingtalk_router.text.pinyin import Spellings

LEAST_ALIKE = 0.75
"""How alike two words are at least, as ``SequenceMatcher.ratio``: one slip in four letters, two in eight."""
LEAST_ALIKE_PARTS = 0.6
"""The same for words that stand at the same place of two compound names."""
ALIKE_WHEN_SWAPPED = 0.9
"""How alike two words are of which one has two neighbouring letters the other way round."""
LEAST_OF_COMPOUND = 4
"""So many letters has a word at least that is looked for among the parts of compound names."""
LONGEST = 64
"""Longer words are not compared."""
NEIGHBOURS = 8
"""So many words on either side are looked at where the misspelt one would stand among the known ones."""
COMPARED = 8
"""So many of them are compared letter by letter: those that share most at their ends."""
SMALL = 64
"""A vocabulary of up to so many words is compared as a whole."""

_SEPARATORS = re.compile(r"[-_. /]+")
_PARTS = re.compile(r"\d+|[^\W\d_]+")


class Vocabulary:
    """Known words, to be asked for the one that another was meant to be.

    A slip leaves the beginning or the end of a word as it was, so in a large vocabulary only the neighbours by
    alphabetical order are compared, read forwards and backwards. An answer takes about as long among thousands of words
    as among a few.

    Args:
        words: as they are written. Of those that differ only by case, width or separators the first is kept.
        pinyin: whether people chose the words, so that one may be Chinese and the other its pinyin.
    """

    def __init__(self, words: Iterable[str], *, pinyin: bool = False) -> None:
        self._written: dict[str, str] = {}
        self._pinyin = pinyin
        self._spellings: Spellings | None = None
        for word in words:
            self._written.setdefault(_folded(word), word)
        self._forwards = sorted(self._written)
        self._backwards: list[str] | None = None

    def nearest(self, word: str) -> str | None:
        """Return the known word that is nearly ``word``, or ``None``.

        Names that differ by a number, or by a whole word at the same place, as ``team-a`` and ``team-b``, are names of
        different things and not a slip of the pen. A word that is nearly a part of one known name alone means that name.
        """
        wanted = _folded(word)
        if wanted in self._written:
            return self._written[wanted]
        if not wanted or len(wanted) > LONGEST:
            return None
        found = _most_alike(wanted, self._candidates(wanted)) or self._compound(wanted)
        return self._written[found] if found is not None else self._spelled_alike(word)

    def _spelled_alike(self, word: str) -> str | None:
        if not self._pinyin:
            return None
        if self._spellings is None:
            from prx_dingtalk_router.text.pinyin import Spellings

            self._spellings = Spellings(self._written.values())
        return self._spellings.same(word)

    def _compound(self, wanted: str) -> str | None:
        """Return the one name, put together of several words, of which ``wanted`` is nearly one."""
        is_one_word = _PARTS.fullmatch(wanted) is not None and len(wanted) >= LEAST_OF_COMPOUND
        if not is_one_word or len(self._forwards) > SMALL:
            return None
        compounds = [known for known in self._written if _is_part(wanted, known)]
        return compounds[0] if len(compounds) == 1 else None

    def _candidates(self, wanted: str) -> Iterable[str]:
        if len(self._forwards) <= SMALL:
            return self._written
        if self._backwards is None:
            self._backwards = sorted(known[::-1] for known in self._forwards)
        backwards = (known[::-1] for known in _around(self._backwards, wanted[::-1]))
        found = dict.fromkeys([*_around(self._forwards, wanted), *backwards])
        return sorted(found, key=lambda known: _shared_ends(wanted, known), reverse=True)[:COMPARED]


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return which of a few words ``word`` was meant to be, or ``None``; a ``Vocabulary`` answers for many."""
    return (_fixed(words) if isinstance(words, frozenset) else Vocabulary(words)).nearest(word)


@lru_cache(maxsize=256)
def _fixed(words: frozenset[str]) -> Vocabulary:
    return Vocabulary(sorted(words))


def _folded(word: str) -> str:
    return _SEPARATORS.sub("-", unicodedata.normalize("NFKC", word).casefold())


def _around(words: list[str], wanted: str) -> list[str]:
    at = bisect_left(words, wanted)
    return words[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]


def _most_alike(wanted: str, candidates: Iterable[str]) -> str | None:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    best, how_alike = None, 0.0
    for known in candidates:
        matcher.set_seq1(known)
        least = max(how_alike, LEAST_ALIKE)
        if _is_swapped(wanted, known):
            alike = ALIKE_WHEN_SWAPPED
        elif _is_short_slip(wanted, known):
            alike = LEAST_ALIKE
        elif matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
            continue
        else:
            alike = matcher.ratio()
        if alike >= least and alike > how_alike and not _differ(wanted, known):
            best, how_alike = known, alike
    return best


def _is_swapped(a: str, b: str) -> bool:
    """Return whether they differ by two neighbours that changed places."""
    if len(a) != len(b):
        return False
    at = next((at for at, (one, other) in enumerate(zip(a, b, strict=True)) if one != other), len(a))
    return a[at + 1 : at + 2] + a[at : at + 1] + a[at + 2 :] == b[at:] and at + 1 < len(a)


def _is_short_slip(a: str, b: str) -> bool:
    """Return whether two words of three letters differ in the middle one alone, as ``vip`` and ``vop``."""
    return len(a) == len(b) == 3 and (a[0], a[2]) == (b[0], b[2])


def _is_part(wanted: str, known: str) -> bool:
    parts = _PARTS.findall(known)
    return len(parts) > 1 and _most_alike(wanted, parts) is not None


def _shared_ends(a: str, b: str) -> int:
    return _shared(a, b) + _shared(a[::-1], b[::-1])


def _shared(a: str, b: str) -> int:
    """Return how many characters they have in common at their beginning."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(a), len(b)))


def _differ(a: str, b: str) -> bool:
    """Return whether two names that look alike are names of different things."""
    of_a, of_b = _PARTS.findall(a), _PARTS.findall(b)
    if _numbers(of_a) != _numbers(of_b):
        return True
    if len(of_a) != len(of_b):
        return False
    return any(
        one != other and SequenceMatcher(None, one, other, autojunk=False).ratio() < LEAST_ALIKE_PARTS
        for one, other in zip(of_a, of_b, strict=True)
    )


def _numbers(parts: list[str]) -> list[int]:
    return [int(part) for part in parts if part.isdecimal()]
