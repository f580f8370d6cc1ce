"""Every row of the errcode table (dingtalk-stream.md section 7), over real sockets: what a reply comes to that meets it."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.decision.rendering import RenderedReply
from prx_dingtalk_router.delivery import Replies, RobotApi, SessionWebhook
from prx_dingtalk_router.delivery.dingtalk import Delivered, Later, Undelivered
from prx_dingtalk_router.message import Message

REPLY = RenderedReply("markdown", "**好的**，" + "已经处理。" * 100, ())

ROWS = {
    "0-ok": (0, "sent"),
    "-1-busy": (-1, "again"),
    "300001-session-does-not-exist": (300001, "api"),
    "300005-token-does-not-exist": (300005, "api"),
    "310000-security-setting": (310000, "dead"),
    "40035-missing-parameter": (40035, "dead"),
    "43004-wrong-content-type": (43004, "dead"),
    "400013-group-dissolved": (400013, "dead"),
    "400101-token-missing": (400101, "dead"),
    "400102-robot-stopped": (400102, "dead"),
    "400106-robot-missing": (400106, "dead"),
    "400105-msgtype-not-supported": (400105, "as-text"),
    "401102-parameter-missing-in-the-typed-body": (401102, "dead"),
    "410100-too-fast": (410100, "minute"),
    "130101-over-20-per-minute": (130101, "minute"),
    "660026-too-fast": (660026, "minute"),
    "430101-unsafe-link": (430101, "dead"),
    "430102-unsuitable-text": (430102, "dead"),
    "430103-unsuitable-picture": (430103, "dead"),
    "430104-unsuitable-content": (430104, "dead"),
    "460101-body-over-20000-bytes": (460101, "split"),
    "101002-older-too-long": (101002, "split"),
    "34016-older-too-long": (34016, "split"),
    "88-gateway": (88, "again"),
    "90002-global-QPS": (90002, "again"),
    "90018-app-QPS": (90018, "again"),
    "90020-month-used-up": (90020, "api"),
}


@pytest.mark.parametrize("row", ROWS)
async def test_errcode(row, chat, http, open_api, peer, hand_clock):
    """A reply that meets this errcode once is sent again, cut, sent as text, sent by the API, or kept with its reason."""
    code, becomes = ROWS[row]
    message = Message("m1", "bot", "cid", group=True, sender="u1", session_webhook=chat.webhook())
    routes = [SessionWebhook(http, ["127.0.0.1"], clock=hand_clock), RobotApi(open_api)]
    sending = Replies(routes, clock=hand_clock).begin(message, REPLY)
    chat.answers.append(code)
    told, waits = [], []

    async def about_to(parts):
        told.append(parts)

    while isinstance(result := await sending.go_on(about_to), Later):
        waits.append(result.seconds)
        await hand_clock.sleep(result.seconds)
    posts, calls = len(chat.posts), len(peer.calls)
    match becomes:
        case "sent":
            assert (result, posts, calls, waits) == (Delivered("webhook"), 1, 0, [])
        case "again":
            assert (result, posts, calls, waits) == (Delivered("webhook"), 1, 0, [1.0])
        case "minute":
            assert (result, posts, calls, waits) == (Delivered("webhook"), 1, 0, [60.0])
        case "api":
            assert (result, posts, calls, waits) == (Delivered("api"), 0, 1, [])
        case "as-text":
            assert (result, posts, calls, waits) == (Delivered("webhook"), 1, 0, [])
            assert chat.posts[0]["msgtype"] == "text"
        case "split":
            assert (result, posts > 1, calls, waits) == (Delivered("webhook"), True, 0, [])
            assert "".join(chat.texts) == REPLY.content
        case "dead":
            assert isinstance(result, Undelivered)
            assert (result.certain, result.route, posts, calls, waits) == (True, "webhook", 0, 0, [])
            assert str(code) in result.reason.render("zh")
    assert set(told) == {0}
