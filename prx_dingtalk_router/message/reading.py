"""From a bot callback to the message that rules see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prx_dingtalk_router.errors import MessageError
from prx_dingtalk_router.message.callback import BotCallback, read_callback
from prx_dingtalk_router.message.content import content_of
from prx_dingtalk_router.message.model import Message, Notice
from prx_dingtalk_router.text.mention import strip_mention

QUOTA_CODE = "20001"
"""``errorCode`` of an over-quota notice (dingtalk-stream.md sections 6 and 9)."""


def read_message(
    payload: Mapping[str, Any] | BotCallback, *, received_ms: int, robot_name: str = "", client_id: str = ""
) -> Message:
    """Read the ``data`` of a bot callback.

    Args:
        payload: the callback as a JSON object (dingtalk-stream.md section 6), or as it was read from its text already.
        received_ms: when it arrived, Unix milliseconds; stands in for a ``createAt`` that is missing or no time.
        robot_name: the configured name, whose leading mention is cut off the shown text.
        client_id: stands in for a missing ``robotCode``.

    Raises:
        MessageError: ``payload`` is no object, it has no ``msgId``, or an id is of a kind that means nothing; names the
            field. Everything else of such a kind is as if absent (dingtalk-stream.md section 10).
    """
    if isinstance(payload, BotCallback):
        callback = payload
    elif isinstance(payload, Mapping):
        callback = read_callback(payload)
    else:
        raise MessageError("message.not-an-object")
    content = content_of(callback, robot_name)
    group = callback.conversationType.strip() == "2"
    return Message(
        msg_id=callback.msgId,
        robot=callback.robotCode or client_id,
        conversation=callback.conversationId,
        group=group,
        text=strip_mention(content.received, robot_name),
        quoted=content.quoted,
        sender=callback.senderStaffId,
        sender_id=callback.senderId,
        sender_name=callback.senderNick,
        conversation_title=callback.conversationTitle if group else "",
        file_name=content.file_name,
        pictures=content.pictures,
        corp=callback.senderCorpId,
        type=callback.msgtype,
        mentioned=callback.isInAtList,
        admin=callback.isAdmin,
        created_at_ms=callback.createAt or received_ms,
        notice=_notice(callback, content.received),
        session_webhook=callback.sessionWebhook,
        session_webhook_expires_ms=callback.sessionWebhookExpiredTime,
    )


def _notice(callback: BotCallback, received: str) -> Notice | None:
    if QUOTA_CODE in (callback.errorCode, callback.errCode) and not received:
        return "quota"
    if callback.senderId and callback.senderId == callback.chatbotUserId:
        return "own"
    return None
