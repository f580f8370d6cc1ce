"""The fix of a name in a template that was nearly right."""

from __future__ import annotations

import re

from prx_dingtalk_router.language.diagnostics.fix import SAFE, SUGGESTED, Edit, Fix
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.templates import TemplateProblem

_SEPARATORS = re.compile(r"[._\s]")


def renaming(problem: TemplateProblem, places: tuple[Span, ...]) -> Fix | None:
    """Return the fix that writes what was meant at each place; surely where only case and separators differ."""
    meant = problem.suggestion
    if meant is None or not places:
        return None
    surely = _SEPARATORS.sub("", problem.name).lower() == _SEPARATORS.sub("", meant).lower()
    return Fix(tuple(Edit(place, meant) for place in places), SAFE if surely else SUGGESTED)
