"""PRX114 wide-blank."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class WideBlank(Diagnostic, frozen=True):
    """A full-width or no-break blank between words.

    What: A blank outside strings is one of those that Chinese keyboards and web pages give.
    Why: It counts as an ordinary blank, but nobody sees the difference, and a search for the line may miss it.
    Wrong:
        rule　vpn when text contains "vpn" then drop
    Right:
        rule vpn when text contains "vpn" then drop
    Fix: Type an ordinary blank. ``prx-router validate --fix`` does it for you.
    """

    page_zh = """
    词与词之间用了全角空格。

    是什么：引号外面有一个全角空格或“不间断空格”，是中文输入法或网页复制带来的。
    为什么：它算作普通空格，规则照常起作用；但看不出区别，以后查找这一行时可能找不到。
    怎么改：换成普通空格。`prx-router validate --fix` 可以替您换好。
    """

    code = "PRX114"
    severity = "warning"
    sentence = Entry(
        zh="这里有一个全角或不间断空格（{character}），已当作普通空格",
        en="this is a full-width or no-break blank ({character}), taken for an ordinary one",
    )
    advice = Entry(zh="换成普通空格，以免看错", en="replace it by an ordinary blank")

    found: str

    @property
    def character(self) -> str:
        """The number of the character."""
        return f"U+{ord(self.found[0]):04X}"

    def fix(self) -> Fix | None:
        """Write as many ordinary blanks."""
        return Fix.replacing(self.span, " " * len(self.found), SAFE)
