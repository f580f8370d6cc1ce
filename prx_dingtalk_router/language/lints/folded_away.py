"""Characters in literals that make no difference (language.md section 4)."""

from __future__ import annotations

import unicodedata

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.folded_away import FoldedAway
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.text.folding import visible, visible_positions

EMOJI_MARKS = str.maketrans("", "", "\ufe0e\ufe0f\u200d")
"""Marks that keyboards put into emoji by themselves: nobody typed them, and matching does without them."""


def folded_away(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the literal, of the first such character."""
    for entry in linted.inventory.texts():
        if entry.value.isascii():
            continue
        typed = entry.value.translate(EMOJI_MARKS)
        if visible(typed) == typed:
            continue
        kept = {*visible_positions(typed)}
        hidden = next(character for position, character in enumerate(typed) if position not in kept)
        character = f"U+{ord(hidden):04X} {unicodedata.name(hidden, '')}".rstrip()
        written = diagnostics.written(entry.place)
        instead = visible(written)
        diagnostics.add(FoldedAway(entry.place, character, instead if instead != written else None))
