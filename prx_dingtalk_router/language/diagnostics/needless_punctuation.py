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
    Fix: Delete it. ``prx-router validate --fix`` does it for you.
    """

    page_zh = """
    多了一个标点。

    是什么：这里有一个规则用不到的句号、冒号、分号或逗号。
    为什么：语句和步骤靠词来分开，不靠标点。
    怎么改：删去它。`prx-router validate --fix` 可以替您删掉。
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
