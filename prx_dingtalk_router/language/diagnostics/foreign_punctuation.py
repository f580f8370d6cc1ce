"""PRX112 foreign-punctuation."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class ForeignPunctuation(Diagnostic, frozen=True):
    """A full-width comma, bracket or equals sign.

    What: A sign of the language was typed in its full-width form.
    Why: Both look nearly the same, but only the ordinary one is a sign of the language.
    Wrong:
        rule vpn when text contains ["vpn"，"翻墙"] then drop
    Right:
        rule vpn when text contains ["vpn", "翻墙"] then drop
    """

    code = "PRX112"
    severity = "error"
    sentence = Entry(
        zh="`{found}` 是全角标点，请改用 `{instead}`",
        en="`{found}` is full-width punctuation; write `{instead}`",
    )
    advice = Entry(zh="切换到英文输入法再输入这个符号", en="type it with the keyboard set to English")

    found: str
    instead: str

    def fix(self) -> Fix | None:
        """Write the ordinary sign."""
        return Fix.replacing(self.span, self.instead, SAFE)
