"""The bot callback as it stands on the wire (dingtalk-stream.md section 6), read tolerantly."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MAX_TIMESTAMP_MS = 253_402_127_999_999
"""Two days before the year 9999 ends: so much a date can hold in every time zone."""


def _absent_is_empty(value: object) -> object:
    return "" if value is None else value


def _absent_is_false(value: object) -> object:
    return False if value is None or value == "" else value


def _absent_is_zero(value: object) -> object:
    return 0 if value is None or value == "" else value


def _object_or_json(value: object) -> object:
    """Some clients deliver ``content`` as JSON in a string; the HTTP sample puts the text itself there."""
    if value is None:
        return {}
    if isinstance(value, str):
        try:
            parsed = json.loads(value)
        except ValueError:
            return {"content": value}
        return parsed if isinstance(parsed, dict) else {"content": value}
    return value


def _odd_is_absent(value: object) -> object:
    """A quote that cannot be made out does not cost the message that holds it (section 6, quoted replies)."""
    body = _object_or_json(value)
    return body if isinstance(body, dict) else {}


def _whole_number(value: object) -> object:
    """A kind of conversation sent as the number 2.0 is 2."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Id = Annotated[str, BeforeValidator(_absent_is_empty)]
Flag = Annotated[bool, BeforeValidator(_absent_is_false)]
Milliseconds = Annotated[int, BeforeValidator(_absent_is_zero), Field(ge=0, le=MAX_TIMESTAMP_MS)]
Body = Annotated[dict[str, Any], BeforeValidator(_object_or_json)]
Quote = Annotated[dict[str, Any], BeforeValidator(_odd_is_absent)]


class Callback(BaseModel):
    """The fields of a bot callback that this project reads; unknown ones are kept out, never refused."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, coerce_numbers_to_str=True, hide_input_in_errors=True
    )

    msgId: Annotated[str, Field(min_length=1)]
    msgtype: Id = ""
    conversationId: Id = ""
    conversationType: Annotated[Id, BeforeValidator(_whole_number)] = "1"
    conversationTitle: Id = ""
    createAt: Milliseconds = 0
    senderId: Id = ""
    senderStaffId: Id = ""
    senderNick: Id = ""
    senderCorpId: Id = ""
    chatbotUserId: Id = ""
    robotCode: Id = ""
    isAdmin: Flag = False
    isInAtList: Flag = False
    sessionWebhook: Annotated[str, BeforeValidator(_absent_is_empty), Field(repr=False)] = ""
    sessionWebhookExpiredTime: Milliseconds = 0
    text: Body = {}
    content: Body = {}
    quoteMessage: Quote = {}
    errorCode: Id = ""
    errCode: Id = ""
