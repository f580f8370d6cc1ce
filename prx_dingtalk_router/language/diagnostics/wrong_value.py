"""PRX301 wrong-value."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix

FOUND = {
    "string": Entry(zh="一段文字", en="a string"),
    "regex": Entry(zh="一个表达式", en="an expression"),
    "nothing": Entry(zh="空的名称", en="an empty name"),
}
EXPECTED = {
    "strings": Entry(zh="文字或列表", en="a string or a list"),
    "string": Entry(zh="文字；表达式请配合 `matches` 使用", en="a string; expressions go with `matches`"),
    "regexes": Entry(zh="表达式 `/…/` 或 pattern 的名称", en="an expression `/…/` or the name of a pattern"),
    "list": Entry(zh="列表", en="a list"),
    "agent": Entry(zh="智能体的名称", en="the name of an agent"),
}


HELP = {
    "strings": Entry(
        zh='写成文字 `"报销"` 或列表 `["报销", "发票"]`；表达式用 `text matches /…/`',
        en='write a string `"vpn"` or a list `["vpn", "proxy"]`; an expression goes with `text matches /…/`',
    ),
    "string": Entry(
        zh='写成文字 `"报销"`；表达式用 `text matches /…/`',
        en='write a string `"vpn"`; an expression goes with `text matches /…/`',
    ),
    "regexes": Entry(
        zh='写成 `/报销|发票/`；只找固定的词，改用 `text contains "报销"`',
        en='write `/vpn|proxy/`; fixed words are found by `text contains "vpn"`',
    ),
    "list": Entry(
        zh='放进方括号，例如 `["u1001"]`；只有一个值也可以用 `is "u1001"`',
        en='put it between brackets, as in `["u1001"]`; a single value can be asked for by `is "u1001"`',
    ),
    "agent": Entry(zh="写上名称，例如 `agent helpdesk`", en="write its name, as in `agent helpdesk`"),
}


class WrongValue(Diagnostic, frozen=True):
    """A value of another kind than the one that belongs in its place.

    What: A string, an expression or a list stands where only a value of another kind can be used.
    Why: An operator compares with one kind of value: ``matches`` with expressions, ``in`` with lists, the others with
        strings. Anything else could never be what was meant.
    Wrong:
        rule vpn
          when text contains /vpn/i
          then drop
    Right:
        rule vpn
          when text matches /vpn/i
          then drop
    Fix: Write a value of that kind, or take another operator: ``text matches /vpn/i``, ``text contains "vpn"``,
        ``sender in ["u1001"]``.
    """

    page_zh = """
    值的种类不对。

    是什么：这里写的是文字、表达式或列表，而这个地方要的是另一种。
    为什么：每个比较词只和一种值比较：`matches` 后面是表达式 `/…/`，`in` 后面是列表 `[…]`，其余的后面是文字
        `"…"`。
    怎么改：换成需要的那种值，或换一个合适的比较词：表达式用 `text matches /vpn/i`，文字用
        `text contains "vpn"`，列表用 `sender in ["u1001"]`。
    """

    code = "PRX301"
    severity = "error"
    sentence = Entry(zh="这里是{what}，需要的是{instead}", en="this is {what}; what is needed is {instead}")
    advice = Entry(
        zh='文字写 `"报销"`，表达式写 `/报销|发票/`，列表写 `["报销", "发票"]`',
        en='a string is `"vpn"`, an expression `/vpn|proxy/`, a list `["vpn", "proxy"]`',
    )

    found: Literal["string", "regex", "nothing"]
    expected: Literal["strings", "string", "regexes", "list", "agent"]
    written: str | None = None
    """The string in its quotes, where a list of it alone is what is needed."""

    @property
    def what(self) -> Wording:
        """What is written there, for people."""
        return Wording(FOUND[self.found])

    @property
    def help(self) -> Wording:
        """What to do, for people."""
        return Wording(HELP[self.expected])

    @property
    def instead(self) -> Wording:
        """What is needed, for people."""
        return Wording(EXPECTED[self.expected])

    def fix(self) -> Fix | None:
        """Put a single string into a list."""
        return Fix.replacing(self.span, f"[{self.written}]", SAFE) if self.written is not None else None
