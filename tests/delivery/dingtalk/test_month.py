"""A month of 10,000 messages: the budget is never overrun by progress, and every answer that can be sent is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.decision import rendering
from prx_dingtalk_router.delivery import (
    AccessToken,
    Budget,
    CallKeeping,
    CallLedger,
    Journal,
    MemoryJournal,
    Meter,
    OpenApi,
    Replies,
    RobotApi,
    SessionWebhook,
    SqliteJournal,
)
from prx_dingtalk_router.delivery.dingtalk import Accepted, Delivered
from prx_dingtalk_router.delivery.dingtalk.call_ledger import ZONE
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.net import Answer

MESSAGES = 10_000
TOGETHER = 10
"""So many come within one second."""
API, WEBHOOK = Meter.API, Meter.WEBHOOK_AND_STREAM
LIMITS = {API: 5_000, WEBHOOK: 25_000}
RESERVE = 0.2
EXPIRED = 15
"""Of so many messages one is answered when its webhook is gone, by the API."""
KILLED = 37
"""After so many seconds with messages the process is killed, or stopped in order, in turn."""
BEGIN = round(datetime(2026, 11, 1, tzinfo=ZONE).timestamp() * 1000)
USED_UP = "Forbidden.AccessDenied.ApiCountLimitForOrg"


class OfTheMonth:
    """Tells the time of the month to a journal, which tidies up once."""

    def __init__(self, clock: Any) -> None:
        self.now_ms, self.monotonic = clock.now_ms, clock.monotonic

    async def sleep(self, _: float) -> None:
        """Wait until it is closed."""
        await asyncio.Event().wait()


@pytest.fixture(params=["memory", "sqlite"])
async def journal(request: pytest.FixtureRequest, hand_clock: Any, tmp_path: Path) -> AsyncIterator[Journal]:
    """A journal of each kind, which lives in the month."""
    hand_clock.ms = BEGIN
    clock = OfTheMonth(hand_clock)
    made: Journal = (
        MemoryJournal() if request.param == "memory" else SqliteJournal(tmp_path / "j.db", clock=clock)
    )
    await made.claim()
    yield made
    await made.close()


class DingTalkOfTheMonth:
    """DingTalk's own count, by which it refuses what is beyond the month. In place of the network, as fast as a month needs."""

    def __init__(self, limits: dict[Meter, int]) -> None:
        self.limits = limits
        self.used = dict.fromkeys(Meter, 0)
        self.refused = 0
        self.answers = 0

    def pushes(self) -> None:
        """Count a message that it sends."""
        self.used[WEBHOOK] += 1

    async def post(self, url: str, body: bytes, headers: Any = None) -> Answer:
        """Take a reply, or give a token."""
        if "oauth2" in url:
            return _answer(200, {"accessToken": "t", "expireIn": 7200})
        self.used[WEBHOOK] += 1
        self.answers += 1
        return _answer(200, {"errcode": 0})

    async def request(self, method: str, url: str, **_: Any) -> Answer:
        """Take a call of the API."""
        if self.used[API] >= self.limits[API]:
            self.refused += 1
            return _answer(403, {"code": USED_UP})
        self.used[API] += 1
        if "emotion" in url:
            return _answer(200, {"success": True})
        self.answers += 1
        return _answer(200, {"processQueryKey": "pqk"})


def _answer(status: int, body: dict[str, object]) -> Answer:
    return Answer(status, {}, json.dumps(body).encode())


class Process:
    """One life of a router: what it counts, and the ways that it answers by."""

    def __init__(self, service: DingTalkOfTheMonth, journal: Journal, clock: Any) -> None:
        self._clock = clock
        self.calls = CallLedger(Budget(LIMITS, RESERVE), clock, robot="bot")
        self.keeping = CallKeeping(self.calls, journal, clock)
        http: Any = service
        token = AccessToken(http, "https://api.dingtalk.com", "bot", "secret", clock=clock)
        self.api = OpenApi(http, "https://api.dingtalk.com", token, clock=clock, calls=self.calls)
        webhook = SessionWebhook(http, ["oapi.dingtalk.com"], clock=clock, calls=self.calls)
        self._replies = Replies([webhook, RobotApi(self.api)], clock=clock)

    async def handle(self, number: int) -> bool:
        """Take one message to its end; whether its answer was delivered."""
        self.calls.made(WEBHOOK)
        message = Message(
            f"m{number}",
            "bot",
            f"cid{number % 500}",
            group=True,
            sender="u1",
            session_webhook="https://oapi.dingtalk.com/robot/sendBySession?session=s",
            session_webhook_expires_ms=1 if number % EXPIRED == 0 else 0,
        )
        reacts = self.calls.allows(API, "progress", 2)
        if reacts:
            reacts = isinstance(await self.api.call("POST", "/v1.0/robot/emotion/reply", {}), Accepted)
        sending = self._replies.begin(message, rendering.RenderedReply("text", "好", ()))
        ended = await sending.go_on(lambda _: asyncio.sleep(0))
        if reacts:
            await self.api.call("POST", "/v1.0/robot/emotion/recall", {})
        return isinstance(ended, Delivered)


async def test_a_month_is_never_overrun_by_progress_and_every_answer_is_sent(
    journal: Journal, hand_clock: Any
) -> None:
    """Over kills and a clock that is set back: progress stops at the reserve, which is left to the answers that need it."""
    service, told = DingTalkOfTheMonth(LIMITS), []
    process, unanswered, shown = Process(service, journal, hand_clock), 0, 0
    await process.keeping.load()
    process.calls.observers.append(told.append)
    seconds = MESSAGES // TOGETHER
    for second in range(seconds):
        hand_clock.ms = BEGIN + second * (30 * 86_400_000 // seconds)
        hand_clock.wall_ms = -3_600_000 if second % 100 > 95 and second > 100 else 0
        for number in range(second * TOGETHER, (second + 1) * TOGETHER):
            service.pushes()
            before = service.used[API]
            unanswered += not await process.handle(number)
            if service.used[API] - before > 1:
                shown += 1
                assert service.used[API] <= LIMITS[API] * (1 - RESERVE) + 1
        await process.keeping.keep()
        if second % KILLED == KILLED - 1:
            if second % 2:
                await process.keeping.keep(exactly=True)
            assert process.calls.used(API) >= service.used[API]
            process = Process(service, journal, hand_clock)
            await process.keeping.load()
            process.calls.observers.append(told.append)
    assert (unanswered, service.refused, service.answers) == (0, 0, MESSAGES)
    assert shown > 1_600
    assert [(each.meter, each.month) for each in told] == [(API, "2026-11")]
    hand_clock.ms, hand_clock.wall_ms = BEGIN + 30 * 86_400_000, 0
    assert process.calls.used(API) == 0
    assert process.calls.allows(API, "progress", 2)


async def test_when_others_use_the_month_up_answers_go_by_webhook(journal: Journal, hand_clock: Any) -> None:
    """What other programs of the organisation use is not counted here; DingTalk's refusal ends progress at once."""
    service = DingTalkOfTheMonth({API: 100, WEBHOOK: 25_000})
    process = Process(service, journal, hand_clock)
    await process.keeping.load()
    answered = [await process.handle(number) for number in range(1, EXPIRED * 10) if number % EXPIRED]
    assert all(answered)
    assert service.used[API] == 100
    assert service.refused == 1
    assert not process.calls.allows(API, "progress")
