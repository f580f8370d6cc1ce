"""What DingTalk counts in a month, and what it does when the month is used up."""

from __future__ import annotations

import json
from typing import Any

import pytest

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Faults, Said
from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.meters import Meters

ROBOT, HELP_DESK = "dingexample0001", "cidITHelpDesk2026A1=="
SEND = "/v1.0/robot/groupMessages/send"
MESSAGE = {
    "robotCode": ROBOT,
    "openConversationId": HELP_DESK,
    "msgKey": "sampleText",
    "msgParam": json.dumps({"content": "up"}),
}


class Hand(Clock):
    """A clock that goes when it is moved."""

    ms = 1_788_200_000_000

    def service_time(self) -> int:
        """The time that the test has set."""
        return self.ms


def test_a_month_ends_with_the_calendar_in_china() -> None:
    """A grant is used up until the next month begins in China; meters count apart, and 0 is no limit."""
    clock, faults = Hand(), Faults(api_quota=2)
    meters = Meters(clock, faults)
    assert [meters.spend("api") for _ in range(3)] == [True, True, False]
    assert all(meters.spend("push") for _ in range(9000))
    assert meters.used == {"api": 2, "push": 9000}
    clock.ms = 1_788_191_999_999  # 2026-08-31 23:59:59.999 in China
    meters = Meters(clock, faults)
    assert [meters.spend("api") for _ in range(3)] == [True, True, False]
    clock.ms += 1
    assert meters.spend("api")
    assert meters.used == {"api": 1, "push": 0}


def test_a_fast_clock_reaches_the_next_month_and_stops_before_the_calendar_ends() -> None:
    """A service at speed lives through months in seconds; no speed is too fast to be counted at."""
    clock = Clock(1e10)
    meters = Meters(clock, Faults(api_quota=1))
    assert meters.spend("api")
    until = clock.service_time() + 40 * 86_400_000
    while clock.service_time() < until:
        pass
    assert meters.spend("api")
    assert Meters(Clock(1e300), Faults()).spend("api")


async def test_calls_that_are_counted(bot: Any, dingtalk: DingTalk, faults: Faults) -> None:
    """Tokens and calls over the rate are free; successes, wrong parameters and missing permissions are counted."""
    await bot.token()
    assert dingtalk.used["api"] == 0
    assert (await bot.api(SEND, MESSAGE))[0] == 200
    assert (await bot.api(SEND, {}))[0] == 400
    faults.permission = False
    assert (await bot.api(SEND, MESSAGE))[0] == 403
    assert dingtalk.used["api"] == 3
    faults.api_qps = 3
    assert "QpsLimit" in (await bot.api(SEND, MESSAGE))[1]["code"]
    assert (await bot.post(SEND, MESSAGE))[1]["code"] == "InvalidAuthentication"
    assert dingtalk.used["api"] == 3


async def test_a_month_that_is_used_up(bot: Any, faults: Faults, dingtalk: DingTalk) -> None:
    """After the month's calls both hosts refuse everything but tokens, each in its manner."""
    faults.api_quota = 1
    assert (await bot.api(SEND, MESSAGE))[0] == 200
    status, answer = await bot.api(SEND, MESSAGE)
    assert (status, answer["code"]) == (403, "Forbidden.AccessDenied.ApiCountLimitForOrg")
    _, answer = await bot.post(f"/media/upload?access_token={await bot.token()}", {})
    assert answer["errcode"] == 90020
    assert dingtalk.used["api"] == 1


async def test_pushes_and_webhook_posts_that_are_counted(bot: Any, dingtalk: DingTalk) -> None:
    """Messages, events, card callbacks and replies to a session webhook go on the other meter."""
    socket = await bot.connect()
    dingtalk.say(Said("u1001", text="hello"))
    webhook = (await bot.message(socket))["sessionWebhook"]
    assert dingtalk.used == {"api": 0, "push": 1}
    await bot.post(webhook, {"msgtype": "text", "text": {"content": "hi"}})
    assert dingtalk.used["push"] == 2
    dingtalk.send_event("chat_update_title", {})
    dingtalk.press("u1001", "r1-1", ("ok",))
    assert dingtalk.used == {"api": 0, "push": 4}


@pytest.mark.parametrize(("knob", "status"), [("false", 400), ("true", 401)])
async def test_bad_tokens(bot: Any, faults: Faults, knob: str, status: int) -> None:
    """A bad token is refused with 400, or with 401 as it was seen too, and the same code."""
    faults.set("unauthorized", knob)
    answered, answer = await bot.post(SEND, MESSAGE, **{"x-acs-dingtalk-access-token": "stale"})
    assert (answered, answer["code"]) == (status, "InvalidAuthentication")
