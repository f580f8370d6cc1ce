"""Braces of regexes that look like a repetition and are none."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.literal_braces import LiteralBraces
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.regex.literal_braces import literal_braces as find


def literal_braces(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the braces, with the spelling that was meant."""
    for searched in linted.inventory.regexes:
        written = searched.written
        found = find(written.source, searched.tree, written.ignore_case)
        if found is not None:
            piece = written.piece(found.start, found.end)
            diagnostics.add(LiteralBraces(*written.respelled(found), diagnostics.written(piece)))
