"""NFKC of whatever people send, quickly: most texts the short way, thousands of marks on one letter in linear time."""

from __future__ import annotations

import re
import unicodedata

SAFE_CHARACTERS = (
    "\t-\r -~\u2010\u2012-\u2016\u2018-\u2023\u3001-\u3003\u3008-\u3011\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u4e00-\u9fff"
    "\U0001f300-\U0001f64f\U0001f680-\U0001f6c5\U0001f900-\U0001f9ff"
)
"""A class of ``re``: ASCII, dashes and quotation marks, Chinese punctuation, most kana, ideographs, common emoji.

Each is its own NFKC and composes with none before it, is neither a mark nor invisible, and is as safe without its case;
``str.split`` and the language agree on whether it is a blank.
"""

_SAFE = re.compile(f"[{SAFE_CHARACTERS}]*")
_SAFE_OR_WIDE = re.compile(f"[{SAFE_CHARACTERS}\uff01-\uff5e\u3000\u2026]*")
_WIDE = re.compile("[\uff01-\uff5e\u3000\u2026]")
_NARROW = {
    **{chr(point): chr(point - 0xFEE0) for point in range(0xFF01, 0xFF5F)},
    "\u3000": " ",
    "\u2026": "...",
}
_USUAL = tuple((wide, _NARROW[wide]) for wide in "，？！：（）")
"""The wide characters that most texts have no others of."""
MANY = 64
"""So many marks in a row are put in order before they are normalized."""

_MANY_MARKS = re.compile(f"(?:[^{SAFE_CHARACTERS}\\w\\s]|[\uff9e\uff9f]){{{MANY},}}")


def narrowed(text: str) -> str | None:
    """Return ``text`` in form KC, made of safe characters alone, if that is quickly told; else None."""
    if not text.isascii():
        for wide, narrow in _USUAL:
            if wide in text:
                text = text.replace(wide, narrow)
    if _SAFE.fullmatch(text):
        return text
    if _SAFE_OR_WIDE.fullmatch(text) is None:
        return None
    for wide in set(_WIDE.findall(text)):
        text = text.replace(wide, _NARROW[wide])
    return text


def nfkc(text: str) -> str:
    """Return ``text`` in Unicode normalization form KC."""
    if text.isascii():
        return text
    narrow = narrowed(text)
    if narrow is not None:
        return narrow
    if len(text) >= MANY:
        # The library sorts the marks on a letter by insertion: 20,000 in the wrong order would take a second.
        text = _MANY_MARKS.sub(_in_canonical_order, text)
    return unicodedata.normalize("NFKC", text)


def _in_canonical_order(found: re.Match[str]) -> str:
    """Return what was found, decomposed, each run of marks sorted by combining class."""
    ordered: list[str] = []
    marks: list[str] = []
    for character in "".join([unicodedata.normalize("NFKD", each) for each in found[0]]):
        if unicodedata.combining(character):
            marks.append(character)
        else:
            ordered += [*sorted(marks, key=unicodedata.combining), character]
            marks.clear()
    return "".join(ordered + sorted(marks, key=unicodedata.combining))
