"""Markers that PRX reads as attachments: a person's text must not hold one (language.md section 7).

Also what only becomes one when somebody on the way narrows full-width letters or drops what is invisible: the bracket alone is
changed, so that everything still reads as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from prx_dingtalk_router.templates.person import PersonText

# Characters that show nothing: controls of Unicode, variation selectors, fillers, tags.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_GAP = rf"[\s{_INVISIBLE}]*+"
# Each letter also full-width; small ones are found by the flag.
_WORDS = "|".join(
    _GAP.join(f"[{letter}{chr(ord(letter) + 0xFEE0)}]" for letter in word)
    for word in ("IMAGE", "VIDEO", "FILE")
)
_MARKER = re.compile(rf"\[(?={_GAP}(?:{_WORDS}){_GAP}([:：]))", re.IGNORECASE)


def neutralise_markers(text: str) -> str:
    """Return ``text`` with ``［`` for the ``[`` of every ``[IMAGE:``, ``[VIDEO:`` and ``[FILE:``, however it is disguised."""
    return _MARKER.sub("［", text)


def join_for_agent(pieces: Sequence[str]) -> str:
    """Return the pieces as one text in which no marker has a character that a person wrote.

    A marker can come together from neighbours, so the text is looked at as a whole. Markers that are the template's
    own from end to end stay.
    """
    text = "".join(pieces)
    if not any(isinstance(piece, PersonText) for piece in pieces) or _MARKER.search(text) is None:
        return text
    borders = [0]
    for piece in pieces:
        borders.append(borders[-1] + len(piece))
    foreign = bytearray(len(text))
    for piece, (start, end) in zip(pieces, pairwise(borders), strict=True):
        if isinstance(piece, PersonText):
            foreign[start:end] = b"\x01" * (end - start)

    def opened(match: re.Match[str]) -> str:
        return "［" if any(foreign[match.start() : match.end(1)]) else "["

    return _MARKER.sub(opened, text)


def join_lines(told: Sequence[str]) -> str:
    """Return texts for an agent as one, each on lines of its own; no marker comes together from two of them."""
    text = "\n".join(told)
    borders, end = [], -1
    for each in told[:-1]:
        end += len(each) + 1
        borders.append(end)

    def opened(match: re.Match[str]) -> str:
        return "［" if any(match.start() < border < match.end(1) for border in borders) else "["

    return _MARKER.sub(opened, text)
