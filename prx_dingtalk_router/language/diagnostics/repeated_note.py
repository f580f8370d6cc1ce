"""PRX139 repeated-note."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics.repeated import Repeated


class RepeatedNote(Repeated, frozen=True):
    """More notes of one kind than are listed.

    What: A file has more notes of one kind than are listed; the others are only counted, from this place on.
    Why: A list that long hides what else is found.
    Wrong:
        hours a = workdays 09:00-18:00 calendar "CN"   # … and thirty more of these
        rule closed when not during a then drop
    Right:
        hours office = workdays 09:00-18:00 calendar "CN"
        rule closed when not during office then drop
    Fix: Deal with those that are listed and run ``prx-router validate`` again; ``--ignore PRX322`` hides a note
        that you do not care for.
    """

    page_zh = """
    同一种提示太多，没有全部列出。

    是什么：一个文件里同一种提示只列出前几十处；从这里起，其余的只计数。
    为什么：全部列出会看不到别的问题。
    错误写法：
        hours a = workdays 09:00-18:00 calendar "CN"   # … 还有三十个这样的
        rule closed when not during a then drop
    正确写法：
        hours office = workdays 09:00-18:00 calendar "CN"
        rule closed when not during office then drop
    怎么改：先处理已经列出的几处，再运行一次 `prx-router validate`；这种提示您不关心的话，可以加
        `--ignore PRX322` 不看它。
    """

    code = "PRX139"
    severity = "note"
