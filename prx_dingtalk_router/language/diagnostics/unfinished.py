"""PRX103 unfinished."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


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
    advice = Entry(zh="补全这条声明，或整条删去", en="complete this declaration, or remove it")

    opener: str
    expected: tuple[Text | str, ...]
    """What has to follow, in words, the general before the particular."""
