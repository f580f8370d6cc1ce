"""PRX323 flag-with-operator."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class FlagWithOperator(Diagnostic, frozen=True):
    """A flag that is compared with something.

    What: A flag such as ``group`` or ``admin`` is followed by an operator.
    Why: A flag is either set or not; there is nothing to compare it with.
    Wrong:
        rule here when group is "yes" then drop
    Right:
        rule here when group then drop
    Fix: Write ``when group``, or ``when not group``.
    """

    page_zh = """
    只有“是”和“否”的字段，后面写了比较。

    是什么：`group`（群聊）、`private`（单聊）、`admin`（管理员）这样的字段后面写了 `is` 之类的比较词。
    为什么：这样的字段只有“是”和“否”，没有东西可以比较。
    错误写法：
        rule here when group is "是" then drop
    正确写法：
        rule here when group then drop
    怎么改：直接写 `when group`；要表示“不是”，写 `when not group`。
    """

    code = "PRX323"
    severity = "error"
    sentence = Entry(
        zh="`{flag}` 只有“是”和“否”，后面不能写 `{found}`",
        en="`{flag}` is either so or not; `{found}` cannot follow it",
    )
    advice = Entry(zh="直接写 `{flag}` 或 `not {flag}`", en="write `{flag}` or `not {flag}`")

    flag: str
    found: str
    """The operator behind it."""
