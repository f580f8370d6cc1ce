"""PRX205 include-cycle."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class IncludeCycle(Diagnostic, frozen=True):
    """Files that use each other in a circle.

    What: A file uses another that, by whatever way, uses the first one again.
    Why: The order of the rules is the order in which they are read. In a circle no file comes first.
    Wrong:
        use "people.rules"
        otherwise drop
        # file: people.rules
        use "main.rules"
    Right:
        use "people.rules"
        otherwise drop
        # file: people.rules
        rule known when sender is "u1001" then drop
    Fix: Remove one of the ``use`` lines. What both files need can move to a third one, which the entry file
        uses.
    """

    page_zh = """
    几个文件互相引用，绕成了圈。

    是什么：一个文件引用另一个，另一个又直接或间接引用回来。
    为什么：规则按读到的先后排列。绕成圈就没有先后了。
    怎么改：去掉圈里的一个 `use`。两个文件都要用的内容，可以移到第三个文件，由入口文件引用。
    """

    code = "PRX205"
    severity = "error"
    sentence = Entry(zh="文件互相引用：{chain}", en="files use each other in a circle: {chain}")
    advice = Entry(zh="去掉其中一个 `use`", en="remove one of these `use` lines")

    chain: str
    """The files from the first to itself, as people read it."""
