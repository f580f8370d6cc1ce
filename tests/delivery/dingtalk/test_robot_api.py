"""The route through the robot API: every row of its error tables over the sandbox's socket, and where replies go."""

from __future__ import annotations

import json

import msgspec
import pytest
from aiohttp import web

from prx_dingtalk_router.decision.rendering import RenderedReply
from prx_dingtalk_router.delivery import Replies, RobotApi, SessionWebhook, advice_on
from prx_dingtalk_router.delivery.dingtalk import (
    AddressBan,
    Declined,
    Delivered,
    Later,
    OpenApi,
    Part,
    Sent,
    Unconfirmed,
    Undelivered,
)
from prx_dingtalk_router.message import Message

PART = Part("text", "好", ("u1001",))
D = "Forbidden.AccessDenied."

ROWS = {
    "send.too.fast": ("wait", 60),
    "send.byToken.tooFast": ("wait", 60),
    "too.many.people": ("wait", 60),
    "too.many.group": ("wait", 60),
    "unknown.send.result": ("unconfirmed", 0),
    "send.forbidden": ("none", 0),
    "bot.forbidden.sendMessage": ("none", 0),
    "ip.not.match": ("none", 0),
    "keywords.not.match": ("none", 0),
    "sign.not.match": ("none", 0),
    "contain.unsafe.url": ("none", 0),
    "contain.notAllowed.text": ("none", 0),
    "contain.notAllowed.picture": ("none", 0),
    "contain.notAllowed.content": ("none", 0),
    "illegal.receivers": ("none", 0),
    "receivers.exceed": ("none", 0),
    "illegal.excludes": ("none", 0),
    "invalidParameter.userIds.empty": ("none", 0),
    "invalidParameter.userIds.overMax": ("none", 0),
    "invalidParameter.msgKey.empty": ("none", 0),
    "invalidParameter.msgKey.invalid": ("none", 0),
    "invalidParameter.msg.unsupport": ("as-text", 0),
    "invalidParameter.msgBody.invalid": ("none", 0),
    "invalidParameter.msgParam.invalid": ("none", 0),
    "invalidParameter.msgParam.tooLong": ("split", 0),
    "miss.param.robotCode": ("none", 0),
    "invalidParameter.robotCode.empty": ("none", 0),
    "invalidParameter.robotCode.notExist": ("none", 0),
    "invalidParameter.robotCode.auth": ("none", 0),
    "invalidParameter.robotCode.coolApp": ("none", 0),
    "sendMessage.model.notMatch": ("none", 0),
    "template.not.existed": ("none", 0),
    "template.stopped": ("none", 0),
    "token.is.not.exist": ("none", 0),
    "resource.not.found": ("none", 0),
    "resource.unavailable": ("none", 0),
    "unauthorized": ("none", 0),
    "auth.error": ("none", 0),
    "only.groupAdmin.canAtAll": ("none", 0),
    "invalid.openConversationId": ("none", 0),
    "group.disbanded": ("none", 0),
    "bot.stopped": ("none", 0),
    "session.expired": ("none", 0),
    "session.notExisted": ("none", 0),
    "staffId.notExisted": ("none", 0),
    "chatbotId.notAllow.sendOTO": ("none", 0),
    "robot.oto.notExist": ("none", 0),
    "conversation.org.notMatch": ("none", 0),
    "send.ding.exception": ("once-more", 2),
    "system.error": ("once-more", 2),
    "system.busy": ("backoff", 1),
    "system.err": ("backoff", 1),
    "unknownError": ("backoff", 1),
    "ServiceUnavailable": ("backoff", 1),
    "InvalidAuthentication": ("none", 0),
    D + "AccessTokenPermissionDenied": ("none", 0),
    D + "IpNotInWhiteList": ("none", 0),
    D + "QpsLimitForAppkeyAndApi": ("backoff", 2),
    D + "QpmLimitForAppkeyAndApi": ("wait", 60),
    D + "QpsLimitForApi": ("backoff", 2),
    D + "ApiCountLimitForOrg": ("none", 0),
}
ABOUT_CONTENT = {code for code in ROWS if code.startswith("contain.")}
NOTHING_TO_DO = {"unknown.send.result", "invalidParameter.msgParam.tooLong", "send.ding.exception"} | {
    code for code in ROWS if code.startswith(("system.", "unknownError", "ServiceUnavailable"))
}


@pytest.fixture
def group_message(dingtalk):
    """A message in a group of the sandbox, whose webhook is gone."""
    app, group = dingtalk.directory.apps[0], dingtalk.directory.conversations[0]
    return Message("m1", app.robot_code, group.id, group=True, sender="u1001")


@pytest.fixture
def private_message(dingtalk):
    """The same person in private."""
    app = dingtalk.directory.apps[0]
    room = dingtalk.directory.private("u1001", app)
    return Message("m2", app.robot_code, room.id, group=False, sender="u1001")


