"""Reactions over the sandbox's socket: what people see, and what DingTalk says to it (dingtalk-cards-media.md section 1)."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.delivery import RobotReactions
from prx_dingtalk_router.delivery.dingtalk import Accepted, Refused, Unsure
from prx_dingtalk_router.delivery.dingtalk.reactions import reaction_body
from prx_dingtalk_router.sandbox.dingtalk import Said

ROBOT, GROUP = "dingsandbox0001", "cidITHelpDesk2026A1=="


def seen(dingtalk, msg_id):
    """What is seen below a message."""
    return [chip.name for chip in dingtalk.reactions(msg_id) if chip.removed is None]


@pytest.mark.parametrize("room", [None, GROUP])
async def test_a_reaction_is_seen_and_gone(dingtalk, sandbox_api, room):
    """In private and in groups, by the id of the conversation."""
    msg_id = dingtalk.say(Said("u1001", room, text="VPN"))
    where = room or dingtalk.directory.private("u1001").id
    reactions = RobotReactions(sandbox_api)
    assert isinstance(await reactions.attach(ROBOT, where, msg_id, "🤔思考中"), Accepted)
    assert seen(dingtalk, msg_id) == ["🤔思考中"]
    assert isinstance(await reactions.recall(ROBOT, where, msg_id, "🤔思考中"), Accepted)
    assert seen(dingtalk, msg_id) == []
    assert isinstance(await reactions.recall(ROBOT, where, msg_id, "🤔思考中"), Accepted)


@pytest.mark.parametrize(
    ("knob", "value", "status", "code"),
    [
        ("message-known-after", "3600", 500, "system.err"),
        ("api", "system.busy", 500, "system.busy"),
        ("api", "http-429", 429, "429"),
        ("permission", "off", 403, "Forbidden.AccessDenied.AccessTokenPermissionDenied"),
        ("api", "QpsLimit", 403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"),
    ],
)
async def test_refusals_are_told_apart(dingtalk, sandbox_api, knob, value, status, code):
    """By status and code, on which the next try depends; nothing is seen."""
    msg_id = dingtalk.say(Said("u1001", GROUP, text="VPN"))
    dingtalk.faults.set(knob, code if value == "QpsLimit" else value)
    outcome = await RobotReactions(sandbox_api).attach(ROBOT, GROUP, msg_id, "🤔思考中")
    assert isinstance(outcome, Refused)
    assert (outcome.status, outcome.code) == (status, code)
    assert seen(dingtalk, msg_id) == []


@pytest.mark.parametrize(("fault", "there"), [("cut-before", []), ("cut-after", ["🤔思考中"])])
async def test_a_lost_answer_leaves_it_open(dingtalk, sandbox_api, fault, there):
    """It may be seen or not, and one call takes it away in both cases."""
    msg_id = dingtalk.say(Said("u1001", GROUP, text="VPN"))
    dingtalk.faults.set("api", fault)
    dingtalk.faults.set("api-for", "1")
    reactions = RobotReactions(sandbox_api)
    assert isinstance(await reactions.attach(ROBOT, GROUP, msg_id, "🤔思考中"), Unsure)
    assert seen(dingtalk, msg_id) == there
    assert isinstance(await reactions.recall(ROBOT, GROUP, msg_id, "🤔思考中"), Accepted)
    assert seen(dingtalk, msg_id) == []


def test_the_body_is_that_of_the_other_clients():
    """The ids are fixed, the text is free."""
    assert reaction_body("dingexample0001", "cidGroup01==", "msgGrp01==", "🤔思考中") == {
        "robotCode": "dingexample0001",
        "openMsgId": "msgGrp01==",
        "openConversationId": "cidGroup01==",
        "emotionType": 2,
        "emotionName": "🤔思考中",
        "textEmotion": {
            "emotionId": "2659900",
            "emotionName": "🤔思考中",
            "text": "🤔思考中",
            "backgroundId": "im_bg_1",
        },
    }
