"""PRX203 unused-name."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.phrases import NameKind, kind_name

USES: dict[NameKind, str] = {
    "list": "text contains",
    "pattern": "text matches",
    "hours": "during",
    "condition": "when",
    "template": "reply",
    "rule": "by",
}
"""What comes before a name of each kind."""


class UnusedName(Diagnostic, frozen=True):
    """A declared name that nothing uses.

    What: A list, pattern, condition, template or set of hours is declared, and no rule, condition or list names it.
    Why: It does nothing. Often a rule was meant to use it, and uses another name or a text instead.
    Wrong:
        list staff = ["u1001"]
        rule known when sender is "u1001" then drop
    Right:
        list staff = ["u1001"]
        rule known when sender in staff then drop
    Fix: Use it in a rule, as in ``when sender in staff``, or remove it.
    """

    page_zh = """
    定义了名称，却没有用到。

    是什么：定义了一个列表、表达式、条件、模板或时间段，但没有任何规则、条件或列表提到它。
    为什么：它不起任何作用。多半是某条规则本来要用它，却写成了别的名称或文字。
    怎么改：在规则里用上它，例如 `when sender in staff`；确实不需要就删去。
    """

    code = "PRX203"
    severity = "warning"
    sentence = Entry(zh="{what} `{found}` 没有被用到", en="the {what} `{found}` is never used")
    advice = Entry(
        zh="在规则里用上它，例如 `{use}`；不需要就删去",
        en="use it in a rule, as in `{use}`, or remove it",
    )

    kind: NameKind
    found: str

    @property
    def use(self) -> str:
        """How it is used."""
        return f"{USES[self.kind]} {self.found}"

    @property
    def what(self) -> Text:
        """The kind, for people."""
        return kind_name(self.kind)