@pytest.mark.parametrize("code", ROWS)
@pytest.mark.parametrize("where", ["batchSend", "groupMessages"])
async def test_refused_with(code, where, dingtalk, sandbox_api, group_message, private_message):
    """A reply that is refused with this code has its remedy, its reason with the code, and advice where any helps."""
    dingtalk.faults.api = code
    message = group_message if where == "groupMessages" else private_message
    posted = await RobotApi(sandbox_api).post(message, PART)
    remedy, wait = ROWS[code]
    if remedy == "unconfirmed":
        assert isinstance(posted, Unconfirmed)
        return
    assert isinstance(posted, Declined)
    assert (posted.remedy, posted.wait) == (remedy, wait)
    assert code in posted.reason.render("zh")
    assert (posted.reason.key == "delivery.reply-content") == (code in ABOUT_CONTENT)
    assert (advice_on(posted.reason) is None) == (code in NOTHING_TO_DO)


@pytest.mark.parametrize(
    ("listed", "key", "remedy"),
    [
        ("flowControlledStaffIdList", "delivery.reply-flow-controlled", "wait"),
        ("invalidStaffIdList", "delivery.reply-invalid-person", "none"),
        ("filteredStaffIdList", "delivery.reply-filtered", "none"),
    ],
)
async def test_listed_in_a_200(listed, key, remedy, dingtalk, sandbox_api, private_message):
    """Whoever is in one of the lists was not reached, though the status is 200."""
    match listed:
        case "flowControlledStaffIdList":
            dingtalk.faults.flow_controlled = "u1001"
        case "filteredStaffIdList":
            dingtalk.faults.filtered = "*"
        case _:
            private_message = msgspec.structs.replace(private_message, sender="nobody")
    posted = await RobotApi(sandbox_api).post(private_message, PART)
    assert isinstance(posted, Declined)
    assert (posted.reason.key, posted.remedy) == (key, remedy)
    assert advice_on(posted.reason)
    assert dingtalk.transcript(private_message.conversation) == []


async def test_replies_go_where_they_belong(dingtalk, sandbox_api, group_message, private_message):
    """In a group it goes to the group and in private to the person, never the other way round, and calls out nobody."""
    route = RobotApi(sandbox_api)
    assert await route.post(group_message, PART) == Sent()
    assert await route.post(private_message, Part("markdown", "# 标题\n好")) == Sent()
    [in_group] = dingtalk.transcript(group_message.conversation)
    [in_private] = dingtalk.transcript(private_message.conversation)
    assert (in_group.text, in_group.mentions, in_group.type, in_group.route) == ("好", (), "text", "api")
    assert (in_private.title, in_private.text, in_private.type) == ("标题", "# 标题\n好", "markdown")


async def test_nobody_outside_is_reached_in_private(open_api, peer, private_message, group_message):
    """To a person without staff ID nothing is sent in private, which is said; in a group it is."""
    outside = msgspec.structs.replace(private_message, sender="", sender_id="$:LWCP_v1:$x")
    route = RobotApi(open_api)
    posted = await route.post(outside, PART)
    assert isinstance(posted, Declined)
    assert posted.reason.key == "delivery.no-staff-id"
    assert peer.calls == peer.asked == []
    assert await route.post(msgspec.structs.replace(group_message, sender=""), PART) == Sent()


@pytest.mark.parametrize("fault", ["cut-before", "cut-after", "empty"])
async def test_a_lost_answer_is_unconfirmed(fault, dingtalk, sandbox_api, group_message):
    """When no answer comes, or none that can be read, nobody knows whether it arrived, and it is not sent again."""
    dingtalk.faults.api = fault
    assert isinstance(await RobotApi(sandbox_api).post(group_message, PART), Unconfirmed)


async def _ignore(_):
    pass


async def _send(clock, replies, message, reply):
    sending = replies.begin(message, reply)
    waits = []
    while isinstance(result := await sending.go_on(_ignore), Later):
        waits.append(result.seconds)
        await clock.sleep(result.seconds)
    return result, waits


@pytest.fixture
def both(http, open_api, hand_clock):
    """Replies over both routes of the peers."""
    webhook = SessionWebhook(http, ["127.0.0.1"], clock=hand_clock)
    return Replies([webhook, RobotApi(open_api)], per_minute=3, clock=hand_clock)


async def test_an_expired_webhook_is_not_posted_to(both, chat, peer, hand_clock):
    """Once a webhook has expired by its own time the reply takes the robot API at once, in the same conversation."""
    message = Message("m", "bot", "cid", group=True, session_webhook=chat.webhook())
    expired = msgspec.structs.replace(message, session_webhook_expires_ms=hand_clock.ms + 1_000)
    assert await _send(hand_clock, both, expired, RenderedReply("text", "好", ("u1",))) == (
        Delivered("api"),
        [],
    )
    assert (chat.posts, len(peer.calls)) == ([], 1)
    body = peer.calls[0][1]
    assert body["openConversationId"] == "cid"
    assert json.loads(body["msgParam"]) == {"content": "好"}


