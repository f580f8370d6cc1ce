"""Calls of DingTalk's API."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.delivery import CallLedger, Meter
from prx_dingtalk_router.delivery.dingtalk import Accepted, AccessToken, OpenApi, Refused, Unsure

PATH = "/v1.0/robot/groupMessages/send"
REFUSED = (400, {"code": "InvalidAuthentication", "message": "不合法的access_token", "requestid": "R1"})


async def test_a_call_carries_the_token(peer, open_api):
    """A call brings its body and the token, and what DingTalk says is handed on."""
    peer.answers.append((200, {"processQueryKey": "pqk"}))
    assert await open_api.call("POST", PATH, {"text": "好"}) == Accepted({"processQueryKey": "pqk"})
    assert peer.calls == [("token1", {"text": "好"})]


@pytest.mark.parametrize("refused", [REFUSED, (401, {"code": "anything"}), (401, "<html>")])
async def test_a_refused_token_is_renewed_once(peer, open_api, refused):
    """A call whose token was refused is made once more with a new one; a second refusal is the answer."""
    peer.answers += [refused, (200, {"ok": 1})]
    assert await open_api.call("POST", PATH, {}) == Accepted({"ok": 1})
    peer.answers += [refused, refused]
    outcome = await open_api.call("POST", PATH, {})
    assert isinstance(outcome, Refused)
    assert outcome.remedy == "none"
    assert [token for token, _ in peer.calls] == ["token1", "token2", "token2", "token3"]


async def test_many_refused_calls_renew_the_token_once(peer, open_api):
    """When a token expires under a hundred calls, one new one is asked for."""
    assert await open_api.call("POST", PATH, {}) == Accepted({})
    peer.answers += [REFUSED] * 20
    outcomes = await asyncio.gather(*(open_api.call("POST", PATH, {}) for _ in range(20)))
    assert outcomes == [Accepted({})] * 20
    assert len(peer.asked) == 2


async def test_without_a_token_nothing_is_called(peer, open_api):
    """Why there is no token is why the call was not made."""
    peer.tokens.append((400, {"code": "invalidClientIdOrSecret", "message": "bad"}))
    outcome = await open_api.call("POST", PATH, {})
    assert isinstance(outcome, Refused)
    assert outcome.reason.render("en") == (
        "there is no access token for the robot (error code invalidClientIdOrSecret: bad)"
    )
    assert peer.calls == []


async def test_a_ban_of_the_address_is_sat_out(peer, open_api, hand_clock):
    """After DingTalk's page for banned addresses nothing is sent for five minutes."""
    peer.answers.append((200, "<!DOCTYPE html><html>punish</html>"))
    first = await open_api.call("POST", PATH, {})
    await hand_clock.sleep(100)
    second = await open_api.call("POST", PATH, {})
    assert isinstance(first, Refused)
    assert isinstance(second, Refused)
    assert (first.remedy, first.wait, second.wait) == ("wait", 300.0, 200.0)
    assert len(peer.calls) == 1
    await hand_clock.sleep(201)
    assert await open_api.call("POST", PATH, {}) == Accepted({})


async def test_a_lost_answer_is_not_repeated(peer, open_api):
    """When the connection breaks after the call nobody knows what became of it, and it is not made again."""
    peer.answers.append(None)
    assert isinstance(await open_api.call("POST", PATH, {}), Unsure)
    assert len(peer.calls) == 1


async def test_no_answer_in_time_is_unknown(peer, http, token):
    """A call ends after its own time."""
    await token.get()
    peer.open.clear()
    outcome = await OpenApi(http, peer.base, token).call("POST", PATH, {}, within=0.2)
    peer.open.set()
    assert isinstance(outcome, Unsure)


async def test_nobody_listening_is_no_call(http, peer, token):
    """A refused connection surely did nothing."""
    outcome = await OpenApi(http, "http://127.0.0.1:9", token).call("POST", PATH, {})
    assert isinstance(outcome, Refused)
    assert (outcome.reason.key, outcome.remedy) == ("delivery.call-unreachable", "backoff")


