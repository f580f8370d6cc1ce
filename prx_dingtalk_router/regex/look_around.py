r"""What is meant by look-around, which RE2 has not: ``\b`` around words, the text itself, or a search of its own."""

from __future__ import annotations

import re
from typing import NamedTuple

_OPENED = re.compile(r"\(\?(?P<behind><)?(?P<sign>[=!])")
_INNER = r"(?:[^()\\\[\]]|\\.|\[(?:[^\]\\]|\\.)*\])*"
_FIRST = re.compile(rf"\(\?<(?P<sign>[=!])(?P<inner>{_INNER})\)")
_LAST = re.compile(rf"\(\?(?P<sign>[=!])(?P<inner>{_INNER})\)$")
_EXCLUDED = re.compile(rf"(?P<begins>\^)?\(\?!(?P<anywhere>\.\*\??)?(?P<inner>{_INNER}?)(?:\.\*)?\$?\)")
_WORD_CHARACTERS = re.compile(r"\\[wd]|\[(?:a-z|A-Z|0-9|\\w|\\d|_)+\]", re.ASCII)
_OTHER_CHARACTERS = re.compile(r"\\[sWb]|\^\|\\s|\\s\|\^|\\s\|\$|\$\|\\s")
_BEGINS_WITH_WORD = re.compile(r"[A-Za-z0-9_]|\\[dw]")
_ENDS_WITH_WORD = re.compile(r"(?:[A-Za-z0-9_]|\\[dw])(?:[+?*]|\{[0-9,]+\})?$")
_BEGINNING = re.compile(r"^\^?(?:\.\*\??)?")
_END = re.compile(r"(?:\.\*)?\$?$")


class LookAroundMeant(NamedTuple):
    """What a regex with look-around is meant to find.

    Args:
        source: the same without it.
        excluded: what must not be found besides; None where nothing must not.
    """

    source: str
    excluded: str | None = None


def look_around_meant(source: str) -> LookAroundMeant | None:
    """Return what is meant by a regex that has look-around at its ends; None where that is not clear.

    Args:
        source: what is written between the slashes.
    """
    excluded = _EXCLUDED.match(source)
    if excluded is not None and excluded["inner"] and (excluded["begins"] or excluded["anywhere"]):
        rest = _END.sub("", _BEGINNING.sub("", source[excluded.end() :]))
        kept_out = excluded["inner"] if excluded["anywhere"] else f"^{excluded['inner']}"
        return None if _OPENED.search(rest) else LookAroundMeant(rest, kept_out)
    first, last = _FIRST.match(source), _LAST.search(source)
    middle = source[first.end() if first else 0 : last.start() if last else len(source)]
    if (first is None and last is None) or not middle or _OPENED.search(middle):
        return None
    before = _edge(first, _BEGINS_WITH_WORD.match(middle)) if first is not None else ""
    after = _edge(last, _ENDS_WITH_WORD.search(middle)) if last is not None else ""
    if before is None or after is None:
        return None
    if "|" in middle:
        middle = f"(?:{middle})"
    return LookAroundMeant(before + middle + after)


def _edge(found: re.Match[str], beside_word: re.Match[str] | None) -> str | None:
    """Return what stands at one end for a look-around there; None where that is not clear."""
    inner = found["inner"]
    words = _WORD_CHARACTERS if found["sign"] == "!" else _OTHER_CHARACTERS
    if words.fullmatch(inner):
        return r"\b" if beside_word is not None else None
    if found["sign"] == "!":
        return None
    return f"(?:{inner})" if "|" in inner else inner
