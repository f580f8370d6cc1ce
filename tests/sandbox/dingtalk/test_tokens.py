"""Access tokens in three forms, their life and their refusals."""

from __future__ import annotations

from typing import Any

import pytest

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Faults

APP = {"appKey": "dingexample0001", "appSecret": "s3cr3t-value"}
PROBE = "/v1.0/robot/oToMessages/batchSend"


async def test_three_forms_give_the_same_token(bot: Any, dingtalk: DingTalk) -> None:
    """Within its validity an application has one token, whichever way it is asked for."""
    _, first = await bot.post("/v1.0/oauth2/accessToken", APP)
    assert first == {"expireIn": 7200, "accessToken": first["accessToken"]}
    grant = {
        "client_id": APP["appKey"],
        "client_secret": APP["appSecret"],
        "grant_type": "client_credentials",
    }
    _, second = await bot.post("/v1.0/oauth2/dingcorp01/token", grant)
    assert second == {"access_token": first["accessToken"], "expires_in": 7200}
    legacy = f"{dingtalk.base_url}/gettoken?appkey={APP['appKey']}&appsecret={APP['appSecret']}"
    async with bot.http.get(legacy) as answer:
        third = await answer.json()
    assert (third["errcode"], third["access_token"]) == (0, first["accessToken"])


@pytest.mark.parametrize(
    "body", [{}, [], APP | {"appSecret": "wrong"}, APP | {"appKey": "other"}, {"appKey": 5}]
)
async def test_bad_credentials_are_refused(bot: Any, body: object) -> None:
    """Wrong or missing credentials are 400 invalidClientIdOrSecret."""
    status, answer = await bot.post("/v1.0/oauth2/accessToken", body)
    assert (status, answer["code"]) == (400, "invalidClientIdOrSecret")


async def test_other_forms_refuse_in_their_own_manner(bot: Any, dingtalk: DingTalk) -> None:
    """Another corporation is refused; the legacy form answers 200 with an errcode."""
    grant = {
        "client_id": APP["appKey"],
        "client_secret": APP["appSecret"],
        "grant_type": "client_credentials",
    }
    assert (await bot.post("/v1.0/oauth2/dingother/token", grant))[0] == 400
    assert (await bot.post("/v1.0/oauth2/dingcorp01/token", grant | {"grant_type": "password"}))[0] == 400
    async with bot.http.get(f"{dingtalk.base_url}/gettoken?appkey=x&appsecret=y") as answer:
        assert answer.status == 200
        assert (await answer.json())["errcode"] == 40096


async def test_legacy_form_names_an_invalid_token_by_its_own_code(
    bot: Any, dingtalk: DingTalk, faults: Faults
) -> None:
    """What is InvalidAuthentication elsewhere is 40014 in the legacy form, also when it is met only once."""
    faults.token, faults.token_for = "InvalidAuthentication", 1
    url = f"{dingtalk.base_url}/gettoken?appkey={APP['appKey']}&appsecret={APP['appSecret']}"
    codes = []
    for _ in range(2):
        async with bot.http.get(url) as answer:
            codes.append((await answer.json())["errcode"])
    assert codes == [40014, 0]


@pytest.mark.parametrize("headers", [{}, {"x-acs-dingtalk-access-token": "nonsense"}])
async def test_call_without_a_good_token_is_refused(bot: Any, headers: dict[str, str]) -> None:
    """A missing or unknown token is 400 InvalidAuthentication."""
    status, answer = await bot.post(PROBE, {}, **headers)
    assert (status, answer["code"]) == (400, "InvalidAuthentication")


async def test_expired_and_revoked_tokens_are_refused_and_replaced(
    bot: Any, dingtalk: DingTalk, faults: Faults
) -> None:
    """After its life, or when revoked, a token is refused and a new one is given."""
    faults.token_life = 0
    expired = await bot.token()
    status, answer = await bot.post(PROBE, {}, **{"x-acs-dingtalk-access-token": expired})
    assert (status, answer["code"]) == (400, "InvalidAuthentication")
    faults.token_life = 7200
    fresh = await bot.token()
    assert fresh != expired
    dingtalk.revoke_tokens()
    status, answer = await bot.post(PROBE, {}, **{"x-acs-dingtalk-access-token": fresh})
    assert answer["code"] == "InvalidAuthentication"


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        ("invalidClientIdOrSecret", 400, "invalidClientIdOrSecret"),
        ("html", 200, "<html>"),
        ("throttled", 200, "1111"),
        ("http-500", 500, "Internal"),
    ],
)
async def test_knob_makes_tokens_fail(bot: Any, faults: Faults, fault: str, status: int, said: str) -> None:
    """The token API can fail in the service's manners, for as many requests as wanted."""
    faults.set("token", fault)
    faults.set("token-for", 1)
    answered, body = await bot.post("/v1.0/oauth2/accessToken", APP)
    assert answered == status
    assert said in str(body)
    assert (await bot.post("/v1.0/oauth2/accessToken", APP))[0] == 200
