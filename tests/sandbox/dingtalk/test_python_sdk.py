"""DingTalk's own Python SDK against the sandbox, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from prx_dingtalk_router.sandbox.dingtalk import (
    Acked,
    Connected,
    DingTalk,
    Disconnected,
    PingAnswered,
    Refused,
    Registered,
    Replied,
    Said,
)

HELP_DESK = "cidITHelpDesk2026A1=="

BOT = """
import dingtalk_stream
from dingtalk_stream import AckMessage, ChatbotMessage

class Echo(dingtalk_stream.ChatbotHandler):
    async def process(self, callback):
        message = ChatbotMessage.from_dict(callback.data)
        text = "|".join(self.extract_text_from_incoming_message(message)).strip()
        self.reply_text("echo: " + text, message)
        self.reply_markdown("echo", "**" + text + "**", message)
        if message.get_image_list():
            url = self.get_image_download_url(message.get_image_list()[0])
            self.reply_text("picture: " + url, message)
        return AckMessage.STATUS_OK, "OK"

credential = dingtalk_stream.Credential("dingexample0001", "s3cr3t-value")
client = dingtalk_stream.DingTalkStreamClient(credential)
client.register_callback_handler(ChatbotMessage.TOPIC, Echo())
client.start_forever()
"""


@pytest_asyncio.fixture
async def sdk(dingtalk: DingTalk, log: Any) -> AsyncIterator[None]:
    """A bot of the official SDK, connected."""
    environment = {
        **os.environ,
        "DINGTALK_OPENAPI_ENDPOINT": dingtalk.base_url,
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", BOT),
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await log.first(Connected)
        yield
    finally:
        process.kill()
        await process.wait()


async def test_official_python_sdk_receives_acknowledges_and_replies(
    sdk: None, dingtalk: DingTalk, log: Any
) -> None:
    """The SDK registers, answers pings, acknowledges a message and replies as text and Markdown."""
    registered = log.of(Registered)[0]
    assert registered.ua.startswith("dingtalk-sdk-python/")
    msg_id = dingtalk.say(Said("u1001", HELP_DESK, text="VPN 断了"))
    assert (await log.first(Acked, msg_id=msg_id)).code == 200
    await log.first(Replied, msg_id=msg_id, errcode=0, count=2)
    assert [line.text for line in dingtalk.transcript(HELP_DESK)][1:] == ["echo: VPN 断了", "**VPN 断了**"]
    assert (await log.first(PingAnswered)).echoed
    assert not log.of(Refused)


async def test_official_python_sdk_fetches_pictures_and_answers_outsiders(
    sdk: None, dingtalk: DingTalk, log: Any
) -> None:
    """Rich text, download links, and the null id that the SDK sends for people of other organisations all work."""
    room = "cidPartnerYunqi26C3=="
    msg_id = dingtalk.say(Said("g9001", room, "richText", "look ![]", pictures=("a.png",)))
    await log.first(Replied, msg_id=msg_id, errcode=0, count=3)
    shown = [line.text for line in dingtalk.transcript(room)]
    assert shown[1] == "echo: |look"
    assert shown[3].startswith(f"picture: {dingtalk.base_url}/")
    assert log.of(Replied)[0].body["at"] == {"atUserIds": [None]}


async def test_official_python_sdk_closes_on_disconnect(sdk: None, dingtalk: DingTalk, log: Any) -> None:
    """On `disconnect` the SDK closes its own socket, as the document tells."""
    dingtalk.disconnect()
    assert (await log.first(Disconnected)).reason == "client"
