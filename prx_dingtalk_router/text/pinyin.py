"""Chinese words by how they are typed: the one that was meant is found by its pinyin, and the other way round."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from importlib import import_module
from itertools import islice, product
from typing import Any

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
READINGS = 16
"""So many readings of a whole word are kept, where its characters have several."""
LONGEST = 24
"""Longer words are not spelled."""
MOST_WORDS = 2_000
"""Larger vocabularies are not spelled: a misspelt name is not worth that time."""
LEAST_INITIALS = 2

_BETWEEN = re.compile(r"[-_. /'’]+")
_WITHOUT_PHRASES = "PYPINYIN_NO_PHRASES"
"""The library's switch for not loading its table of phrases, which takes four times as long as the characters."""


class Spellings:
    """Known words, to be asked for the one that is spelled like another: ``报销`` for ``baoxiao``, ``bx`` or ``报消``.

    The table of pinyin is loaded with the first of these objects that needs it, 0.1 s.

    Args:
        words: as they are written. A spelling that two of them share means neither.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(islice(words, MOST_WORDS + 1))
        self._has_chinese = any(HAN.search(word) for word in self._words)
        self._known: dict[str, str | None] | None = None

    def same(self, word: str) -> str | None:
        """Return the known word that is spelled like ``word``, one of the two being Chinese; ``None`` if there is none."""
        is_chinese = HAN.search(word) is not None
        if not self._words or len(self._words) > MOST_WORDS or not (is_chinese or self._has_chinese):
            return None
        if self._known is None:
            self._known = self._spelled()
        found = {self._known.get(spelling) for spelling in _spellings(word)} - {None, word}
        return found.pop() if len(found) == 1 else None

    def _spelled(self) -> dict[str, str | None]:
        known: dict[str, str | None] = {}
        for spell in (_spellings, _initials):
            found: dict[str, str | None] = {}
            for word in self._words:
                for spelling in spell(word):
                    found[spelling] = None if found.get(spelling, word) != word else word
            known = {**found, **known}
        return known


def _spellings(word: str) -> frozenset[str]:
    """Return the letters of a word in every reading that it is likely to have, without what stands between them."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", word).casefold()).replace("ü", "v")
    if not plain or len(plain) > LONGEST:
        return frozenset()
    if HAN.search(plain) is None:
        return frozenset((plain,))
    return frozenset(map("".join, islice(product(*_readings(plain)), READINGS)))


def _initials(word: str) -> frozenset[str]:
    """Return the first letters of a Chinese word, as input methods take them."""
    plain = _BETWEEN.sub("", word)
    if not LEAST_INITIALS <= len(plain) <= LONGEST or len(HAN.findall(plain)) != len(plain):
        return frozenset()
    letters = ({reading[0] for reading in readings} for readings in _readings(plain))
    return frozenset(map("".join, islice(product(*letters), READINGS)))


def _readings(word: str) -> list[list[str]]:
    """Return the readings of each character, the usual one first; other characters are read as they are."""
    library = _pypinyin()
    return [
        library.pinyin(character, style=library.Style.NORMAL, heteronym=True)[0]
        if HAN.match(character)
        else [character]
        for character in word
    ]


def _pypinyin() -> Any:
    """Return the library, loaded when it is first needed: most runs never need it."""
    before = os.environ.get(_WITHOUT_PHRASES)
    os.environ[_WITHOUT_PHRASES] = "1"
    try:
        return import_module("pypinyin")
    finally:
        if before is None:
            del os.environ[_WITHOUT_PHRASES]
        else:
            os.environ[_WITHOUT_PHRASES] = before
