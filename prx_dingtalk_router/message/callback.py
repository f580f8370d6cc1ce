"""The bot callback as it stands on the wire (dingtalk-stream.md section 6), read tolerantly."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from prx_dingtalk_router.message.kinds import (
    Body,
    Flag,
    Id,
    LooseId,
    Milliseconds,
    SomeId,
    StrippedId,
    Words,
)


class Callback(BaseModel):
    """The fields of a bot callback that this project reads; unknown ones are kept out, never refused."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    msgId: SomeId
    msgtype: Id = ""
    conversationId: StrippedId = ""
    conversationType: Id = "1"
    conversationTitle: Words = ""
    createAt: Milliseconds = 0
    senderId: Id = ""
    senderStaffId: Id = ""
    senderNick: Words = ""
    senderCorpId: LooseId = ""
    chatbotUserId: LooseId = ""
    robotCode: Id = ""
    isAdmin: Flag = False
    isInAtList: Flag = False
    sessionWebhook: Annotated[Words, Field(repr=False)] = ""
    sessionWebhookExpiredTime: Milliseconds = 0
    text: Body = Field(default_factory=dict)
    content: Body = Field(default_factory=dict)
    repliedMsg: Body = Field(default_factory=dict)
    quoteMessage: Body = Field(default_factory=dict)
    atUsers: Any = None
    errorCode: LooseId = ""
    errCode: LooseId = ""
