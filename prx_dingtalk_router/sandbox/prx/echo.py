"""The default answer: an echo that shows what the daemon remembers of the conversation, in no language."""

from __future__ import annotations

from prx_dingtalk_router.sandbox.prx.turns import TurnRequest


async def echo(request: TurnRequest) -> str:
    """Repeat the message and list the earlier ones that are still remembered: about four (section 18, item 9).

    The first line is ``**agent** ← message``, then ``reply_target: …``, then the earlier messages, numbered.
    """
    lines = [
        f"**{request.agent_id}** ← {request.message}",
        "",
        f"reply_target: {request.reply_target or '-'}",
    ]
    if request.earlier:
        lines += ["", *(f"{number}. {message}" for number, message in enumerate(request.earlier, 1))]
    return "\n".join(lines)
