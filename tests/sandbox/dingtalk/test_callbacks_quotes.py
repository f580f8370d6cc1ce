"""Quotes in robot message payloads, in every form that was seen (dingtalk-cards-media.md sections 6.3 and 6.4)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Faults, Said

HELP_DESK = "cidITHelpDesk2026A1=="


async def test_quote_carries_the_quoted_message(bot: Any, dingtalk: DingTalk) -> None:
    """A reply to an earlier message holds it beside the new text, with the sender as this robot sees them."""
    socket = await bot.connect()
    old = dingtalk.say(Said("u1002", HELP_DESK, text="deploy failed"))
    first = await bot.message(socket)
    dingtalk.say(Said("u1001", HELP_DESK, text="why?", quote=old))
    body = await bot.message(socket)
    replied = body["text"]["repliedMsg"]
    assert body["text"]["content"] == " why?"
    assert body["text"]["isReplyMsg"] is True
    assert body["originalMsgId"] == old
    assert (replied["msgType"], replied["msgId"], replied["senderId"]) == ("text", old, first["senderId"])
    assert replied["content"] == {"text": "deploy failed"}
    assert replied["createdAt"] == first["createAt"]


async def test_quote_of_the_robots_own_reply_and_of_a_card(bot: Any, dingtalk: DingTalk) -> None:
    """A reply of the robot can be quoted; a card sent by the API is named by its process query key only."""
    socket = await bot.connect()
    dingtalk.say(Said("u1001", text="go"))
    body = await bot.message(socket)
    await bot.post(body["sessionWebhook"], {"msgtype": "text", "text": {"content": "went"}})
    reply = dingtalk.transcript(body["conversationId"])[-1]
    dingtalk.say(Said("u1001", type="richText", text="sure?", quote=reply.msg_id))
    quoted = (await bot.message(socket))["content"]["repliedMsg"]
    assert (quoted["senderId"], quoted["content"]) == (body["chatbotUserId"], {"text": "went"})

    card = {"title": "T", "text": "t", "singleTitle": "s", "singleURL": "https://example.com"}
    _, sent = await bot.api(
        "/v1.0/robot/oToMessages/batchSend",
        {
            "robotCode": "dingexample0001",
            "userIds": ["u1001"],
            "msgKey": "sampleActionCard",
            "msgParam": json.dumps(card),
        },
    )
    line = dingtalk.transcript(body["conversationId"])[-1]
    dingtalk.say(Said("u1001", text="this one", quote=line.msg_id))
    body = await bot.message(socket)
    assert body["originalProcessQueryKey"] == sent["processQueryKey"]
    assert "repliedMsg" not in body["text"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            Said("u1001", type="richText", text="a ![] b", pictures=("1.png", "2.png")),
            {
                "richText": [
                    {"msgType": "text", "text": "a "},
                    "1.png",
                    {"msgType": "text", "text": " b"},
                    "2.png",
                ]
            },
        ),
        (Said("u1001", type="picture", pictures=("cat.png",)), "cat.png"),
        (Said("u1001", type="audio", text="help"), "voice.amr"),
        (Said("u1001", type="video"), "video.mp4"),
        (Said("u1001", type="file", file_name="plan.pdf"), "plan.pdf"),
        (Said("u1001", type="file"), "report.pdf"),
    ],
)
async def test_quoted_media_can_be_downloaded(
    bot: Any, dingtalk: DingTalk, said: Said, shown: dict[str, Any] | str
) -> None:
    """A quoted picture, voice, video or file comes with a download code that leads to it."""
    socket = await bot.connect()
    old = dingtalk.say(said)
    await bot.message(socket)
    dingtalk.say(Said("u1001", text="this", quote=old))
    replied = (await bot.message(socket))["text"]["repliedMsg"]
    assert replied["msgType"] == said.type
    rich = isinstance(shown, dict)
    for item, wanted in zip(
        replied["content"]["richText"] if rich else [replied["content"]],
        shown["richText"] if isinstance(shown, dict) else [shown],
        strict=True,
    ):
        if isinstance(wanted, dict):
            assert item == wanted
            continue
        status, answer = await bot.api(
            "/v1.0/robot/messageFiles/download",
            {"robotCode": "dingexample0001", "downloadCode": item["downloadCode"]},
        )
        assert status == 200
        key = answer["downloadUrl"].rpartition("/")[2]
        medium = dingtalk._service.media.fetch(key)
        assert medium is not None
        assert medium.name == wanted


async def test_quoted_voice_and_notices_keep_their_words(bot: Any, dingtalk: DingTalk) -> None:
    """The recognised speech of a quoted voice message, and the notice of a type that is not forwarded."""
    socket = await bot.connect()
    quoted = {}
    for kind in ("audio", "unknownMsgType"):
        old = dingtalk.say(Said("u1001", type=kind, text="help"))  # type: ignore[arg-type]
        await bot.message(socket)
        dingtalk.say(Said("u1001", text="this", quote=old))
        quoted[kind] = (await bot.message(socket))["text"]["repliedMsg"]["content"]
    assert quoted["audio"]["recognition"] == "help"
    assert quoted["unknownMsgType"] == {"unknownMsgType": "help"}


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ("content-key", {"content": "old"}),
        ("json-string", '{"text": "old"}'),
        ("card-tree", {"text": "old"}),
        ("original-only", None),
        ("ids-only", None),
    ],
)
async def test_quotes_in_other_spellings(
    bot: Any, dingtalk: DingTalk, faults: Faults, form: str, kept: object
) -> None:
    """The knob writes the quoted text otherwise, or leaves only the id."""
    faults.set("quote-form", form)
    socket = await bot.connect()
    old = dingtalk.say(Said("u1001", text="old"))
    await bot.message(socket)
    dingtalk.say(Said("u1001", text="new", quote=old))
    body = await bot.message(socket)
    assert body["originalMsgId"] == old
    assert body["text"].get("repliedMsg", {}).get("content") == kept


async def test_a_quote_in_the_older_spelling(bot: Any, dingtalk: DingTalk, faults: Faults) -> None:
    """``quoteMessage`` stands beside the text, and nothing else tells of it."""
    faults.set("quote-form", "legacy")
    socket = await bot.connect()
    old = dingtalk.say(Said("u1001", text="old"))
    await bot.message(socket)
    dingtalk.say(Said("u1001", text="new", quote=old))
    body = await bot.message(socket)
    assert (body["quoteMessage"]["msgId"], body["quoteMessage"]["text"]) == (old, {"content": "old"})
    assert (body["text"], "originalMsgId" in body) == ({"content": "new"}, False)


async def test_a_quoted_card_may_come_as_a_tree(bot: Any, dingtalk: DingTalk, faults: Faults) -> None:
    """A markdown reply of the robot is quoted as an ``interactiveCard`` with an element for each line."""
    faults.set("quote-form", "card-tree")
    socket = await bot.connect()
    dingtalk.say(Said("u1001", text="go"))
    body = await bot.message(socket)
    markdown = {"msgtype": "markdown", "markdown": {"title": "T", "text": "订单 42\n\n已发货"}}
    await bot.post(body["sessionWebhook"], markdown)
    reply = dingtalk.transcript(body["conversationId"])[-1]
    dingtalk.say(Said("u1001", text="这个怎么处理", quote=reply.msg_id))
    replied = (await bot.message(socket))["text"]["repliedMsg"]
    (root,) = replied["content"]["cardContent"]
    first, second, source = root["children"]
    assert replied["msgType"] == "interactiveCard"
    assert [each["children"][0]["value"] for each in (first, second)] == ["订单 42", "已发货"]
    assert source["elementType"] == "UNKNOWN"
