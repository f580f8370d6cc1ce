"""PRX328 never-busy."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Fix


class NeverBusy(Diagnostic, frozen=True):
    """A ``while busy`` where nothing is ever busy.

    What: A step with ``session per message`` has a ``while busy``.
    Why: Every message has a session of its own there, so no message ever meets a session that is busy, and the option does
        nothing.
    Wrong:
        rule vpn when text contains "vpn" then agent helpdesk session per message while busy replace
    Right:
        rule vpn when text contains "vpn" then agent helpdesk session per sender while busy replace
    Fix: Leave ``while busy`` out; or write ``session per sender`` if messages of one person belong together,
        ``session per conversation`` for those of a whole group.
    """

    page_zh = """
    `while busy` 写在了永远不会忙的地方。

    是什么：`while busy`（智能体正忙时怎么办）写在了 `session per message`（每条消息单独一个会话）的步骤里。
    为什么：每条消息都有自己的会话，从来不会碰上正忙的会话，所以这个选项不起作用。
    怎么改：去掉 `while busy`；想让同一个人的消息接着上一条谈，就写 `session per sender`，整个群共用一个会话
        写 `session per conversation`。
    """

    code = "PRX328"
    severity = "warning"
    sentence = Entry(
        zh="`while busy` 在这里不起作用：`session per message` 让每条消息各有一个会话，会话永远不忙",
        en="`while busy` does nothing here: with `session per message` each message has a session of its own, never busy",
    )
    advice = Entry(
        zh="去掉 `while busy`，或改用 `session per sender` / `session per conversation`",
        en="leave `while busy` out, or use `session per sender` or `session per conversation`",
    )

    def fix(self) -> Fix | None:
        """Leave it out."""
        return Fix.replacing(self.span, "", SAFE)
