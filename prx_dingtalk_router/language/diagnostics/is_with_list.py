"""PRX302 is-with-list."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix
from prx_dingtalk_router.language.source import Span


class IsWithList(Diagnostic, frozen=True):
    """``is`` before a list.

    What: ``is`` or ``is not`` is followed by a list, or by the name of one.
    Why: ``is`` compares with one value. Whether a list is meant as "one of these" has to be said by ``in``.
    Wrong:
        rule known when sender is ["u1001", "u1002"] then drop
    Right:
        rule known when sender is in ["u1001", "u1002"] then drop
    Fix: Write ``sender in ["u1001", "u1002"]``, or ``sender not in …`` for none of them. ``prx-router validate
        --fix`` does it for you.
    """

    page_zh = """
    `is` 后面写了列表。

    是什么：`is` 或 `is not` 后面是一个列表，或列表的名称。
    为什么：`is` 只和一个值比较。要表示“是其中任意一个”，得写 `in`。
    怎么改：写成 `sender in ["u1001", "u1002"]`；“不是其中任何一个”写成
        `sender not in ["u1001", "u1002"]`。`prx-router validate --fix` 可以替您改好。
    """

    code = "PRX302"
    severity = "error"
    sentence = Entry(
        zh="`is` 只能和一个值比较；与列表比较请写 `{instead}`",
        en="`is` compares with one value; for a list write `{instead}`",
    )
    advice = Entry(zh="`is in` 表示“等于其中任意一个”", en="`is in` means equal to any one of them")

    negated: bool
    values: Span
    """The list."""

    @property
    def instead(self) -> str:
        """The operator for lists."""
        return "is not in" if self.negated else "is in"

    def fix(self) -> Fix | None:
        """Put ``in`` before the list."""
        return Fix.replacing(self.values.part(0, 0), "in ", SAFE)
