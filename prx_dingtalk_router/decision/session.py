"""Which messages an agent sees as one conversation (interfaces.md section 2, `session`)."""

from __future__ import annotations

from prx_dingtalk_router.decision.model import SessionScope
from prx_dingtalk_router.message import Message


def default_scope(message: Message) -> SessionScope:
    """``conversation`` in private chats; in groups each person has their own thread (language.md section 7)."""
    return "sender" if message.group else "conversation"


def session_name(client_id: str, message: Message, scope: SessionScope, generation: int = 0) -> str:
    """The session, which travels to PRX as ``reply_target``.

    Args:
        client_id: of the bot; the robot code stands in where it is not known.
        message: whose conversation and sender are meant.
        scope: ``conversation``, ``sender`` or ``message``.
        generation: how often the sender said ``forget`` there; from 1 on it is part of the name.
    """
    # Without a conversation id strangers must not share one conversation: the sender stands in.
    conversation = message.conversation or message.sender_key
    parts = ["dingtalk", client_id or message.robot, message.kind, conversation]
    if scope == "sender":
        parts.append(message.sender_key)
    elif scope == "message":
        parts.append(message.msg_id)
    if generation:
        parts.append(f"g{generation}")
    return ":".join(parts)
