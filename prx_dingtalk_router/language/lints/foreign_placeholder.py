"""Places for values that templates do not fill (language.md section 10)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.foreign_placeholder import ForeignPlaceholder
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.templates.foreign_placeholders import foreign_placeholders

EXAMPLE = "sender.name"


def foreign_placeholder(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at each, with the value that was meant."""
    for template in linted.inventory.templates:
        for start, end, meant in foreign_placeholders(template.value):
            place = template.piece(start, end)
            found = template.value[start:end]
            replaces = meant is not None and diagnostics.written(place) == found
            diagnostics.add(ForeignPlaceholder(place, found, f"{{{{ {meant or EXAMPLE} }}}}", replaces))
