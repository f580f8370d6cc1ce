"""What the tests of messages share: a callback as DingTalk sends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.message import Message, read_message

RECEIVED_MS = 1_788_200_001_234


@pytest.fixture
def payload() -> Callable[..., dict[str, Any]]:
    """A private text callback (dingtalk-stream.md section 6) with fields put in; ``None`` takes one out."""

    def build(**fields: Any) -> dict[str, Any]:
        callback: dict[str, Any] = {
            "conversationId": "cidPriv01==",
            "chatbotCorpId": "dingcorp01",
            "chatbotUserId": "$:LWCP_v1:$bot",
            "msgId": "msgPriv01==",
            "senderNick": "Lin",
            "isAdmin": False,
            "senderStaffId": "u1001",
            "sessionWebhookExpiredTime": 1_788_205_400_100,
            "createAt": 1_788_200_000_000,
            "senderCorpId": "dingcorp01",
            "conversationType": "1",
            "senderId": "$:LWCP_v1:$u1",
            "senderPlatform": "Win",
            "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=aaaa1111",
            "text": {"content": "status"},
            "robotCode": "dingexample0001",
            "msgtype": "text",
            **fields,
        }
        return {key: value for key, value in callback.items() if value is not None}

    return build


@pytest.fixture
def read(payload: Callable[..., dict[str, Any]]) -> Callable[..., Message]:
    """Read a callback with these fields, by a robot called 小助手."""

    def run(robot_name: str = "小助手", **fields: Any) -> Message:
        return read_message(
            payload(**fields), received_ms=RECEIVED_MS, robot_name=robot_name, client_id="dingclient"
        )

    return run
