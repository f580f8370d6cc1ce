"""PRX701 folded-away."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class FoldedAway(Diagnostic, frozen=True):
    r"""A character in a text that makes no difference.

    What: A text that a text field is compared with holds a character that cannot be
        seen, or a mark on a CJK letter.
    Why: Such characters come along when a text is copied, and are dropped before texts are compared. In the file they
        only mislead: two texts that look the same are not found by the same search.
    Wrong:
        rule vpn when text contains "V\u{200B}PN" then drop
    Right:
        rule vpn when text contains "VPN" then drop
    Fix: Delete it, or type the text again.
    """

    page_zh = """
    文字里有比较时会去掉的字符。

    是什么：拿来比较的文字里，有看不见的字符，或加在汉字上的符号。
    为什么：它们多半是复制时带来的，比较之前会去掉。留在文件里只会误导人：看起来一样的两段文字，查找时却对不
        上。
    怎么改：删去它，或把这段文字重新打一遍。
    """

    code = "PRX701"
    severity = "warning"
    sentence = Entry(
        zh="这里的 {character} 比较时会去掉（看不见的字符、加在汉字上的符号都不算数）",
        en="{character} is dropped when this is compared, as are all invisible characters and marks on Chinese characters",
    )
    advice = Entry(
        zh="删去这个字符（多半是从网页或聊天里复制来的）",
        en="delete it; it was probably copied from a page or a chat",
    )

    character: str
    """Its number and name."""
    instead: str | None
    """The text without such characters."""

    def fix(self) -> Fix | None:
        """Delete the characters that cannot be seen."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
