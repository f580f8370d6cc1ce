"""PRX307 empty-list."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class EmptyList(Diagnostic, frozen=True):
    """A list that holds nothing.

    What: A list has no entries, or a file of lines has none.
    Why: A condition with it would never hold, and one that negates it always: an export that came out empty would open
        every door.
    Wrong:
        rule known when sender in [] then drop
    Right:
        rule known when sender in ["u1001"] then drop
    Fix: Write at least one entry, such as ``["u1001"]``. If it comes from a file, see whether the export went
        wrong; it holds one entry a line.
    """

    page_zh = """
    列表里什么都没有。

    是什么：列表没有一项内容，或者它引用的文件里一行也没有。
    为什么：用它的条件永远不成立，而“不在列表里”则永远成立：名单导出时出错变空，就等于对所有人开门。
    怎么改：至少写一项，例如 `["u1001"]`；来自文件的，看看文件是不是导出错了，应该一行一项。
    """

    code = "PRX307"
    severity = "error"
    sentence = Entry(zh="这个列表是空的", en="this list is empty")
    advice = Entry(
        zh="空列表会让条件永远不成立（或取反后永远成立）；至少写一项",
        en="an empty list would never match, or always once negated; write at least one entry",
    )
