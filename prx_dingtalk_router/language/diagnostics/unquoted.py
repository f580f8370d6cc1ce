"""PRX120 unquoted."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class Unquoted(Diagnostic, frozen=True):
    """The name of a file without quotes.

    What: ``use``, ``lines`` or ``file`` is followed by the name of a file that stands in no quotes.
    Why: The name of a file is a text, and texts stand between quotes.
    Wrong:
        use people.rules
        # file: people.rules
        otherwise drop
    Right:
        use "people.rules"
        # file: people.rules
        otherwise drop
    Fix: Put quotes around it: ``use "people.rules"``, ``lines "staff.txt"``.
    """

    page_zh = """
    文件名没有加引号。

    是什么：`use`、`lines` 或 `file` 后面的文件名没有放在引号里。
    为什么：文件名是一段文字，文字都要放在英文双引号里。
    怎么改：在文件名两边加上 `"`，例如 `use "people.rules"`、`lines "员工.txt"`。
    """

    code = "PRX120"
    severity = "error"
    sentence = Entry(zh="`{found}` 要放在英文双引号里", en="`{found}` goes between double quotes")
    advice = Entry(zh='写成 `"{found}"`', en='write `"{found}"`')

    found: str

    def fix(self) -> Fix | None:
        """Quote it."""
        return Fix.replacing(self.span, f'"{self.found}"', SAFE)
