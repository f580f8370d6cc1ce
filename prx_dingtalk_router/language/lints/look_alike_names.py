"""Names of one kind that can hardly be told apart."""

from __future__ import annotations

import unicodedata

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.look_alike_names import LookAlikeNames
from prx_dingtalk_router.language.lints.linted_set import LintedSet

LOOKS_LIKE = str.maketrans("аеорсухіѕјԁһԛԝαορνικτ", "aeopcyxisjdhqwaopvikt")
"""Cyrillic and Greek letters that look like Latin ones."""


def look_alike_names(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the later of two such names."""
    names = linted.inventory.names
    for kind, space in names.spaces.items():
        seen: dict[str, str] = {}
        for name in space:
            look = unicodedata.normalize("NFKC", name).casefold().translate(LOOKS_LIKE)
            earlier = seen.setdefault(look, name)
            if earlier != name:
                place, first = names.place(kind, name), names.place(kind, earlier)
                diagnostics.add(LookAlikeNames(place, kind, name, earlier, first))
