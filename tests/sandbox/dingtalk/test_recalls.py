"""Recall of what the robot API sent (dingtalk-cards-media.md section 5)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from prx_dingtalk_router.sandbox.dingtalk import App, DingTalk, Directory, Faults, Vanished

ROBOT, HELP_DESK = "dingexample0001", "cidITHelpDesk2026A1=="
SEND = "/v1.0/robot/groupMessages/send"
BATCH = "/v1.0/robot/oToMessages/batchSend"
GROUP_RECALL = "/v1.0/robot/groupMessages/recall"
PRIVATE_RECALL = "/v1.0/robot/otoMessages/batchRecall"


async def sent(bot: Any, *, group: bool, robot: str = ROBOT) -> str:
    """Send a message; the key by which it is recalled."""
    where = {"openConversationId": HELP_DESK} if group else {"userIds": ["u1001", "u1002"]}
    body = {"robotCode": robot, "msgKey": "sampleText", "msgParam": json.dumps({"content": "up"}), **where}
    status, answer = await bot.api(SEND if group else BATCH, body)
    assert status == 200
    return str(answer["processQueryKey"])


def private(*keys: object, **changes: object) -> dict[str, object]:
    """A recall of private messages, with changes."""
    return {"robotCode": ROBOT, "processQueryKeys": list(keys), **changes}


def group(*keys: object, **changes: object) -> dict[str, object]:
    """A recall of group messages, with changes."""
    return private(*keys, **{"openConversationId": HELP_DESK, **changes})


async def test_messages_vanish_without_trace(bot: Any, dingtalk: DingTalk, log: Any) -> None:
    """What a key sent is gone for everybody, in private chats and in a group."""
    key, other = await sent(bot, group=False), await sent(bot, group=True)
    assert await bot.api(PRIVATE_RECALL, private(key)) == (200, {"successResult": [key], "failedResult": {}})
    assert await bot.api(GROUP_RECALL, group(other)) == (200, {"successResult": [other], "failedResult": {}})
    rooms = [HELP_DESK, *(dingtalk.directory.private(each).id for each in ("u1001", "u1002"))]
    assert not any(dingtalk.transcript(room) for room in rooms)
    assert len(log.of(Vanished)) == 3


async def test_a_partly_failed_call_is_a_success(bot: Any, dingtalk: DingTalk) -> None:
    """Each key has its own result; keys of the other kind of conversation are unknown."""
    key, elsewhere = await sent(bot, group=True), await sent(bot, group=False)
    status, answer = await bot.api(GROUP_RECALL, group(key, elsewhere))
    assert (status, answer["successResult"]) == (200, [key])
    assert answer["failedResult"] == {elsewhere: "invalid.processQueryKey"}
    assert not dingtalk.transcript(HELP_DESK)


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (PRIVATE_RECALL, private("k", robotCode=None), "invalidParameter.param.invalid"),
        (PRIVATE_RECALL, private("k", robotCode="other"), "invalidParameter.robotCode"),
        (PRIVATE_RECALL, private(), "invalidParameter.processQueryKey.missing"),
        (PRIVATE_RECALL, private(5), "invalid.processQueryKey"),
        (PRIVATE_RECALL, private("k"), "invalid.processQueryKey"),
        (PRIVATE_RECALL, private(*["k"] * 21), "invalidParameter.processQueryKeys.overMax"),
        (GROUP_RECALL, private("k"), "miss.openConversationId"),
        (GROUP_RECALL, group("k", openConversationId="cidNobody=="), "invalid.openConversationId"),
    ],
)
async def test_what_is_refused(bot: Any, path: str, body: dict[str, object], code: str) -> None:
    """Each wrong parameter has its code."""
    status, answer = await bot.api(path, body)
    assert (status, answer["code"]) == (400, code)


async def test_after_a_day_a_private_message_stays(serve: Any, make_bot: Any, faults: Faults) -> None:
    """Private messages are recalled within 24 hours only, group messages later too; nothing recalled is a refusal."""
    faults.token_life = 1e12
    dingtalk: DingTalk = await serve(speed=1e8)
    bot = make_bot(dingtalk)
    key, other = await sent(bot, group=False), await sent(bot, group=True)
    _, answer = await bot.api(PRIVATE_RECALL, private(key))
    assert answer["code"] == "robot.processQueryKey.expired"
    _, answer = await bot.api(PRIVATE_RECALL, private(key, "never"))
    assert answer["code"] == "notRevoke.all.messages"
    assert (await bot.api(GROUP_RECALL, group(other)))[0] == 200


async def test_what_another_robot_sent_stays(serve: Any, make_bot: Any) -> None:
    """The robot must be the sender."""
    demo = Directory.demo(ROBOT, "s3cr3t-value")
    second = App("dingother", "t0p-s3cr3t")
    dingtalk: DingTalk = await serve(Directory((*demo.apps, second), demo.people, demo.conversations))
    bot = make_bot(dingtalk)
    key = await sent(bot, group=True)
    status, answer = await bot.post(
        "/v1.0/oauth2/accessToken", {"appKey": second.client_id, "appSecret": second.client_secret}
    )
    assert status == 200
    headers = {"x-acs-dingtalk-access-token": answer["accessToken"]}
    _, answer = await bot.post(GROUP_RECALL, group(key, robotCode=second.robot_code), **headers)
    assert answer["code"] == "not.allowed.robotCode"
    assert dingtalk.transcript(HELP_DESK)


async def test_the_event_comes_only_when_it_is_ticked(bot: Any, faults: Faults) -> None:
    """By a knob, a recalled message is also told as ``robot_msg_recall``."""
    socket = await bot.connect({"type": "EVENT", "topic": "*"})
    await bot.api(GROUP_RECALL, group(await sent(bot, group=True)))
    faults.set("recall-event", "on")
    key = await sent(bot, group=True)
    await bot.api(GROUP_RECALL, group(key))
    frame = await bot.frame(socket, "EVENT")
    assert frame["headers"]["eventType"] == "robot_msg_recall"
    assert json.loads(frame["data"])["processQueryKey"] == key
