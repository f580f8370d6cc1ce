r"""``\x4e00`` in regexes, which RE2 takes for ``\x4e`` and two digits."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.split_code_point import SplitCodePoint
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.regex.split_code_point import split_code_point as find


def split_code_point(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the first of them, with the spelling that was meant."""
    for searched in linted.inventory.regexes:
        written = searched.written
        found = find(written.source, written.ignore_case)
        if found is not None:
            piece = written.piece(found.start, found.end)
            diagnostics.add(SplitCodePoint(*written.respelled(found), diagnostics.written(piece)))
