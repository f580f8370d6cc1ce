"""The sandbox's DingTalk as a whole: written, pushed, acknowledged, answered, shown."""

from __future__ import annotations

from typing import Any

import pytest

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.dingtalk import Acked, DingTalk, Directory, Pushed, Replied, Said


async def test_message_is_pushed_acknowledged_answered_and_shown(
    dingtalk: DingTalk, bot: Any, log: Any
) -> None:
    """What a person writes arrives as a callback, and the webhook's reply stands in the same conversation."""
    socket = await bot.connect()
    msg_id = dingtalk.say(Said("u1001", text="VPN 密码重置"))
    payload = await bot.message(socket)
    assert payload["msgId"] == msg_id
    assert payload["text"] == {"content": "VPN 密码重置"}
    acked = await log.first(Acked, msg_id=msg_id)
    assert acked.code == 200
    assert acked.header_id == log.of(Pushed)[0].header_id

    status, answer = await bot.post(
        payload["sessionWebhook"], {"msgtype": "markdown", "markdown": {"title": "VPN", "text": "**已重置**"}}
    )
    assert (status, answer) == (200, {"errcode": 0, "errmsg": "ok"})
    lines = dingtalk.transcript(payload["conversationId"])
    assert [(line.author, line.text) for line in lines] == [
        ("person", "VPN 密码重置"),
        ("robot", "**已重置**"),
    ]
    assert lines[1].in_reply_to == msg_id
    assert lines[1].markdown
    assert log.of(Replied, msg_id=msg_id, errcode=0, route="webhook")
    assert payload["conversationId"] == dingtalk.directory.private("u1001").id


async def test_taken_port_is_told(dingtalk: DingTalk, directory: Directory) -> None:
    """A second sandbox on the same port says that the address is taken, and can be started elsewhere."""
    port = int(dingtalk.base_url.rpartition(":")[2])
    second = DingTalk(directory)
    with pytest.raises(SandboxError, match=str(port)):
        await second.start(port=port)
    await second.start()
    assert second.base_url != dingtalk.base_url
    await second.stop()
