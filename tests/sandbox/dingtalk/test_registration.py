"""Registration: what is accepted, how each refusal looks, and in which format."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Faults, Refused, Registered
from prx_dingtalk_router.sandbox.dingtalk.registration import as_xml, prefers_json

OPEN = "/v1.0/gateway/connections/open"


async def test_registration_gives_endpoint_and_ticket(dingtalk: DingTalk, bot: Any, log: Any) -> None:
    """Good credentials get a WebSocket address of this sandbox and a ticket; observers see no secret."""
    status, body = await bot.register(
        ua="chat-router-sdk-python/1.0.0", localIp="10.0.0.7", extras={"k": "v"}
    )
    assert status == 200
    assert body["endpoint"] == dingtalk.base_url.replace("http", "ws") + "/connect"
    assert len(body["ticket"]) == 36
    seen = log.of(Registered)[0]
    assert (seen.client_id, seen.ua) == ("dingexample0001", "chat-router-sdk-python/1.0.0")
    assert seen.subscriptions == (("CALLBACK", "/v1.0/im/bot/messages/get"),)
    assert body["ticket"] not in str(seen.to_json())


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"clientSecret": "wrong"}, 401, "authFailed"),
        ({"clientSecret": "s3cr3t-value "}, 401, "authFailed"),
        ({"clientId": "dingnobody"}, 401, "authFailed"),
        ({"clientId": ""}, 400, "invalidParameter"),
        ({"clientId": 7}, 400, "invalidParameter"),
        ({"subscriptions": None}, 400, "invalidParameter"),
        ({"subscriptions": [{"type": "CALLBACK"}]}, 400, "invalidParameter"),
        ({"subscriptions": [{"type": "TELEX", "topic": "*"}]}, 400, "invalidParameter"),
        ({"subscriptions": [{"type": "EVENT", "topic": "user_add_org"}]}, 400, "invalidParameter"),
        ({"ua": "has blanks in it"}, 400, "invalidParameter"),
        ({"ua": 5}, 400, "invalidParameter"),
    ],
)
async def test_bad_registration_is_refused(
    bot: Any, log: Any, changes: dict[str, object], status: int, code: str
) -> None:
    """Each kind of bad body gets the status and code of the service, with a message and a request id."""
    answered, body = await bot.register(**changes)
    assert (answered, body["code"]) == (status, code)
    assert body["message"]
    assert body["requestid"]
    assert log.of(Refused, what="registration", status=status, code=code)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b'"text"'])
async def test_body_that_is_no_object_is_refused(
    dingtalk: DingTalk, http: aiohttp.ClientSession, raw: bytes
) -> None:
    """A body that is no JSON object is an invalid parameter, not a crash."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    async with http.post(dingtalk.base_url + OPEN, data=raw, headers=headers) as answer:
        assert answer.status == 400
        assert (await answer.json())["code"] == "invalidParameter"


async def test_other_content_type_is_refused(dingtalk: DingTalk, http: aiohttp.ClientSession) -> None:
    """Content-Type application/json is required."""
    async with http.post(
        dingtalk.base_url + OPEN, data=b"{}", headers={"Accept": "application/json"}
    ) as answer:
        assert answer.status == 400


async def test_answer_is_xml_without_an_accept_for_json(bot: Any) -> None:
    """A client that sends no Accept, or any, gets XML, refusals included."""
    for accept in ("*/*", "text/html"):
        status, text = await bot.post(
            OPEN, {"clientId": "x", "clientSecret": "y", "subscriptions": []}, Accept=accept
        )
        assert status == 401
        assert text.startswith("<?xml")
        assert "<code>authFailed</code>" in text


@pytest.mark.parametrize(
    ("accept", "json"),
    [
        ("application/json", True),
        ("application/json, text/plain, */*", True),
        ("application/xml;q=0.9, application/json", True),
        ("application/xml, application/json;q=0.5", False),
        ("application/json;q=nonsense", False),
        ("*/*", False),
        ("", False),
        (None, False),
    ],
)
def test_accept_is_weighed(accept: str | None, json: bool) -> None:
    """JSON is answered where it is named and weighs no less than XML."""
    assert prefers_json(accept) is json


def test_xml_is_escaped() -> None:
    """Values in XML answers are escaped."""
    assert "<ticket>a&amp;b&lt;</ticket>" in as_xml({"ticket": "a&b<"}, "R")


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        ("authFailed", 401, "authFailed"),
        ("systemError", 400, "systemError"),
        ("invalidParameter", 400, "invalidParameter"),
        ("robot.notStreamMode", 400, "Stream"),
        ("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403, "QpsLimit"),
        ("Forbidden.AccessDenied.IpNotInWhiteList", 403, "IpNotInWhiteList"),
        ("html", 400, "plain HTTP request was sent to HTTPS port"),
        ("unavailable", 503, "503 Service Temporarily Unavailable"),
    ],
)
async def test_knob_makes_registration_fail(
    faults: Faults, bot: Any, fault: str, status: int, said: str
) -> None:
    """Every refusal of the document can be had by the knob, for as many requests as wanted."""
    faults.set("register", fault)
    faults.set("register-for", 2)
    for _ in range(2):
        answered, body = await bot.register()
        assert answered == status
        assert said in str(body)
    assert (await bot.register())[0] == 200


async def test_answer_without_a_ticket(faults: Faults, bot: Any) -> None:
    """The knob leaves the ticket out of a good answer."""
    faults.register = "no-ticket"
    status, body = await bot.register()
    assert status == 200
    assert set(body) == {"endpoint"}


async def test_slow_registration_outlasts_a_client(faults: Faults, dingtalk: DingTalk, bot: Any) -> None:
    """With the delay knob a client runs into its own timeout, and the sandbox goes on."""
    faults.register_delay = 30
    short = aiohttp.ClientTimeout(total=0.1)
    with pytest.raises(asyncio.TimeoutError):
        async with bot.http.post(dingtalk.base_url + OPEN, json={}, timeout=short):
            pass
    faults.register_delay = 0
    assert (await bot.register())[0] == 200
