"""Blanks at the ends of literals, which make no difference (language.md section 4)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.lost_blanks import LostBlanks
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.text.folding import WHITE_SPACE


def lost_blanks(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the literal."""
    for entry in linted.inventory.texts():
        trimmed = entry.value.strip(WHITE_SPACE)
        if trimmed != entry.value:
            exact = diagnostics.written(entry.place) == f'"{entry.value}"'
            diagnostics.add(LostBlanks(entry.place, f'"{trimmed}"' if exact else None))
