"""PRX108 unknown-flag."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class UnknownFlag(Diagnostic, frozen=True):
    """A letter behind an expression that is not its one flag.

    What: Something other than ``i`` stands directly behind the closing slash of an expression.
    Why: The one flag is ``i``, for which upper and lower case are the same. What ``g`` and ``u`` ask for elsewhere holds
        here anyway; other flags would change what the expression finds.
    Wrong:
        rule vpn when text matches /vpn/gi then drop
    Right:
        rule vpn when text matches /vpn/i then drop
    Fix: Leave only the ``i`` if case does not matter, as in ``/vpn/i``, else nothing, as in ``/vpn/``.
    """

    page_zh = """
    表达式后面的字母不是 `i`。

    是什么：结尾的斜杠后面只能跟一个字母 `i`，这里是别的。
    为什么：`i` 表示不分大小写，是唯一的标志。别处的 `g`、`u` 在这里本来就是这样；其他字母会改变表达式的意
        思，这里没有。
    怎么改：不分大小写就只留 `i`，如 `/vpn/i`；否则什么都不写，如 `/vpn/`。
    """

    code = "PRX108"
    severity = "error"
    sentence = Entry(zh="表达式后面不能写 `{flags}`", en="`{flags}` is not a flag of an expression")
    advice = Entry(
        zh="后面只能写 `i`（不分大小写），例如 `/vpn/i`",
        en="the one flag is `i`, upper and lower case alike, as in `/vpn/i`",
    )

    flags: str
    instead: str | None = None
    """What can stand there and means the same."""

    def fix(self) -> Fix | None:
        """Leave out what asks for nothing, or part the flag from the word behind it."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
