"""PRX142 ignored-error."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix
from prx_dingtalk_router.language.source import Span


class IgnoredError(Diagnostic, frozen=True):
    """A comment ``# prx: ignore`` with the code of an error.

    What: The comment names an error, not a warning.
    Why: A set with an error cannot be loaded, whoever looks away.
    Wrong:
        rule vpn when text contains "vpn" then drop   # prx: ignore PRX201
    Right:
        rule vpn when text contains "vpn" then drop
    Fix: ``--fix`` removes the code from the comment. The error itself has to be mended: ``prx-router codes`` explains it.
    """

    page_zh = """
    注释 `# prx: ignore` 想忽略一个错误。

    是什么：注释里写的是错误的代码，不是警告的。
    为什么：有错误的规则根本不能用，看不见也一样不能用。
    怎么改：`--fix` 会把这个代码从注释里删去。错误本身要改正：`prx-router codes` 加上代码会说明怎么改。
    """

    code = "PRX142"
    severity = "warning"
    sentence = Entry(
        zh="{found} 是错误，有它规则就不能用，不能忽略",
        en="{found} is an error: rules with it cannot be used, so it cannot be ignored",
    )
    advice = Entry(
        zh="改正那个错误，删去这个代码；只有警告和提示可以忽略",
        en="mend the error and remove this code; only warnings and notes can be ignored",
    )

    found: str
    removed: Span
    """What the fix replaces."""
    instead: str
    """And by what."""

    def fix(self) -> Fix | None:
        """Remove the code."""
        return Fix.replacing(self.removed, self.instead, SAFE)
