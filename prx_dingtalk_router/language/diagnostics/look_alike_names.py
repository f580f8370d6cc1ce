"""PRX207 look-alike-names."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import (
    NameKind,
    first_here,
    kind_name,
)
from prx_dingtalk_router.language.source import Span


class LookAlikeNames(Diagnostic, frozen=True):
    """Two names that can hardly be told apart.

    What: Two names of one kind differ only by upper and lower case, by width, or by letters of different scripts that
        look the same.
    Why: Whoever reads the rules takes one for the other, and whoever writes the next rule may use the wrong one.
    Wrong:
        list vip = ["u1001"]
        list VIP = ["u1002"]
        rule known when sender in [vip, VIP] then drop
    Right:
        list vip = ["u1001"]
        list board = ["u1002"]
        rule known when sender in [vip, board] then drop
    Fix: Give one of them a clearly different name, also where it is used.
    """

    page_zh = """
    两个名称太像，容易看错。

    是什么：两个同类的名称只差大小写、全角半角，或用了长得一样的不同文字（例如英文 a 和俄文 а）。
    为什么：读规则的人会把它们看成一个，写下一条规则的人会用错。
    怎么改：给其中一个换个明显不同的名称，用到它的地方也跟着改。
    """

    code = "PRX207"
    severity = "warning"
    sentence = Entry(
        zh="{what} `{found}` 与 `{other}` 只差大小写、全角半角或字形，容易看错",
        en="the {what} `{found}` differs from `{other}` only by case, width or look",
    )
    advice = Entry(zh="给其中一个换个明显不同的名称", en="give one of them a clearly different name")

    kind: NameKind
    found: str
    other: str
    earlier: Span

    @property
    def what(self) -> Text:
        """The kind, for people."""
        return kind_name(self.kind)

    @property
    def related(self) -> tuple[Related, ...]:
        """The declaration of the other name."""
        return first_here(self.earlier)
