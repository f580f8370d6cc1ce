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