async def test_a_refused_webhook_is_not_tried_again(both, chat, peer, hand_clock):
    """After DingTalk refused a webhook as gone, the rest of the reply and later replies to the message take the API."""
    chat.answers.append(300001)
    message = Message("m", "bot", "cid", group=True, session_webhook=chat.webhook())
    long = RenderedReply("text", "\n\n".join("字" * 900 for _ in range(10)), ())
    result, _ = await _send(hand_clock, both, message, long)
    assert result == Delivered("api")
    assert (await _send(hand_clock, both, message, RenderedReply("text", "好", ())))[0] == Delivered("api")
    assert (chat.posts, chat.answers) == ([], [])
    said = [json.loads(body["msgParam"])["content"] for _, body in peer.calls]
    assert "\n\n".join(said) == f"{long.content}\n\n好"
    assert all(len(body["msgParam"].encode()) < 15_000 for _, body in peer.calls)


async def test_both_routes_share_a_minute(both, chat, peer, hand_clock):
    """No minute of a conversation has more posts than allowed, whichever way each of them goes."""
    times = []
    for number in range(9):
        webhook = chat.webhook(str(number)) if number % 2 else ""
        message = Message(f"m{number}", "bot", "cid", group=True, session_webhook=webhook)
        result, _ = await _send(hand_clock, both, message, RenderedReply("text", "好", ()))
        assert result == Delivered("webhook" if number % 2 else "api")
        times.append(hand_clock.ms)
    assert (len(chat.posts), len(peer.calls)) == (4, 5)
    assert all(sum(start <= at < start + 60_000 for at in times) <= 3 for start in times)


async def test_flow_control_is_waited_for(both, peer, hand_clock):
    """Somebody under flow control gets the reply a minute later."""
    peer.answers.append((200, {"processQueryKey": "p", "flowControlledStaffIdList": ["u1"]}))
    message = Message("m", "bot", "cidP", group=False, sender="u1")
    assert await _send(hand_clock, both, message, RenderedReply("text", "好", ())) == (
        Delivered("api"),
        [60.0],
    )
    assert len(peer.calls) == 2


async def test_what_may_have_arrived_is_sent_once_more_at_most(both, peer, hand_clock):
    """After `system.error` a reply is tried a second time, and not a third."""
    peer.answers += [(500, {"code": "system.error"})] * 2
    message = Message("m", "bot", "cidP", group=False, sender="u1")
    result, waits = await _send(hand_clock, both, message, RenderedReply("text", "好", ()))
    assert isinstance(result, Undelivered)
    assert (result.route, len(waits), len(peer.calls)) == ("api", 1, 2)


async def test_without_any_way_the_last_reason_is_kept(both, chat, hand_clock):
    """A person outside whose webhook has expired cannot be reached: undelivered, with that reason, and nothing sent."""
    message = Message(
        "m", "bot", "cidP", group=False, session_webhook=chat.webhook(), session_webhook_expires_ms=1
    )
    result, waits = await _send(hand_clock, both, message, RenderedReply("text", "好", ()))
    assert isinstance(result, Undelivered)
    assert (result.reason.key, result.route, waits) == ("delivery.no-staff-id", "api", [])


async def test_a_ban_is_sat_out_on_every_way(chat, peer, http, token, hand_clock):
    """Once DingTalk's page for banned addresses came for one post, nothing is sent anywhere for five minutes; then all goes on."""
    ban = AddressBan(hand_clock)
    webhook = SessionWebhook(http, ["127.0.0.1"], clock=hand_clock, ban=ban)
    replies = Replies([webhook, RobotApi(OpenApi(http, peer.base, token, ban=ban))], clock=hand_clock)
    chat.answers.append(lambda _: web.Response(text="<!DOCTYPE html>", content_type="text/html"))
    messages = [
        Message("m1", "bot", "cid1", group=True, session_webhook=chat.webhook("1")),
        Message("m2", "bot", "cid2", group=True, session_webhook=chat.webhook("2")),
        Message("m3", "bot", "cid3", group=True),
    ]
    sendings = [replies.begin(each, RenderedReply("text", "好", ())) for each in messages]
    assert [await each.go_on(_ignore) for each in sendings] == [Later(300.0)] * 3
    assert (chat.posts, chat.answers, peer.calls) == ([], [], [])
    await hand_clock.sleep(300)
    ended = [await each.go_on(_ignore) for each in sendings]
    assert ended == [Delivered("webhook"), Delivered("webhook"), Delivered("api")]
