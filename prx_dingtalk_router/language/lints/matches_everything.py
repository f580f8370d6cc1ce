"""Regexes that are found in every text (language.md section 11)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.matches_everything import MatchesEverything
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.regex.everything import matches_everything as is_found_in_every_text


def matches_everything(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the regex."""
    for searched in linted.inventory.regexes:
        if is_found_in_every_text(searched.tree):
            diagnostics.add(MatchesEverything(searched.written.place))
