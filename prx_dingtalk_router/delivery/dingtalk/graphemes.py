"""What a reader takes for one character: a letter with its marks, a flag, a family of emoji."""

from __future__ import annotations

from wcwidth import grapheme_boundary_before

# Nothing that is read is longer; a letter with a thousand marks may be torn.
_LONGEST = 64


def character_start(text: str, at: int) -> int:
    """The last offset up to ``at`` at which a cut tears no character; ``at`` itself where none would be torn there."""
    if not 0 < at < len(text):
        return at
    start = grapheme_boundary_before(text, at + 1)
    return start if start > 0 and at - start <= _LONGEST else at
