"""Robot message payloads of every type, private and in groups."""

from __future__ import annotations

import json
from typing import Any

import pytest

from prx_dingtalk_router.sandbox.dingtalk import App, DingTalk, Directory, Faults, Person, Said

HELP_DESK, PARTNERS = "cidITHelpDesk2026A1==", "cidPartnerYunqi26C3=="


async def test_private_text_has_the_fields_of_the_document(bot: Any, dingtalk: DingTalk) -> None:
    """A private message carries the person's staff id and no mention, title or list of mentioned people."""
    socket = await bot.connect()
    dingtalk.say(Said("manager1234", text="status"))
    body = await bot.message(socket)
    assert body["conversationType"] == "1"
    assert body["msgtype"] == "text"
    assert body["text"] == {"content": "status"}
    assert (body["senderStaffId"], body["isAdmin"], body["senderNick"]) == ("manager1234", True, "周建国")
    assert body["senderCorpId"] == body["chatbotCorpId"] == "dingcorp01"
    assert body["robotCode"] == "dingexample0001"
    assert body["msgId"].startswith("msg")
    assert body["conversationId"].startswith("cid")
    assert body["senderId"].startswith("$:LWCP_v1:$")
    assert body["senderId"] != body["chatbotUserId"]
    assert body["sessionWebhook"].startswith(f"{dingtalk.base_url}/robot/sendBySession?session=")
    assert body["sessionWebhookExpiredTime"] - body["createAt"] == 5_400_000
    assert not {"conversationTitle", "isInAtList", "atUsers", "content"} & set(body)


async def test_group_text_begins_with_a_blank_where_the_mention_was(bot: Any, dingtalk: DingTalk) -> None:
    """The mention of the robot is cut out; other mentioned people stay in the text and in the list."""
    socket = await bot.connect()
    dingtalk.say(Said("u1001", HELP_DESK, text="restart web-1", mentions=("u1002",)))
    body = await bot.message(socket)
    assert body["conversationType"] == "2"
    assert body["conversationTitle"] == "IT 服务台"
    assert body["conversationId"] == HELP_DESK
    assert body["isInAtList"] is True
    assert body["text"]["content"] == " @陈志强 restart web-1"
    assert body["atUsers"][0] == {"dingtalkId": body["chatbotUserId"]}
    assert body["atUsers"][1]["staffId"] == "u1002"


async def test_mention_alone_is_a_blank(bot: Any, dingtalk: DingTalk) -> None:
    """Nothing but a mention of the robot arrives as a blank."""
    socket = await bot.connect()
    dingtalk.say(Said("u1001", HELP_DESK))
    assert (await bot.message(socket))["text"]["content"] == " "


async def test_outsider_has_no_staff_id(bot: Any, dingtalk: DingTalk) -> None:
    """A person of another organisation comes without staff id, corporation and isAdmin, also when mentioned."""
    socket = await bot.connect()
    dingtalk.say(Said("g9001", PARTNERS, text="hello"))
    body = await bot.message(socket)
    assert not {"senderStaffId", "isAdmin", "senderCorpId", "senderUnionId"} & set(body)
    assert body["senderId"]
    dingtalk.say(Said("u1002", PARTNERS, text="see", mentions=("g9001",)))
    mentioned = (await bot.message(socket))["atUsers"][1]
    assert mentioned == {"dingtalkId": body["senderId"]}


async def test_unpublished_robot_sees_no_staff_ids(bot: Any, dingtalk: DingTalk, faults: Faults) -> None:
    """Until the application is published nobody has a staff id."""
    faults.unpublished = True
    socket = await bot.connect()
    dingtalk.say(Said("u1001", text="hi"))
    assert not {"senderStaffId", "isAdmin"} & set(await bot.message(socket))


async def test_group_message_without_mention_does_not_arrive(bot: Any, dingtalk: DingTalk) -> None:
    """In a group only what mentions the robot is pushed; the conversation shows both."""
    socket = await bot.connect()
    dingtalk.say(Said("u1001", HELP_DESK, text="among us", at_robot=False))
    with_mention = dingtalk.say(Said("u1001", HELP_DESK, text="robot?"))
    assert (await bot.message(socket))["msgId"] == with_mention
    assert [line.text for line in dingtalk.transcript(HELP_DESK)] == ["among us", "robot?"]


