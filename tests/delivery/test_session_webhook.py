"""One post to a session webhook."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from prx_dingtalk_router.delivery import CallLedger, Meter, SessionWebhook
from prx_dingtalk_router.delivery.dingtalk import Declined, Part, Sent, Unconfirmed
from prx_dingtalk_router.delivery.dingtalk.session_webhook import read_answer
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.net import HttpClient, HttpOptions

PART = Part("text", "好")


def _message(url, expires=0):
    return Message("m1", "bot", "cid", group=False, session_webhook=url, session_webhook_expires_ms=expires)


ANSWERS = [
    (200, b'{"errcode":0,"errmsg":"ok"}', Sent, None, None),
    (200, b'{"errcode":"0"}', Sent, None, None),
    (200, b"{}", Declined, "none", "delivery.reply-odd"),
    (200, b"<html>", Declined, "wait", "delivery.reply-throttled"),
    (200, b" <!DOCTYPE html>", Declined, "wait", "delivery.reply-throttled"),
    (200, b"", Declined, "none", "delivery.reply-odd"),
    (403, b"<html>", Declined, "none", "delivery.reply-odd"),
    (200, b'{"code":"ServiceUnavailable","message":"m"}', Declined, "backoff", "delivery.reply-refused"),
    (200, b'{"code":"contain.unsafe.url"}', Declined, "none", "delivery.reply-refused"),
    (200, b'{"errcode":false}', Declined, "none", "delivery.reply-odd"),
    (200, b'[{"errcode":0}]', Declined, "none", "delivery.reply-odd"),
    (404, b'{"errcode":0}', Declined, "none", "delivery.reply-odd"),
    (302, b"", Declined, "none", "delivery.reply-odd"),
    (200, b'{"errcode":-1}', Declined, "backoff", "delivery.reply-refused"),
    (200, b'{"errcode":300001}', Declined, "other-route", "delivery.reply-refused"),
    (200, b'{"errcode":300005}', Declined, "other-route", "delivery.reply-refused"),
    (200, b'{"errcode":130101}', Declined, "wait", "delivery.reply-throttled"),
    (200, b'{"errcode":660026}', Declined, "wait", "delivery.reply-throttled"),
    (200, b'{"errcode":410100}', Declined, "wait", "delivery.reply-throttled"),
    (200, b'{"errcode":460101}', Declined, "split", "delivery.reply-refused"),
    (200, b'{"errcode":400105}', Declined, "as-text", "delivery.reply-refused"),
    (200, b'{"errcode":430102}', Declined, "none", "delivery.reply-content"),
    (200, b'{"errcode":987654}', Declined, "none", "delivery.reply-refused"),
    (200, b'{"errcode":' + b"9" * 400 + b"}", Declined, "none", "delivery.reply-odd"),
    (200, b'{"code":"param.error","message":"no title"}', Declined, "none", "delivery.reply-odd"),
    (200, b'{"status":1111,"wait":90,"punish":"deny"}', Declined, "wait", "delivery.reply-throttled"),
    (429, b"", Declined, "wait", "delivery.reply-throttled"),
    (500, b"", Declined, "backoff", "delivery.reply-odd"),
    (502, b"<html>", Unconfirmed, None, "delivery.reply-unknown"),
]


@pytest.mark.parametrize(("status", "content", "kind", "remedy", "key"), ANSWERS)
def test_each_answer_has_its_meaning(status, content, kind, remedy, key):
    """Only 2xx with a JSON object and errcode 0 is success; a refusal carries what may still help."""
    posted = read_answer(status, content)
    assert isinstance(posted, kind)
    if isinstance(posted, Declined):
        assert posted.remedy == remedy
    if not isinstance(posted, Sent):
        assert posted.reason.key == key
        assert posted.reason.render("zh")
        assert posted.reason.render("en")


def test_throttling_waits_as_long_as_it_lasts():
    """A throttled post waits 60 s, one from a banned address the ban's 300 s, or more if it is told so, up to an hour."""
    assert read_answer(200, b'{"errcode":130101}').wait == 60.0
    assert read_answer(429, b"").wait == 60.0
    assert read_answer(200, b"<html>").wait == 300.0
    assert read_answer(200, b'{"status":1111,"wait":5}').wait == 300.0
    assert read_answer(200, b'{"status":1111,"wait":900}').wait == 900.0
    assert read_answer(200, b'{"status":1111,"wait":1000000000}').wait == 3600.0
    assert read_answer(200, b'{"status":1111,"wait":1' + b"0" * 400 + b"}").wait == 300.0


