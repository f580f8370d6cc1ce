"""PRX133 repeated-warning."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics.repeated import Repeated


class RepeatedWarning(Repeated, frozen=True):
    """More warnings of one kind than are listed.

    What: A file has more warnings of one kind than are listed; the others are only counted, from this place on.
    Why: A list that long hides what else is found.
    Wrong:
        list a = ["x"]   # … and thirty more lists that no rule uses
    Right:
        list a = ["x"]
        rule a when text in a then drop
    Fix: Deal with those that are listed and run ``prx-router validate`` again; ``--ignore PRX203`` hides a
        warning that you do not care for.
    """

    page_zh = """
    同一种警告太多，没有全部列出。

    是什么：一个文件里同一种警告只列出前几十处；从这里起，其余的只计数。
    为什么：全部列出会看不到别的问题。
    错误写法：
        list a = ["x"]   # … 还有三十个没有规则用到的列表
    正确写法：
        list a = ["x"]
        rule a when text in a then drop
    怎么改：先处理已经列出的几处，再运行一次 `prx-router validate`；这种警告您不关心的话，可以加
        `--ignore PRX203` 不看它。
    """

    code = "PRX133"
    severity = "warning"
