"""Backslashes of regexes that are written twice, as strings of other languages do."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.doubled_backslash import DoubledBackslash
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.regex.doubled_backslash import doubled_backslash as find


def doubled_backslash(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the first of them, with the spelling that was meant."""
    for searched in linted.inventory.regexes:
        written = searched.written
        found = find(written.source, searched.tree, written.ignore_case)
        if found is not None:
            piece = written.piece(found.start, found.end)
            diagnostics.add(DoubledBackslash(*written.respelled(found), diagnostics.written(piece)))
