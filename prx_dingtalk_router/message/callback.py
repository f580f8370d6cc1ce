"""The bot callback as it stands on the wire (dingtalk-stream.md section 6), read tolerantly.

One that DingTalk writes as it documents is read at once; whatever deviates from that, field by field. Both give the same. Nearly all
are text that quotes nothing: such a one is read from its JSON without anything in between.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any

import msgspec

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.errors import MessageError
from prx_dingtalk_router.message.json_text import object_of
from prx_dingtalk_router.message.kinds import (
    MAX_TIMESTAMP_MS,
    Refused,
    flag,
    id_of,
    loose_id,
    milliseconds,
    some_id,
    stripped_id,
    words,
)

_Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=MAX_TIMESTAMP_MS)]


class BotCallback(msgspec.Struct, frozen=True):
    """The fields of a bot callback that this project reads, as DingTalk documents them; unknown ones are left out."""

    msgId: str
    msgtype: str = ""
    conversationId: str = ""
    conversationType: str = "1"
    conversationTitle: str = ""
    createAt: _Milliseconds = 0
    senderId: str = ""
    senderStaffId: str = ""
    senderNick: str = ""
    senderCorpId: str = ""
    chatbotUserId: str = ""
    robotCode: str = ""
    isAdmin: bool = False
    isInAtList: bool = False
    sessionWebhook: str = ""
    sessionWebhookExpiredTime: _Milliseconds = 0
    text: dict[str, Any] = {}
    content: dict[str, Any] = {}
    repliedMsg: dict[str, Any] = {}
    quoteMessage: dict[str, Any] = {}
    originalMsgId: Any = None
    originalProcessQueryKey: Any = None
    atUsers: Any = None
    errorCode: str = ""
    errCode: str = ""

    def __repr__(self) -> str:
        """Only the id: the rest holds a secret, the session webhook, and what people said."""
        return f"BotCallback(msgId={self.msgId!r})"


def _as_it_is(value: object) -> object:
    return value


_KINDS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "msgId": some_id,
        "msgtype": id_of,
        "conversationId": stripped_id,
        "conversationType": id_of,
        "conversationTitle": words,
        "createAt": milliseconds,
        "senderId": id_of,
        "senderStaffId": id_of,
        "senderNick": words,
        "senderCorpId": loose_id,
        "chatbotUserId": loose_id,
        "robotCode": id_of,
        "isAdmin": flag,
        "isInAtList": flag,
        "sessionWebhook": words,
        "sessionWebhookExpiredTime": milliseconds,
        "text": object_of,
        "content": object_of,
        "repliedMsg": object_of,
        "quoteMessage": object_of,
        "originalMsgId": _as_it_is,
        "originalProcessQueryKey": _as_it_is,
        "atUsers": _as_it_is,
        "errorCode": loose_id,
        "errCode": loose_id,
    }
)
"""How each field is read, whatever it holds."""


_USUAL = msgspec.json.Decoder(BotCallback)


def read_usual(data: str) -> BotCallback | None:
    """Read the ``data`` of a bot callback that is a text as documented and quotes nothing; None for any other.

    Args:
        data: JSON text, or anything.
    """
    try:
        read = _USUAL.decode(data)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        return None
    is_more = (
        read.content
        or len(read.text) > 1
        or read.repliedMsg
        or read.quoteMessage
        or read.originalMsgId is not None
        or read.originalProcessQueryKey is not None
    )
    return None if is_more else _unless_blank(read)


def read_callback(payload: Mapping[str, Any]) -> BotCallback:
    """Read the ``data`` of a bot callback.

    Raises:
        MessageError: it has no ``msgId``, or an id is of a kind that means nothing; names the first such field.
    """
    return read_as_documented(payload) or read_tolerantly(payload)


def read_as_documented(payload: Mapping[str, Any]) -> BotCallback | None:
    """Read a callback that is as documented; None for any other, though it may be readable."""
    try:
        read = msgspec.convert(payload, BotCallback)
        # Half a character anywhere makes it an odd one.
        "".join(
            (
                *(
                    read.msgId,
                    read.msgtype,
                    read.conversationId,
                    read.conversationType,
                    read.conversationTitle,
                ),
                *(read.senderId, read.senderStaffId, read.senderNick, read.senderCorpId, read.chatbotUserId),
                *(read.robotCode, read.sessionWebhook, read.errorCode, read.errCode),
            )
        ).encode()
    except (msgspec.ValidationError, ValueError):  # also of an integer of thousands of digits
        return None
    return _unless_blank(read)


def _unless_blank(read: BotCallback) -> BotCallback | None:
    """A callback without blanks where an id has none."""
    blanks = read.conversationId.strip() != read.conversationId or not read.msgId.strip()
    return None if blanks else read


def read_tolerantly(payload: Mapping[str, Any]) -> BotCallback:
    """Read a callback field by field.

    Raises:
        MessageError: as ``read_callback``.
    """
    fields: dict[str, Any] = {}
    for name, kind in _KINDS.items():
        if name in payload:
            try:
                fields[name] = kind(payload[name])
            except Refused as refused:
                raise _unreadable(name, refused.problem) from None
        elif name == "msgId":
            raise _unreadable(name, "message.field.missing")
    return BotCallback(**fields)


def _unreadable(field: str, problem: str) -> MessageError:
    return MessageError("message.unreadable-field", field=field, problem=text(problem))
