"""A piece of a regex that surely means something else than it says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """Where it is written, and the regex as it is meant.

    Args:
        start: where the piece begins, in code points of the source.
        end: where it ends.
        corrected: the whole regex as it is meant, where that is certain.
    """

    start: int
    end: int
    corrected: str | None
