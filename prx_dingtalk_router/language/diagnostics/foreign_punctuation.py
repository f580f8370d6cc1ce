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
    Fix: Type it again with the keyboard set to English. ``prx-router validate --fix`` replaces them all at
        once.
    """

    page_zh = """
    用了全角的逗号、括号或等号。

    是什么：规则的符号用中文输入法打成了全角，例如 `，`、`（`、`）`、`＝`。
    为什么：看起来差不多，但只有英文（半角）的才是规则的符号。引号里面的文字不受影响。
    怎么改：切换到英文输入法重新打这个符号。`prx-router validate --fix` 可以一次全部换好。
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