async def test_rich_text_keeps_pieces_in_order(bot: Any, dingtalk: DingTalk) -> None:
    """Rich text is a list of texts, pictures and mentions in the order of writing."""
    socket = await bot.connect()
    dingtalk.say(
        Said(
            "u1001",
            HELP_DESK,
            "richText",
            "look ![] at this",
            mentions=("u1002",),
            pictures=("a.png", "b.png"),
        )
    )
    items = (await bot.message(socket))["content"]["richText"]
    assert [item.get("type", "text") for item in items] == [
        "text",
        "at",
        "text",
        "picture",
        "text",
        "picture",
    ]
    assert [item.get("text") for item in items] == [" ", None, "look ", None, " at this", None]
    assert items[1]["atName"] == "陈志强"
    assert items[3]["downloadCode"] != items[3]["pictureDownloadCode"]


@pytest.mark.parametrize(
    ("said", "keys", "shown"),
    [
        (Said("u1001", type="picture", pictures=("x.png",)), {"downloadCode", "pictureDownloadCode"}, {}),
        (
            Said("u1001", type="audio", text="restart the server", duration=2500),
            {"duration", "downloadCode", "recognition"},
            {"duration": 2500, "recognition": "restart the server"},
        ),
        (Said("u1001", type="audio"), {"duration", "downloadCode"}, {"duration": 4000}),
        (Said("u1001", type="video"), {"duration", "downloadCode", "videoType"}, {"videoType": "mp4"}),
        (
            Said("u1001", type="file", file_name="周报.pdf"),
            {"downloadCode", "fileName", "spaceId", "fileId"},
            {"fileName": "周报.pdf"},
        ),
        (
            Said("u1001", type="chatRecord", text="小林: 镜像要换\n好的"),
            {"title", "summary", "chatRecord"},
            {"summary": '["小林:镜像要换", "好的"]'},
        ),
        (
            Said("u1001", type="chatRecord"),
            {"title", "summary", "chatRecord"},
            {"summary": "[]", "chatRecord": "[]"},
        ),
        (
            Said("u1001", type="unknownMsgType", text="red packet"),
            {"unknownMsgType"},
            {"unknownMsgType": "red packet"},
        ),
    ],
    ids=lambda value: value.type if isinstance(value, Said) else "",
)
async def test_other_types(
    bot: Any, dingtalk: DingTalk, said: Said, keys: set[str], shown: dict[str, object]
) -> None:
    """Each type that is no text has its own content and no text."""
    socket = await bot.connect()
    dingtalk.say(said)
    body = await bot.message(socket)
    assert body["msgtype"] == said.type
    assert set(body["content"]) == keys
    assert shown.items() <= body["content"].items()
    assert "text" not in body


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("errorCode", {"msgtype": "text", "errorCode": "20001"}),
        ("errCode", {"msgtype": "text", "errCode": "20001"}),
        ("number", {"msgtype": "text", "errorCode": 20001}),
        ("bare", {"errorCode": "20001"}),
    ],
)
async def test_over_quota_notice_has_neither_text_nor_content(
    bot: Any, dingtalk: DingTalk, faults: Faults, form: str, fields: dict[str, object]
) -> None:
    """A used-up quota turns a message into a 20001 notice, in each spelling that was seen."""
    faults.set("over-quota", form)
    socket = await bot.connect()
    dingtalk.say(Said("u1001", type="picture"))
    body = await bot.message(socket)
    assert fields.items() <= body.items()
    assert not {"text", "content"} & set(body)
    assert ("msgtype" in body) == (form != "bare")


