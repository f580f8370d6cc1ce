"""PRX126 several-values."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix

SHOWN = 3
"""So many values are shown in the sentence."""


class SeveralValues(Diagnostic, frozen=True):
    """Several values side by side, where a list of them is meant.

    What: A comparison is followed by several values that ``or``, ``and`` or commas join.
    Why: ``and`` and ``or`` join whole conditions. Several values go into a list: any of them counts, or all of them
        after ``contains all``.
    Wrong:
        rule money when text contains "报销" or "发票" then agent expenses
    Right:
        rule money when text contains ["报销", "发票"] then agent expenses
    Fix: Write ``text contains ["vpn", "proxy"]``, or ``text contains all ["vpn", "proxy"]`` where both have to
        be there.
    """

    page_zh = """
    几个值并排写，应该写成列表。

    是什么：比较词后面用 `or`、`and` 或逗号连了好几个值。
    为什么：`and` 和 `or` 连接的是完整的条件。几个值要写成列表：有其中一个就算；用 `contains all` 则要全部都
        有。
    怎么改：写成 `text contains ["报销", "发票"]`；两个词都要出现时写 `text contains all ["报销", "发票"]`。
    """

    code = "PRX126"
    severity = "error"
    sentence = Entry(zh="几个值要写成列表：`{instead}`", en="several values go into a list: `{instead}`")
    advice = Entry(
        zh="放在一对方括号里，用逗号隔开；`and`、`or` 连接的是完整的条件",
        en="between brackets, with commas; `and` and `or` join whole conditions",
    )

    operator: str
    """How the comparison is written before a list."""
    values: tuple[str, ...]
    """As they are written."""
    surely: bool
    """Whether that is certainly meant, and nothing else of it is wrong."""

    @property
    def instead(self) -> str:
        """The comparison with a list, shortened."""
        more = ", …" if len(self.values) > SHOWN else ""
        return f"{self.operator} [{', '.join(self.values[:SHOWN])}{more}]"

    def fix(self) -> Fix | None:
        """Write the list."""
        if not self.surely:
            return None
        return Fix.replacing(self.span, f"{self.operator} [{', '.join(self.values)}]", SAFE)
