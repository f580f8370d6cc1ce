"""What the warnings about expressions that are written otherwise than they are meant have in common."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.phrases import write_instead
from prx_dingtalk_router.language.source import Span


class RespelledExpression(Diagnostic, frozen=True):
    """A piece of an expression that has a spelling which works."""

    advice = Entry(zh="{repair}", en="{repair}")

    whole: Span
    """Of the expression with its slashes."""
    corrected: str | None
    """The expression with its slashes as it is meant, where that is certain."""

    @property
    def repair(self) -> Text:
        """What to do, for people."""
        return write_instead(self.corrected)

    def fix(self) -> Fix | None:
        """Write the whole expression as it is meant."""
        return None if self.corrected is None else Fix.replacing(self.whole, self.corrected, SUGGESTED)