async def test_pushes_over_the_quota_become_notices(bot: Any, dingtalk: DingTalk, faults: Faults) -> None:
    """After the month's pushes the next message is a notice, and webhooks answer 90020."""
    faults.push_quota = 2
    socket = await bot.connect()
    dingtalk.say(Said("u1001", text="one"))
    body = await bot.message(socket)
    reply = {"msgtype": "text", "text": {"content": "x"}}
    assert (await bot.post(body["sessionWebhook"], reply))[1]["errcode"] == 0
    assert (await bot.post(body["sessionWebhook"], reply))[1]["errcode"] == 90020
    dingtalk.say(Said("u1001", text="three"))
    assert (await bot.message(socket))["errorCode"] == "20001"


async def test_single_message_can_be_over_quota(bot: Any, dingtalk: DingTalk) -> None:
    """One message alone can be asked to come as a notice."""
    socket = await bot.connect()
    dingtalk.say(Said("u1001", text="x", over_quota=True))
    assert (await bot.message(socket))["errorCode"] == "20001"


async def test_lenient_types(bot: Any, dingtalk: DingTalk, faults: Faults) -> None:
    """Under the knob numbers and strings change places and data is an object, as other captures show."""
    faults.lenient_types = True
    socket = await bot.connect()
    dingtalk.say(Said("u1001", type="audio"))
    frame = await bot.frame(socket)
    body = frame["data"]
    assert isinstance(frame["headers"]["time"], int)
    assert isinstance(body, dict)
    assert body["conversationType"] == 1
    assert isinstance(body["createAt"], str)
    assert isinstance(body["sessionWebhookExpiredTime"], str)
    assert body["content"]["duration"] == "4000"


async def test_content_as_string_and_mention_left(bot: Any, dingtalk: DingTalk, faults: Faults) -> None:
    """Content can come as a JSON string, and the robot's mention can stay in the text."""
    faults.content_as_string, faults.mention_left = True, True
    socket = await bot.connect()
    dingtalk.say(Said("u1001", HELP_DESK, "richText", "hi"))
    content = json.loads((await bot.message(socket))["content"])
    assert content["richText"] == [{"text": "@智能助理 "}, {"text": "hi"}]
    dingtalk.say(Said("u1001", HELP_DESK, text="hi"))
    assert (await bot.message(socket))["text"]["content"] == "@智能助理 hi"


async def test_extra_fields_are_merged(bot: Any, dingtalk: DingTalk) -> None:
    """Undocumented fields and types can be had by extra fields."""
    socket = await bot.connect()
    dingtalk.say(Said("u1001", extra={"msgtype": "chatRecord", "content": {"title": "t"}, "newField": [1]}))
    body = await bot.message(socket)
    assert (body["msgtype"], body["content"], body["newField"]) == ("chatRecord", {"title": "t"}, [1])


async def test_two_robots_get_the_same_message_id(serve: Any, make_bot: Any) -> None:
    """A message that mentions two robots reaches both with one msgId, and each sees another sender id."""
    one, two = App("dingone", "s1"), App("dingtwo", "s2", robot_name="第二助理")
    base = Directory.demo("x", "y")
    dingtalk = await serve(Directory((one, two), base.people, base.conversations))
    bot = make_bot(dingtalk)
    first = await bot.connect(clientId="dingone", clientSecret="s1")
    second = await bot.connect(clientId="dingtwo", clientSecret="s2")
    msg_id = dingtalk.say(Said("u1001", HELP_DESK, text="both of you", robots=("dingone", "dingtwo")))
    bodies = [await bot.message(first), await bot.message(second)]
    assert [body["msgId"] for body in bodies] == [msg_id] * 2
    assert [body["robotCode"] for body in bodies] == ["dingone", "dingtwo"]
    assert bodies[0]["senderId"] != bodies[1]["senderId"]
    assert bodies[0]["sessionWebhook"] != bodies[1]["sessionWebhook"]
    for socket in (first, second):
        await socket.close()


def test_ids_are_stable(directory: Directory) -> None:
    """The same people have the same ids in every sandbox."""
    again = Directory.demo("dingexample0001", "other")
    assert [person.sender_id for person in again.people] == [person.sender_id for person in directory.people]
    assert again.private("u1001").id == directory.private("u1001").id
    assert Person("u1", "n").sender_id != Person("u2", "n").sender_id
