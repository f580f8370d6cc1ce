"""PRX124 invisible-character."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class InvisibleCharacter(Diagnostic, frozen=True):
    """Characters between words that cannot be seen.

    What: Characters that have no width, or are blanks of another kind, stand outside strings.
    Why: They come along when rules are copied from a chat, a page or a document, and part what looks like one word.
    Wrong:
        ru\u200ble vpn when text contains "vpn" then drop
    Right:
        rule vpn when text contains "vpn" then drop
    Fix: Delete it, or type the word again. ``prx-router validate --fix`` does it for you.
    """

    page_zh = """
    词与词之间有看不见的字符。

    是什么：引号外面混进了没有宽度的字符，或其他种类的空白。
    为什么：它们多半是从微信、网页或 Word 复制来的，会把看起来完整的一个词从中间断开。
    怎么改：删去它：把光标放在指出的位置删一次，或把这个词整个重打。`prx-router validate --fix` 可以替您删
        掉。
    """

    code = "PRX124"
    severity = "error"
    sentence = Entry(
        zh="这里有一个看不见的字符（{character}），多半是从微信、网页或 Word 复制来的",
        en="this is an invisible character ({character}), probably copied from a chat, a page or a document",
    )
    advice = Entry(zh="删去它", en="delete it")

    first: int
    """The code point of the first of them."""
    blank: bool
    """Whether one of them is a blank."""

    @property
    def character(self) -> str:
        """The number of the first of them."""
        return f"U+{self.first:04X}"

    def fix(self) -> Fix | None:
        """Delete them, or put an ordinary blank in their place."""
        return Fix.replacing(self.span, " " if self.blank else "", SAFE)
