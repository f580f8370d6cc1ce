"""What a kind of diagnostic says before there is a case of it: sentences with an ellipsis for what a case fills in."""

from __future__ import annotations

import re

from prx_dingtalk_router.catalogue import Entry, Language, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

ELLIPSIS = "…"
OFTEN_EMPTY = frozenset({"hint", "guess"})
"""Fields that only some cases fill."""

_ELLIPSES = re.compile(rf"{ELLIPSIS}(?: ?{ELLIPSIS})+")


def outline(entry: Entry, language: Language | None = None) -> str:
    """Return a sentence with an ellipsis for each field.

    Args:
        entry: the sentence.
        language: that of this process by default.
    """
    filled = {name: "" if name in OFTEN_EMPTY else ELLIPSIS for name in entry.fields()}
    return _ELLIPSES.sub(ELLIPSIS, Wording(entry, filled).render(language))


def flagged(kind: type[Diagnostic], language: Language | None = None) -> str:
    """Return what a kind of diagnostic flags, in one line; see ``outline``."""
    return outline(kind.in_general or kind.sentence, language)
