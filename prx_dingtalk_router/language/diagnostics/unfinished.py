"""PRX103 unfinished."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.forms import example_of


class Unfinished(Diagnostic, frozen=True):
    """A declaration that ends before it is complete.

    What: A declaration stops where more has to follow.
    Why: Half a rule would do something other than what its writer has in mind, so it does nothing until it is
        finished.
    Wrong:
        rule vpn
          when text contains "vpn"
    Right:
        rule vpn
          when text contains "vpn"
          then reply "一会儿就好"
    Fix: Add what comes after "expected", or remove the declaration; a ``#`` before each of its lines makes it a
        comment.
    """

    page_zh = """
    语句只写了一半。

    是什么：语句在还应该有内容的地方就结束了，例如规则有 `when` 没有 `then`。
    为什么：写了一半的规则会做出您没想到的事，所以写完之前不起作用。
    怎么改：按“后面还应有”补上缺的部分；如果不想要这条语句，就整条删去，或在每行前面加 `#` 变成注释。
    """

    code = "PRX103"
    severity = "error"
    sentence = Entry(
        zh="`{opener}` 没有写完，后面还应有：{expected}",
        en="this `{opener}` is not finished; expected {expected} after it",
    )
    advice = Entry(
        zh="完整的写法，例如：`{example}`",
        en="a whole one is written like this: `{example}`",
    )

    opener: str
    expected: tuple[Text | str, ...]
    """What has to follow, in words, the general before the particular."""
    name_given: str = ""
    """What is declared."""

    @property
    def example(self) -> Wording | None:
        """A declaration of this kind that is complete."""
        return example_of(self.opener, self.name_given)
