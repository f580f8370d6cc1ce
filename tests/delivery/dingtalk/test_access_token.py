"""The robot's access token."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.delivery.dingtalk import AccessToken, Refused


async def test_it_is_asked_for_once_while_it_is_good(peer, token, hand_clock):
    """A token of two hours is used for all but its last five minutes, then another one is asked for."""
    assert await token.get() == "token1"
    await hand_clock.sleep(7200 - 300 - 1)
    assert await token.get() == "token1"
    await hand_clock.sleep(2)
    assert await token.get() == "token2"
    assert peer.asked == [{"appKey": "dingapp", "appSecret": "a-client-secret"}] * 2


async def test_many_callers_ask_together(peer, token):
    """A hundred callers at a time get the token of one request."""
    assert set(await asyncio.gather(*(token.get() for _ in range(100)))) == {"token1"}
    assert len(peer.asked) == 1


async def test_a_short_life_leaves_most_of_it(peer, token, hand_clock):
    """Of a token that lives for a minute nine tenths are used."""
    peer.tokens.append((200, {"accessToken": "short", "expireIn": "60"}))
    assert await token.get() == "short"
    await hand_clock.sleep(53)
    assert await token.get() == "short"
    await hand_clock.sleep(2)
    assert await token.get() == "token2"


async def test_a_refused_token_is_forgotten_and_a_newer_one_kept(peer, token):
    """Calls that were under way with the old token do not make the new one be dropped."""
    old = await token.get()
    token.refused(old)
    assert await token.get() == "token2"
    token.refused(old)
    assert await token.get() == "token2"
    assert len(peer.asked) == 2


@pytest.mark.parametrize("life", ["soon", None, -1, True, float("1e308") * 10, [1]])
async def test_an_odd_life_is_two_hours(peer, token, hand_clock, life):
    """What says no sensible time is taken for the documented two hours."""
    peer.tokens.append((200, {"accessToken": "odd", "expireIn": life}))
    assert await token.get() == "odd"
    await hand_clock.sleep(6000)
    assert await token.get() == "odd"


@pytest.mark.parametrize(
    ("given", "code", "remedy"),
    [
        (
            (400, {"code": "invalidClientIdOrSecret", "message": "no a-client-secret"}),
            "invalidClientIdOrSecret",
            "none",
        ),
        (
            (403, {"code": "Forbidden.AccessDenied.QpsLimitForApi"}),
            "Forbidden.AccessDenied.QpsLimitForApi",
            "backoff",
        ),
        ((500, "<html>"), "500", "backoff"),
        ((502, "<html>"), "", "backoff"),
        ((200, {"accessToken": ""}), "", "backoff"),
        ((200, {"accessToken": "two\r\nlines"}), "", "backoff"),
        ((200, {"accessToken": 7}), "", "backoff"),
        ((200, []), "", "backoff"),
        ((200, "<html>banned</html>"), "1111", "wait"),
    ],
)
async def test_each_refusal_has_its_reason(peer, token, given, code, remedy):
    """Why there is no token is said with DingTalk's code, without the secret, and nothing is raised."""
    peer.tokens.append(given)
    refused = await token.get()
    assert isinstance(refused, Refused)
    assert (refused.code, refused.remedy) == (code, remedy)
    assert "a-client-secret" not in refused.reason.render("zh") + refused.words
    assert refused.reason.render("en")


async def test_who_waits_behind_a_refusal_gets_it_too(peer, token, hand_clock):
    """A refusal is for everybody who asked meanwhile; a second later it is asked again."""
    peer.tokens.append((400, {"code": "invalidClientIdOrSecret"}))
    refusals = await asyncio.gather(*(token.get() for _ in range(50)))
    assert {refused.code for refused in refusals} == {"invalidClientIdOrSecret"}
    assert len(peer.asked) == 1
    await hand_clock.sleep(1.1)
    assert await token.get() == "token2"


async def test_a_caller_that_is_cancelled_leaves_the_others_alone(peer, token):
    """Whoever gives up while the token is on its way takes it from nobody."""
    first, *others = [asyncio.create_task(token.get()) for _ in range(5)]
    await asyncio.sleep(0)
    first.cancel()
    assert set(await asyncio.gather(*others)) <= {"token1", "token2"}


async def test_nobody_listening_is_said(http, hand_clock):
    """Without a connection there is no token, and trying again may help."""
    refused = await AccessToken(http, "http://127.0.0.1:9", "a", "b", clock=hand_clock).get()
    assert isinstance(refused, Refused)
    assert (refused.reason.key, refused.remedy) == ("delivery.call-unreachable", "backoff")