async def test_what_is_secret_is_not_kept_of_an_answer(chat, http):
    """A refusal keeps what DingTalk said, without the webhook it was said about and the secrets it is told."""
    words = f"keywords not in content: {chat.webhook('abc123def')} (abc123def, 密钥 a-client-secret)"
    chat.answers.append(lambda _: web.json_response({"errcode": 310000, "errmsg": words}))
    webhook = SessionWebhook(http, ["127.0.0.1"], secrets=["a-client-secret"])
    posted = await webhook.post(_message(chat.webhook("abc123def")), PART)
    assert posted.reason.render("zh") == (
        "钉钉拒绝了回复（错误码 310000：keywords not in content: *** (***, 密钥 ***)）"
    )


async def test_it_posts_to_the_message_s_own_webhook(chat, http):
    """A post arrives with its session, and errcode 0 is success."""
    webhook = SessionWebhook(http, ["127.0.0.1"])
    assert await webhook.post(_message(chat.webhook("abc")), PART) == Sent()
    assert chat.posts[0]["session"] == "abc"


async def test_an_expired_webhook_is_not_used(chat, http, hand_clock):
    """Two seconds before it expires a webhook is of no use any more."""
    webhook = SessionWebhook(http, ["127.0.0.1"], clock=hand_clock)
    fresh = await webhook.post(_message(chat.webhook(), hand_clock.ms + 2_000), PART)
    assert fresh == Sent()
    stale = await webhook.post(_message(chat.webhook(), hand_clock.ms + 1_999), PART)
    assert isinstance(stale, Declined)
    assert (stale.reason.key, stale.remedy) == ("delivery.webhook-expired", "other-route")
    assert len(chat.posts) == 1


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("", "delivery.no-webhook"),
        ("https://evil.example/robot/sendBySession?session=s", "delivery.webhook-host"),
        ("http://oapi.dingtalk.com/robot/sendBySession?session=s", "delivery.webhook-host"),
        ("https://oapi.dingtalk.com@evil.example/x", "delivery.webhook-host"),
        ("not a url", "delivery.webhook-host"),
    ],
)
async def test_replies_go_nowhere_else(http, url, key):
    """A webhook that is missing, not https or not at a listed host is refused before anything is sent."""
    posted = await SessionWebhook(http, ["*.dingtalk.com"]).post(_message(url), PART)
    assert isinstance(posted, Declined)
    assert posted.reason.key == key


async def test_a_loopback_webhook_must_be_listed(chat, http):
    """Loopback is refused unless `webhook_hosts` names it."""
    posted = await SessionWebhook(http, ["*.dingtalk.com"]).post(_message(chat.webhook()), PART)
    assert isinstance(posted, Declined)
    assert chat.posts == []


async def test_a_redirect_is_not_followed(chat, http):
    """A redirect is a refusal: the reply does not travel to another host."""
    chat.answers.append(lambda _: web.Response(status=307, headers={"location": chat.webhook("elsewhere")}))
    posted = await SessionWebhook(http, ["127.0.0.1"]).post(_message(chat.webhook()), PART)
    assert isinstance(posted, Declined)
    assert chat.posts == []


async def test_nobody_listening_means_not_sent(http):
    """A refused connection is surely no delivery, and worth another try."""
    posted = await SessionWebhook(http, ["127.0.0.1"]).post(_message("http://127.0.0.1:9/x"), PART)
    assert isinstance(posted, Declined)
    assert (posted.reason.key, posted.remedy) == ("delivery.reply-unreachable", "backoff")


async def test_a_connection_lost_after_sending_is_unconfirmed(chat, http):
    """When the answer is lost nobody knows whether the post arrived."""

    def hang_up(request):
        request.transport.abort()
        return web.Response()

    chat.answers.append(hang_up)
    posted = await SessionWebhook(http, ["127.0.0.1"]).post(_message(chat.webhook()), PART)
    assert posted == Unconfirmed(posted.reason)


async def test_an_answer_that_never_comes_is_unconfirmed(chat):
    """A peer that takes the post and says nothing leaves it unconfirmed when the time is over."""
    release = asyncio.Event()

    class Silent(web.StreamResponse):
        async def prepare(self, request):
            await release.wait()
            return await super().prepare(request)

    chat.answers.append(lambda _: Silent())
    async with HttpClient(HttpOptions(total_timeout=0.2)) as impatient:
        posted = await SessionWebhook(impatient, ["127.0.0.1"]).post(_message(chat.webhook()), PART)
    release.set()
    assert isinstance(posted, Unconfirmed)


async def test_a_post_is_counted_unless_it_never_left(chat, http, hand_clock):
    """Whatever DingTalk answers, a post counts on the webhook's meter; one that never left does not."""
    calls = CallLedger(clock=hand_clock)
    route = SessionWebhook(http, ["127.0.0.1"], calls=calls)
    chat.answers += [0, 310000]
    for url in (chat.webhook(), chat.webhook(), "http://127.0.0.1:9/", ""):
        await route.post(_message(url), PART)
    assert (calls.used(Meter.WEBHOOK_AND_STREAM), calls.used(Meter.API)) == (2, 0)
