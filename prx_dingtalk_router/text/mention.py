"""The shown text: what was received without the robot's own mention at its beginning (language.md section 4)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from prx_dingtalk_router.text.folding import fold, is_invisible, shown_trim

AT_SIGNS = "@\uff20\ufe6b"
"""What a mention begins with, in every width."""


def strip_mention(text: str, robot_name: str) -> str:
    """Return ``text`` trimmed, without a leading ``@`` and the robot's name.

    The name counts in any width and case, with invisible characters inside, and with or without a blank after it
    (clients differ, dingtalk-stream.md section 6), so a longer name that begins with the robot's is cut as well.
    One mention is taken away, not several.

    Args:
        text: the text as received.
        robot_name: name of the robot as people see it; empty means that the text is only trimmed.
    """
    trimmed = shown_trim(text)
    wanted = _written(robot_name)
    if wanted == "@" or not _begins_with_at(trimmed) or not fold(trimmed).startswith(wanted):
        return trimmed
    end = _end_of_mention(trimmed, wanted, limit=4 * (len(robot_name) + 1) + 16)
    return trimmed if end is None else shown_trim(trimmed[end:])


@lru_cache(maxsize=64)
def _written(robot_name: str) -> str:
    """Return how a mention of the robot compares."""
    return fold("@" + shown_trim(robot_name).lstrip(AT_SIGNS))


def _begins_with_at(text: str) -> bool:
    return next((character in AT_SIGNS for character in text if not is_invisible(character)), False)


def _end_of_mention(text: str, wanted: str, *, limit: int) -> int | None:
    """Return where the shortest beginning that folds to ``wanted`` ends, with the invisible characters and marks after it.

    None where there is none, or where a mark makes its last letter another one. At most ``limit`` visible characters are
    tried: a mention stretched beyond that is nobody's honest mention, and trying every beginning of a long text would take
    quadratic time.
    """
    kept: list[str] = []
    end: int | None = None
    for position, character in enumerate(text):
        if is_invisible(character):
            if end is not None:
                end = position + 1
            continue
        is_mark = unicodedata.category(character) == "Mn"
        if len(kept) == limit or (end is not None and not is_mark):
            return end
        kept.append(character)
        if fold("".join(kept)) == wanted:
            end = position + 1
        elif end is not None:
            return None
    return end
