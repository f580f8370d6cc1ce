"""Reactions on what people wrote (dingtalk-cards-media.md sections 1 and 10.1)."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Faults, Reacted, Said

ROBOT, HELP_DESK = "dingexample0001", "cidITHelpDesk2026A1=="
REPLY, RECALL = "/v1.0/robot/emotion/reply", "/v1.0/robot/emotion/recall"


def chip(dingtalk: DingTalk, msg_id: str, name: str = "🤔思考中", **changes: object) -> dict[str, object]:
    """The body of a reaction on a message of 林晓雨, with changes."""
    text = {"emotionId": "2659900", "emotionName": name, "text": name, "backgroundId": "im_bg_1"}
    return {
        "robotCode": ROBOT,
        "openMsgId": msg_id,
        "openConversationId": dingtalk.directory.private("u1001").id,
        "emotionType": 2,
        "emotionName": name,
        "textEmotion": text,
        **changes,
    }


def seen(dingtalk: DingTalk, msg_id: str) -> list[str]:
    """The chips that people see."""
    return [each.name for each in dingtalk.reactions(msg_id) if each.removed is None]


@pytest.mark.parametrize("room", [None, HELP_DESK])
async def test_a_chip_comes_and_goes(bot: Any, dingtalk: DingTalk, log: Any, room: str | None) -> None:
    """A reaction is seen below the message, in private chats and groups, until it is recalled; times are kept."""
    msg_id = dingtalk.say(Said("u1001", room, text="VPN"))
    changes = {"openConversationId": room} if room else {}
    assert await bot.api(REPLY, chip(dingtalk, msg_id, **changes)) == (200, {"success": True})
    assert seen(dingtalk, msg_id) == ["🤔思考中"]
    assert await bot.api(RECALL, chip(dingtalk, msg_id, **changes)) == (200, {"success": True})
    assert seen(dingtalk, msg_id) == []
    (was,) = dingtalk.reactions(msg_id)
    assert was.removed is not None
    assert was.added <= was.removed
    assert [(each.added, each.reactions) for each in log.of(Reacted)] == [(True, ("🤔思考中",)), (False, ())]


async def test_the_same_chip_twice_is_one(bot: Any, dingtalk: DingTalk) -> None:
    """A reply that is repeated adds nothing, and one recall takes it away."""
    msg_id = dingtalk.say(Said("u1001", text="VPN"))
    for _ in range(2):
        await bot.api(REPLY, chip(dingtalk, msg_id))
    assert seen(dingtalk, msg_id) == ["🤔思考中"]
    await bot.api(RECALL, chip(dingtalk, msg_id))
    assert seen(dingtalk, msg_id) == []


async def test_another_name_leaves_the_chip(bot: Any, dingtalk: DingTalk, faults: Faults) -> None:
    """Only the same name and text take a chip away; the recall of nothing succeeds, or is an error by a knob."""
    msg_id = dingtalk.say(Said("u1001", text="VPN"))
    await bot.api(REPLY, chip(dingtalk, msg_id))
    assert (await bot.api(RECALL, chip(dingtalk, msg_id, "🥳Done")))[0] == 200
    assert seen(dingtalk, msg_id) == ["🤔思考中"]
    faults.set("recall-of-nothing", "error")
    assert (await bot.api(RECALL, chip(dingtalk, msg_id, "🥳Done")))[0] == 400
    assert (await bot.api(RECALL, chip(dingtalk, msg_id)))[0] == 200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"robotCode": ""}, "miss.robotCode"),
        ({"openMsgId": None}, "miss.openMsgId"),
        ({"openConversationId": 5}, "miss.openConversationId"),
        ({"robotCode": "other"}, "invalidParameter.robotCode"),
        ({"openMsgId": "msgNobody=="}, "invalid.openMsgId"),
        ({"openConversationId": HELP_DESK}, "invalid.openMsgId"),
        ({"openConversationId": "cidNobody=="}, "invalid.openConversationId"),
    ],
)
async def test_what_is_refused(bot: Any, dingtalk: DingTalk, changes: dict[str, object], code: str) -> None:
    """A body without one of the three ids, or with one that leads nowhere, is 400."""
    msg_id = dingtalk.say(Said("u1001", text="VPN"))
    for path in (REPLY, RECALL):
        status, answer = await bot.api(path, chip(dingtalk, msg_id, **changes))
        assert (status, answer["code"]) == (400, code)
    assert not dingtalk.reactions(msg_id)


async def test_messages_that_the_server_does_not_know_yet(serve: Any, make_bot: Any, faults: Faults) -> None:
    """By knobs, a message takes reactions only when it is seconds old, and an unknown one is the server's fault."""
    faults.set("unknown-message", "system.err")
    faults.set("message-known-after", "3600")
    faults.token_life = 1e12
    dingtalk: DingTalk = await serve(speed=3600.0 * 1000)
    bot = make_bot(dingtalk)
    assert (await bot.api(REPLY, chip(dingtalk, "msgNobody==")))[1]["code"] == "system.err"
    msg_id = dingtalk.say(Said("u1001", text="VPN"))
    while (answer := await bot.api(REPLY, chip(dingtalk, msg_id)))[0] != 200:
        assert (answer[0], answer[1]["code"]) == (500, "system.err")
    assert seen(dingtalk, msg_id) == ["🤔思考中"]


async def test_a_message_that_is_too_young(bot: Any, dingtalk: DingTalk, faults: Faults) -> None:
    """Before the knob's time the answer is ``system.err`` and no chip is seen."""
    faults.set("message-known-after", "3600")
    msg_id = dingtalk.say(Said("u1001", text="VPN"))
    status, answer = await bot.api(REPLY, chip(dingtalk, msg_id))
    assert (status, answer["code"]) == (500, "system.err")
    assert not dingtalk.reactions(msg_id)


@pytest.mark.parametrize(("fault", "landed"), [("cut-before", 0), ("cut-after", 1)])
async def test_an_answer_that_is_lost(
    bot: Any, dingtalk: DingTalk, faults: Faults, fault: str, landed: int
) -> None:
    """A connection that breaks leaves open whether the chip is there: it may have gone up or not."""
    msg_id, token = dingtalk.say(Said("u1001", text="VPN")), await bot.token()
    faults.set("api-paths", "emotion/reply")
    faults.set("api", fault)
    with pytest.raises(aiohttp.ClientError):
        await bot.post(REPLY, chip(dingtalk, msg_id), **{"x-acs-dingtalk-access-token": token})
    assert len(seen(dingtalk, msg_id)) == landed
