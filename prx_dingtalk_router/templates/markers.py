"""Markers that PRX reads as attachments: a person's text must not hold one (language.md section 7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from prx_dingtalk_router.templates.person import PersonText

_MARKER = re.compile(r"\[(?=(?:IMAGE|VIDEO|FILE):)", re.IGNORECASE)
_LONGEST = len("[IMAGE:")


def neutralise_markers(text: str) -> str:
    """Return ``text`` with ``［`` for the ``[`` of every ``[IMAGE:``, ``[VIDEO:`` and ``[FILE:``, in any case."""
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
        colon = text.index(":", match.start(), match.start() + _LONGEST)
        return "［" if any(foreign[match.start() : colon + 1]) else "["

    return _MARKER.sub(opened, text)
