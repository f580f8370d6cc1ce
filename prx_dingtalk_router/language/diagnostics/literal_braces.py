"""PRX707 literal-braces."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.phrases import write_instead
from prx_dingtalk_router.language.source import Span


class LiteralBraces(Diagnostic, frozen=True):
    """Braces of an expression that look like a count and are none.

    What: An expression holds ``{,5}``, ``{2, 4}`` or ``{01}``.
    Why: RE2 takes only ``{2}``, ``{2,}`` and ``{2,4}`` for a count, without blanks and with the smaller number. Other braces
        are looked for as they are written, so the expression is hardly ever found.
    Wrong:
        rule short when text matches /^.{,5}$/ then drop
    Right:
        rule short when text matches /^.{0,5}$/ then drop
    """

    code = "PRX707"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 不是重复次数，找到的是这几个符号本身",
        en="`{found}` is no count here: it finds these signs themselves",
    )
    advice = Entry(zh="{repair}", en="{repair}")

    found: str
    whole: Span
    """Of the expression with its slashes."""
    corrected: str | None
    """The expression with its slashes, with counts."""

    @property
    def repair(self) -> Text:
        """What to do, for people."""
        return write_instead(self.corrected)

    def fix(self) -> Fix | None:
        """Write them as counts."""
        return None if self.corrected is None else Fix.replacing(self.whole, self.corrected, SUGGESTED)
