"""Tests with the same title, which a report cannot tell apart."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.title_twice import TitleTwice
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.source import Place


def title_twice(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the later of two such titles."""
    seen: dict[str, Place] = {}
    for title in linted.inventory.titles:
        earlier = seen.setdefault(title.text, title.place)
        if earlier != title.place:
            diagnostics.add(TitleTwice(title.place, title.text, earlier))
