"""PRX125 needless-punctuation."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class NeedlessPunctuation(Diagnostic, frozen=True):
    """A sign without which everything would be in order.

    What: A full stop, colon, semicolon or comma stands where the language has none.
    Why: Declarations and steps are told apart by their words, not by punctuation.
    Wrong:
        rule vpn: when text contains "vpn" then drop
    Right:
        rule vpn when text contains "vpn" then drop
    """

    code = "PRX125"
    severity = "error"
    sentence = Entry(zh="这里不用 `{found}`", en="no `{found}` is needed here")
    advice = Entry(
        zh="删去即可；语句和步骤的前后不用标点",
        en="leave it out; declarations and steps are written without punctuation",
    )

    found: str
    between_words: bool
    """Whether what stands on both sides would grow together without it."""

    def fix(self) -> Fix | None:
        """Delete it."""
        return Fix.replacing(self.span, " " if self.between_words else "", SAFE)
