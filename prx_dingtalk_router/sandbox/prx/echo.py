"""The default answer: an echo that shows what the daemon remembers of the conversation."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.sandbox.prx.turns import TurnRequest


async def echo(request: TurnRequest) -> str:
    """Repeat the message and list the earlier ones that are still remembered: about four (section 18, item 9)."""
    target = request.reply_target or "-"
    lines = [
        text("sandbox.prx-echo", agent=request.agent_id, message=request.message).render(),
        "",
        text("sandbox.prx-echo-target", target=target).render(),
    ]
    if request.earlier:
        lines += ["", text("sandbox.prx-echo-earlier").render()]
        lines += [f"{number}. {message}" for number, message in enumerate(request.earlier, 1)]
    return "\n".join(lines)
