"""The word of the language that one which is misspelt was probably meant to be."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from functools import lru_cache

CUTOFF = 0.75


@lru_cache(maxsize=4096)
def nearest(word: str, candidates: frozenset[str]) -> str | None:
    """Return the candidate that looks most like a word, in any case and width; ``None`` if none does."""
    folded = unicodedata.normalize("NFKC", word).lower()
    close = get_close_matches(folded, sorted(candidates), n=1, cutoff=CUTOFF)
    return close[0] if close else None
