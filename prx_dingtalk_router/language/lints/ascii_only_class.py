r"""``\b`` and ``\w`` of regexes beside letters that they do not know (language.md section 4)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.ascii_only_class import AsciiOnlyClass
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.regex.ascii_only import ascii_only_beside_letters


def ascii_only_class(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the class."""
    for written, tree in linted.inventory.searched_in_texts():
        found = ascii_only_beside_letters(written.source, tree)
        if found is not None:
            piece = written.piece(found.start, found.end)
            diagnostics.add(AsciiOnlyClass(piece, diagnostics.written(piece)))
