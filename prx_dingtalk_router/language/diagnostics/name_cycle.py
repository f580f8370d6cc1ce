"""PRX209 name-cycle."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.phrases import (
    kind_name,
)


class NameCycle(Diagnostic, frozen=True):
    """A list or condition that holds itself.

    What: A list or a condition names another that, by whatever way, names the first one again.
    Why: What stands in it can never be told: to know the one, the other would have to be known first.
    Wrong:
        list staff = ["u1001", board]
        list board = [staff]
        rule known when sender in staff then drop
    Right:
        list staff = ["u1001", board]
        list board = ["u1002"]
        rule known when sender in staff then drop
    Fix: Take one of the references out, and write what was meant there.
    """

    page_zh = """
    列表或条件引用了自己。

    是什么：一个列表或条件提到另一个，另一个又直接或间接提到它。
    为什么：要知道其中一个的内容，得先知道另一个的，永远算不出来。
    怎么改：去掉其中一处引用，把那里真正要的内容写出来。
    """

    code = "PRX209"
    severity = "error"
    sentence = Entry(zh="{what}引用了自己：{chain}", en="the {what} refers to itself: {chain}")
    advice = Entry(zh="去掉其中一处引用", en="take one of these references out")

    kind: Literal["list", "condition"]
    chain: str
    """The names from the first to itself, as people read it."""

    @property
    def what(self) -> Text:
        """The kind, for people."""
        return kind_name(self.kind)
