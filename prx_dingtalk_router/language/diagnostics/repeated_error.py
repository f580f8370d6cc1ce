"""PRX132 repeated-error."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics.repeated import Repeated


class RepeatedError(Repeated, frozen=True):
    """More errors of one kind than are listed.

    What: A file has more errors of one kind than are listed; the others are only counted, from this place on.
    Why: Mostly one mistake is behind all of them, and a list that long hides the others.
    Wrong:
        rule a when x then drop   # … and thirty more rules with a condition that is declared nowhere
    Right:
        condition x = group
        rule a when x then drop
    Fix: Correct those that are listed and run ``prx-router validate`` again.
    """

    page_zh = """
    同一种错误太多，没有全部列出。

    是什么：一个文件里同一种错误只列出前几十处；从这里起，其余的只计数。
    为什么：多半它们出于同一个原因，全部列出反而看不到别的问题。
    错误写法：
        rule a when x then drop   # … 还有三十条规则用了没有定义的条件 x
    正确写法：
        condition x = group
        rule a when x then drop
    怎么改：先改好已经列出的几处，再运行一次 `prx-router validate`，剩下的会继续列出。
    """

    code = "PRX132"
    severity = "error"
