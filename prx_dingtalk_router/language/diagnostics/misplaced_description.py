"""PRX123 misplaced-description."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class MisplacedDescription(Diagnostic, frozen=True):
    """The description of a rule at another place than behind its name.

    What: The text that says what a rule is for stands before its name, or behind ``shadow``.
    Why: Every rule reads in the same order: its name, what it is for, ``shadow``, ``when``.
    Wrong:
        rule "VPN 问题" vpn when text contains "vpn" then drop
    Right:
        rule vpn "VPN 问题" when text contains "vpn" then drop
    Fix: Move it behind the name: ``rule vpn "questions about the VPN" shadow when …``.
    """

    page_zh = """
    规则的说明放错了位置。

    是什么：说明规则用途的那段文字，写在了名称前面或 `shadow` 后面。
    为什么：每条规则的顺序都一样：名称、说明、`shadow`、`when`，读起来才快。
    怎么改：把说明移到名称后面：`rule vpn "VPN 问题" shadow when …`。
    """

    code = "PRX123"
    severity = "error"
    sentence = Entry(
        zh="规则的说明要写在名称后面、`shadow` 前面",
        en="the description of a rule stands behind its name, before `shadow`",
    )
    advice = Entry(
        zh='写成 `rule 名称 "说明" shadow when …`', en='write `rule NAME "what it is for" shadow when …`'
    )

    instead: str | None
    """Both in the right order, where nothing stands between them."""

    def fix(self) -> Fix | None:
        """Change their order."""
        return Fix.replacing(self.span, self.instead, SAFE) if self.instead is not None else None
