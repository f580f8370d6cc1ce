"""How much of a kind a whole set may hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.source import Place


@dataclass(slots=True)
class CharacterLimit:
    """Counts the characters of one kind of text over a set, and reports the text that exceeds the limit."""

    diagnostics: Diagnostics
    limit: int
    exceeded: Callable[[Place, int], Diagnostic]
    """Makes the diagnostic, from where the text is and the limit."""
    counted: int = 0

    def count(self, characters: int, place: Place) -> bool:
        """Count a text; return whether the set is still within the limit. Exceeding it is reported once."""
        before = self.counted
        self.counted += characters
        if self.counted <= self.limit:
            return True
        if before <= self.limit:
            self.diagnostics.add(self.exceeded(place, self.limit))
        return False
