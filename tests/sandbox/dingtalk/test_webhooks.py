"""Session webhooks: what they accept, and every error code of the document."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Faults, Refused, Replied, Said
from prx_dingtalk_router.sandbox.dingtalk.errcodes import MESSAGES

HELP_DESK = "cidITHelpDesk2026A1=="
TEXT = {"msgtype": "text", "text": {"content": "hello"}}


@pytest_asyncio.fixture
async def webhook(bot: Any, dingtalk: DingTalk) -> str:
    """The session webhook of a group message."""
    socket = await bot.connect()
    dingtalk.say(Said("u1001", HELP_DESK, text="hi"))
    return str((await bot.message(socket))["sessionWebhook"])


async def errcode(bot: Any, webhook: str, body: object) -> int:
    """The error code that a post gets, always in a 200 answer."""
    status, answer = await bot.post(webhook, body)
    assert status == 200
    assert answer["errmsg"]
    return int(answer["errcode"])


@pytest.mark.parametrize(
    "body",
    [
        {
            "msgtype": "text",
            "text": {"content": "@u1001 done"},
            "at": {"atUserIds": ["u1001"], "isAtAll": False},
        },
        {"msgtype": "text", "text": {"content": "x"}, "at": {"atUserIds": [None, ""], "atMobiles": None}},
        {"msgtype": "markdown", "markdown": {"title": "Status", "text": "### Status  \n  - web: up"}},
        {
            "msgtype": "actionCard",
            "actionCard": {
                "title": "Approve?",
                "text": "### Approve?",
                "btnOrientation": "1",
                "btns": [
                    {"title": "Yes", "actionURL": "https://example.com/y"},
                    {"title": "No", "actionURL": "https://example.com/n"},
                ],
            },
        },
        {
            "msgtype": "actionCard",
            "actionCard": {
                "title": "T",
                "text": "t",
                "singleTitle": "Open",
                "singleURL": "https://example.com/y",
            },
        },
        {
            "msgtype": "link",
            "link": {"title": "R", "text": "How", "messageUrl": "https://example.com/r", "picUrl": ""},
        },
        {
            "msgtype": "feedCard",
            "feedCard": {
                "links": [
                    {
                        "title": "A",
                        "messageURL": "https://example.com/a",
                        "picURL": "https://example.com/a.png",
                    }
                ]
            },
        },
        {"msgtype": "empty"},
    ],
    ids=lambda body: body["msgtype"],
)
async def test_documented_bodies_are_accepted(
    bot: Any, webhook: str, body: dict[str, object], log: Any
) -> None:
    """Every sample of the document is accepted."""
    assert await errcode(bot, webhook, body) == 0
    assert log.of(Replied)[0].body == body


async def test_what_the_conversation_shows(bot: Any, webhook: str, dingtalk: DingTalk) -> None:
    """Buttons, titles, pictures and highlighted mentions appear; `empty` shows nothing."""
    card = {
        "title": "T",
        "text": "@u1002 @u10011 ![p](https://example.com/p.png)",
        "singleTitle": "Open",
        "singleURL": "https://e.cn",
    }
    await bot.post(webhook, {"msgtype": "actionCard", "actionCard": card})
    await bot.post(webhook, {"msgtype": "empty"})
    at = {"atUserIds": ["u1001", "u1002"], "isAtAll": True}
    await bot.post(webhook, {"msgtype": "text", "text": {"content": "@u1001 see"}, "at": at})
    _, shown, text = dingtalk.transcript(HELP_DESK)
    assert [(button.title, button.url) for button in shown.buttons] == [("Open", "https://e.cn")]
    assert (shown.title, shown.pictures, shown.markdown) == ("T", ("https://example.com/p.png",), True)
    assert shown.mentions == ("u1002",)
    assert text.mentions == ("u1001", "all")
    assert text.to_json()["mentions"] == ("u1001", "all")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, 40035),
        ([], 40035),
        ("text", 40035),
        ({"text": {"content": "x"}}, 40035),
        ({"msgtype": 5}, 40035),
        ({"msgtype": "image", "image": {"picURL": "https://example.com/x.png"}}, 400105),
        ({"msgtype": "voice", "voice": {"media_id": "@x"}}, 400105),
        ({"msgtype": "file", "file": {"mediaId": "@x"}}, 400105),
        ({"msgtype": "file", "file": {"media_id": "@x"}}, 401102),
        ({"msgtype": "text"}, 401102),
        ({"msgtype": "text", "text": "x"}, 401102),
        ({"msgtype": "text", "text": {"content": ""}}, 401102),
        ({"msgtype": "text", "text": {"content": None}}, 401102),
        ({"msgtype": "markdown", "markdown": {"text": "no title"}}, 401102),
        ({"msgtype": "link", "link": {"title": "a", "text": "b", "messageURL": "https://e.cn"}}, 401102),
        ({"msgtype": "actionCard", "actionCard": {"title": "a", "text": "b"}}, 401102),
        (
            {"msgtype": "actionCard", "actionCard": {"title": "a", "text": "b", "btns": [{"title": "x"}]}},
            401102,
        ),
        ({"msgtype": "actionCard", "actionCard": {"title": "a", "text": "b", "btns": [5]}}, 401102),
        ({"msgtype": "feedCard", "feedCard": {"links": []}}, 401102),
        ({"msgtype": "feedCard", "feedCard": {"links": [{"title": "a", "messageUrl": "x"}]}}, 401102),
    ],
)
async def test_bodies_that_are_not_whole_are_refused(bot: Any, webhook: str, body: object, code: int) -> None:
    """A missing or misspelt parameter is refused with the code of its kind."""
    assert await errcode(bot, webhook, body) == code


async def test_missing_media_id_is_named(bot: Any, webhook: str) -> None:
    """A file is refused in the words that were observed."""
    _, answer = await bot.post(webhook, {"msgtype": "file", "file": {}})
    assert answer["errmsg"] == "miss param : file->mediaId"


async def test_content_type_must_be_json(bot: Any, webhook: str) -> None:
    """Another Content-Type is 43004, whatever the body."""
    async with bot.http.post(webhook, data=json.dumps(TEXT)) as answer:
        assert (await answer.json())["errcode"] == 43004


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff"])
async def test_body_must_be_json(bot: Any, webhook: str, raw: bytes) -> None:
    """A body that is no JSON lacks the JSON parameter."""
    async with bot.http.post(webhook, data=raw, headers={"Content-Type": "application/json"}) as answer:
        assert (await answer.json())["errcode"] == 40035


async def test_whole_body_has_at_most_20000_bytes(bot: Any, webhook: str, log: Any) -> None:
    """20,000 bytes of UTF-8 are taken, one more is 460101."""
    empty = len(json.dumps({"msgtype": "text", "text": {"content": ""}}).encode())
    for size, code in ((20_000, 0), (20_001, 460101)):
        body = json.dumps({"msgtype": "text", "text": {"content": "x" * (size - empty)}})
        assert len(body.encode()) == size
        async with bot.http.post(webhook, data=body, headers={"Content-Type": "application/json"}) as answer:
            assert (await answer.json())["errcode"] == code
    assert log.of(Refused, what="webhook", code="460101")


async def test_unknown_session_and_none(bot: Any, dingtalk: DingTalk) -> None:
    """A wrong session is 300001, a missing one 400101."""
    base = dingtalk.base_url + "/robot/sendBySession"
    assert await errcode(bot, f"{base}?session=nonsense", TEXT) == 300001
    assert await errcode(bot, base, TEXT) == 400101


async def test_session_expires(bot: Any, dingtalk: DingTalk, faults: Faults, webhook: str) -> None:
    """A webhook is good several times until its end, then 300001 for good."""
    assert [await errcode(bot, webhook, TEXT) for _ in range(3)] == [0, 0, 0]
    faults.webhook_life = 0
    socket = await bot.connect()
    dingtalk.cut()
    await socket.close()
    socket = await bot.connect()
    dingtalk.say(Said("u1001", text="hi"))
    body = await bot.message(socket)
    assert body["sessionWebhookExpiredTime"] == body["createAt"]
    assert await errcode(bot, body["sessionWebhook"], TEXT) == 300001
    assert await errcode(bot, webhook, TEXT) == 0


async def test_twenty_posts_a_minute_and_conversation(bot: Any, webhook: str, dingtalk: DingTalk) -> None:
    """The 21st post of a minute is 130101, and so are those after it; another conversation is not concerned."""
    codes = [await errcode(bot, webhook, TEXT) for _ in range(23)]
    assert codes == [0] * 20 + [130101] * 3
    assert len(dingtalk.transcript(HELP_DESK)) == 21
    socket = bot.sockets[0]
    dingtalk.say(Said("u1001", text="privately"))
    assert await errcode(bot, (await bot.message(socket))["sessionWebhook"], TEXT) == 0


@pytest.mark.parametrize(
    ("knob", "value", "text", "code"),
    [
        ("unsuitable-words", "赌博, 发票", "代开发票", 430102),
        ("unsafe-links", "evil.example", "see https://evil.example/x", 430101),
        ("unsuitable-pictures", "bad.png", "![](https://example.com/bad.png)", 430103),
        ("security-keywords", "告警, 通知", "nothing of it", 310000),
        ("dissolved", HELP_DESK, "x", 400013),
        ("robot-stopped", "true", "x", 400102),
    ],
)
async def test_content_and_state_are_checked(
    bot: Any, webhook: str, faults: Faults, knob: str, value: str, text: str, code: int
) -> None:
    """Content checks and states of group and robot have their codes; without the knob the same post is fine."""
    body = {"msgtype": "markdown", "markdown": {"title": "t", "text": text}}
    assert await errcode(bot, webhook, body) == 0
    faults.set(knob, value)
    assert await errcode(bot, webhook, body) == code


@pytest.mark.parametrize("code", [code for code in MESSAGES if code])
async def test_every_code_can_be_had(bot: Any, webhook: str, faults: Faults, code: int) -> None:
    """The knob gives each code of the table, for as many posts as wanted."""
    faults.set("webhook", str(code))
    faults.set("webhook-for", 1)
    status, answer = await bot.post(webhook, TEXT)
    assert (status, answer["errcode"]) == (200, code)
    assert ("sub_code" in answer) == (code == 88)
    assert await errcode(bot, webhook, TEXT) == 0


async def test_success_can_come_as_a_string(
    bot: Any, webhook: str, faults: Faults, dingtalk: DingTalk
) -> None:
    """One sample writes the code as a string; the message appears all the same."""
    faults.webhook = "string-zero"
    assert (await bot.post(webhook, TEXT))[1] == {"errcode": "0", "errmsg": "ok"}
    assert dingtalk.transcript(HELP_DESK)[-1].text == "hello"


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        ("html", 200, "<!DOCTYPE html>"),
        ("throttled", 200, "1111"),
        ("empty", 200, ""),
        ("http-500", 500, "Internal Server Error"),
        ("code-message", 200, "ServiceUnavailable"),
    ],
)
async def test_answers_that_are_no_errcode(
    bot: Any, webhook: str, faults: Faults, dingtalk: DingTalk, log: Any, fault: str, status: int, said: str
) -> None:
    """HTML, throttling, empty and foreign answers are had by the knob, and nothing appears."""
    faults.set("webhook", fault)
    answered, body = await bot.post(webhook, TEXT)
    assert answered == status
    assert said in str(body)
    assert log.of(Refused, what="webhook")[-1].status == status
    assert len(dingtalk.transcript(HELP_DESK)) == 1


@pytest.mark.parametrize(("fault", "landed"), [("cut-before", 1), ("cut-after", 2)])
async def test_cut_connection_leaves_the_outcome_open(
    bot: Any, webhook: str, faults: Faults, dingtalk: DingTalk, fault: str, landed: int
) -> None:
    """The connection can break before or after the message was taken; the client sees the same."""
    faults.set("webhook", fault)
    with pytest.raises(aiohttp.ClientError):
        await bot.post(webhook, TEXT)
    assert len(dingtalk.transcript(HELP_DESK)) == landed


async def test_throttling_by_ip_meets_everything(bot: Any, webhook: str, faults: Faults) -> None:
    """Under the throttle every interface answers HTML or status 1111."""
    faults.throttle = "json"
    assert (await bot.post(webhook, TEXT))[1]["status"] == 1111
    assert (await bot.register())[1]["punish"] == "deny"
    faults.throttle = "html"
    assert "<html>" in (await bot.register())[1]


async def test_token_header_is_accepted_and_get_is_not(bot: Any, webhook: str) -> None:
    """Some clients add a token to the webhook; it does no harm. Only POST is answered."""
    _, answer = await bot.post(webhook, TEXT, **{"x-acs-dingtalk-access-token": "whatever"})
    assert answer["errcode"] == 0
    async with bot.http.get(webhook) as refused:
        assert refused.status == 404


def test_session_never_shows_in_json_of_events(dingtalk: DingTalk) -> None:
    """Observers who print events as JSON print no webhook session."""
    from prx_dingtalk_router.sandbox.dingtalk import Pushed

    event = Pushed(
        at=1,
        msg_id="m",
        header_id="h",
        topic="t",
        payload={"sessionWebhook": "http://h/robot/sendBySession?session=abcdef"},
        attempt=1,
        connection=1,
        client_id="c",
    )
    assert "abcdef" not in str(event.to_json())
    assert "abcdef" not in repr(event)
