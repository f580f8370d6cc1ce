"""Spoken texts: speech recognition ends them with punctuation that nobody can say (language.md section 5)."""

from __future__ import annotations

from prx_dingtalk_router.text.folding import fold

FINAL_MARKS = "".join(sorted(set(fold("。．.！!？?，,、…~"))))
"""The marks, folded."""


def without_final_marks(folded: str) -> str:
    """Return a text without its final run of marks, and without the blank before it.

    Args:
        folded: in the form that ``fold`` gives.
    """
    return folded.rstrip(FINAL_MARKS).rstrip(" ")


def without_any_final_marks(folded: str) -> str:
    """Return what is left when no run of marks, with or without blanks between them, is left at the end.

    Two literals that one spoken text can equal have this in common.

    Args:
        folded: in the form that ``fold`` gives.
    """
    return folded.rstrip(FINAL_MARKS + " ")
