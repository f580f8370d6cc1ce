"""Regexes for what the plain form of a text never holds (language.md section 4)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.not_in_plain_text import NotInPlainText
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.regex.plain_text import never_in_plain_text


def not_in_plain_text(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the piece, with the spelling that works."""
    for written, tree in linted.inventory.searched_in_texts():
        found = never_in_plain_text(written.source, tree, written.ignore_case)
        if found is not None:
            diagnostics.add(NotInPlainText(*written.respelled(found), found.character))