async def test_a_redirect_is_not_followed(peer, open_api):
    """A redirect is a refusal: the token does not travel to another host."""
    peer.answers.append((307, ""))
    assert isinstance(await open_api.call("POST", PATH, {}), Refused)
    assert len(peer.calls) == 1


async def test_no_secret_is_in_a_refusal(peer, open_api):
    """Client secret and token are masked in what DingTalk says."""
    peer.answers.append((400, {"code": "x", "message": "key a-client-secret and token1, both"}))
    outcome = await open_api.call("POST", PATH, {})
    assert isinstance(outcome, Refused)
    assert outcome.words == "key *** and ***, both"
    assert "token1" not in outcome.reason.render("zh")


async def test_the_sandbox_takes_a_call_and_a_revoked_token_is_renewed(dingtalk, sandbox_api):
    """Against the sandbox's DingTalk a call arrives, also after all tokens were revoked."""
    group = dingtalk.directory.conversations[0]
    body = {
        "robotCode": dingtalk.directory.apps[0].robot_code,
        "openConversationId": group.id,
        "msgKey": "sampleText",
        "msgParam": '{"content":"好"}',
    }
    assert isinstance(await sandbox_api.call("POST", PATH, body), Accepted)
    dingtalk.revoke_tokens()
    assert isinstance(await sandbox_api.call("POST", PATH, body), Accepted)
    assert [line.text for line in dingtalk.transcript(group.id)] == ["好", "好"]


async def test_wrong_credentials_are_said(dingtalk, http):
    """The sandbox refuses a wrong secret as DingTalk does."""
    token = AccessToken(http, dingtalk.base_url, dingtalk.directory.apps[0].client_id, "wrong")
    refused = await token.get()
    assert isinstance(refused, Refused)
    assert refused.code == "invalidClientIdOrSecret"


DENIED = "Forbidden.AccessDenied."


@pytest.mark.parametrize(
    ("answers", "counted"),
    [
        ([(200, {})], 1),
        ([(400, {"code": "miss.param.text"})], 1),
        ([None], 1),
        ([(503, {})], 1),
        ([REFUSED, (200, {})], 2),
        ([(403, {"code": f"{DENIED}QpsLimitForAppkeyAndApi"})], 0),
        ([(403, {"code": f"{DENIED}QpsLimitForApi"})], 0),
        ([(200, {"errcode": 90018})], 0),
        ([(200, "<html>punish</html>")], 0),
    ],
)
async def test_a_call_counts_whatever_came_back_but_not_its_rate(
    peer, http, token, hand_clock, answers, counted
):
    """DingTalk counts every call but those refused for their rate, and none for a token."""
    calls = CallLedger(clock=hand_clock)
    peer.answers += answers
    await OpenApi(http, peer.base, token, calls=calls).call("POST", PATH, {})
    assert calls.used(Meter.API) == counted


async def test_a_call_that_never_left_costs_nothing(http, token, hand_clock):
    """What cannot be reached counts nothing."""
    calls = CallLedger(clock=hand_clock)
    await OpenApi(http, "http://127.0.0.1:9", token, calls=calls).call("POST", PATH, {})
    assert calls.used(Meter.API) == 0


@pytest.mark.parametrize(
    "answer", [(403, {"code": f"{DENIED}ApiCountLimitForOrg"}), (200, {"errcode": 90020})]
)
async def test_a_month_that_is_used_up_is_noted(peer, http, token, hand_clock, answer):
    """When DingTalk says that the organisation's month is used up there is no more progress, until it takes a call again."""
    calls = CallLedger(clock=hand_clock)
    peer.answers.append(answer)
    await OpenApi(http, peer.base, token, calls=calls).call("POST", PATH, {})
    assert not calls.allows(Meter.API, "progress")
    assert calls.allows(Meter.API, "answer")
    await OpenApi(http, peer.base, token, calls=calls).call("POST", PATH, {})
    assert calls.allows(Meter.API, "progress")
