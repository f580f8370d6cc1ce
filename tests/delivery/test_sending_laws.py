"""Whatever goes wrong on the way to DingTalk, and whenever a sending is cut off: what is said of it is what its conversation shows."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field

import pytest

from prx_dingtalk_router.delivery import SessionWebhook
from prx_dingtalk_router.delivery.dingtalk import (
    AccessToken,
    Delivered,
    Later,
    OpenApi,
    RobotApi,
    Undelivered,
)
from prx_dingtalk_router.delivery.dingtalk.pacing import Pacer
from prx_dingtalk_router.delivery.dingtalk.route import Part
from prx_dingtalk_router.delivery.dingtalk.sending import Sending
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.net import HttpClient, HttpOptions
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory
from tests.delivery.conftest import FastClock

REPLIES = int(os.environ.get("CHAOS_REPLIES", "150"))
SEED = int(os.environ.get("CHAOS_SEED", "1"))
AT_A_TIME = 20
MOST_PARTS = 3
PATIENCE = 0.25
"""Seconds for which an answer is waited for; the slowest comes later."""
SLOW = 0.4

FAULTS = (
    {},
    {},
    {"webhook": "cut-before"},
    {"webhook": "cut-after"},
    {"webhook": "http-500"},
    {"webhook": "empty"},
    {"webhook": "-1"},
    {"webhook": "88"},
    {"webhook": "300001"},
    {"webhook": "430102"},
    {"webhook": "130101"},
    {"webhook": "string-zero"},
    {"webhook_delay": 0.02},
    {"webhook_delay": SLOW},
    {"webhook_life": 1.0},
    {"slow_body": 0.05},
    {"slow_body": SLOW},
    {"token": "http-500", "webhook_life": 1.0},
    {"api": "cut-before", "webhook_life": 1.0},
    {"api": "cut-after", "webhook_life": 1.0},
    {"api": "html-403", "webhook_life": 1.0},
    {"api": "http-429", "webhook_life": 1.0},
    {"api": "empty", "webhook_life": 1.0},
    {"api_delay": 0.05, "webhook_life": 1.0},
    {"unauthorized": True, "token_life": 0.01, "webhook_life": 1.0},
    {"flow_controlled": "*", "webhook_life": 1.0},
    {"filtered": "u1001,u1002", "webhook_life": 1.0},
)
COUNTED = {"webhook_for": 1, "api_for": 1, "token_for": 1}


class QuickClock(FastClock):
    """Who sleeps sleeps fast; the wall clock goes as DingTalk's does."""

    def now_ms(self) -> int:
        """Unix time in milliseconds."""
        return time.time_ns() // 1_000_000


@dataclass
class Reply:
    """A reply, and what was said of it.

    Attributes:
        message: what it answers.
        parts: its contents.
        taken: those that were told to have been taken.
        posting: a part was to be posted, and nothing is known of it yet.
        result: of the sending; None if that was cut off.
    """

    message: Message
    parts: list[str]
    taken: list[str] = field(default_factory=list)
    posting: bool = False
    result: Delivered | Undelivered | None = None

    async def send(self, routes, pacer, clock):
        """Send it to its end."""
        sending = Sending(
            self.message, [Part("text", part) for part in self.parts], routes, pacer, noted=self._noted
        )
        while isinstance(result := await sending.go_on(self._about_to), Later):
            self.posting = False
            await clock.sleep(result.seconds)
        self.result = result

    async def _about_to(self, sent: int) -> None:
        assert sent == len(self.taken)
        self.posting = True

    def _noted(self, message: Message, content: str, _: str) -> None:
        assert message is self.message
        self.taken.append(content)
        self.posting = False


@pytest.fixture
async def dingtalk():
    """The sandbox's DingTalk, without limits of its own."""
    service = DingTalk(Directory.demo("dingbot", "secret"))
    await service.start()
    service.faults.webhook_rate = service.faults.api_qps = 0
    yield service
    await service.stop()


def _written(dingtalk, chance, number):
    """A message in a private chat or in a group."""
    app, directory = dingtalk.directory.apps[0], dingtalk.directory
    person = chance.choice(("u1001", "u1002", "u1003"))
    group = directory.conversations[0]
    room = chance.choice((group, directory.private(person, app)))
    host = dingtalk.base_url.removeprefix("http://")
    now = time.time_ns() // 1_000_000
    url, session = dingtalk._service.open_session(app, room, f"m{number}", now, host)
    return Message(
        f"m{number}",
        app.robot_code,
        room.id,
        group=room.kind == "2",
        sender=person,
        session_webhook=url,
        session_webhook_expires_ms=session.expires,
    )


@pytest.mark.timeout(60 + REPLIES)
async def test_what_is_said_of_a_reply_is_what_its_conversation_shows(dingtalk):
    """What was taken is shown once, there and nowhere else, in order; what was refused is not; what is unknown or cut off at most once."""
    chance = random.Random(SEED)  # noqa: S311
    clock, pacer = QuickClock(5_000.0), Pacer(1_000_000, QuickClock(5_000.0))
    places, replies = asyncio.Semaphore(AT_A_TIME), []
    healthy = {knob["name"].replace("-", "_"): knob["default"] for knob in dingtalk.faults.describe()}
    healthy |= {"webhook_rate": 0, "api_qps": 0}

    async with HttpClient(HttpOptions(total_timeout=PATIENCE)) as http:
        api = OpenApi(http, dingtalk.base_url, AccessToken(http, dingtalk.base_url, "dingbot", "secret"))
        routes = [
            SessionWebhook(http, [dingtalk.base_url.removeprefix("http://")], clock=clock),
            RobotApi(api),
        ]

        async def bring(reply: Reply, cut_after: float | None) -> None:
            try:
                async with asyncio.timeout(cut_after):
                    await reply.send(routes, pacer, clock)
            except TimeoutError:
                pass
            finally:
                places.release()

        async with asyncio.TaskGroup() as group:
            for number in range(REPLIES):
                await places.acquire()
                for name, value in (healthy | chance.choice(FAULTS) | COUNTED).items():
                    setattr(dingtalk.faults, name, value)
                reply = Reply(
                    _written(dingtalk, chance, number),
                    [f"#{number}-{part}" for part in range(chance.randint(1, MOST_PARTS))],
                )
                replies.append(reply)
                group.create_task(bring(reply, chance.choice((None, None, chance.uniform(0, 0.05)))))
                await asyncio.sleep(chance.choice((0.0, 0.0, 0.002, 0.01)))
        await asyncio.sleep(
            2 * SLOW
        )  # what was cut off may be shown yet; nobody is told when it no longer can

    shown = defaultdict(list)
    for room in (
        dingtalk.directory.conversations[0],
        *(dingtalk.directory.private(person) for person in ("u1001", "u1002", "u1003")),
    ):
        for line in dingtalk.transcript(room.id):
            shown[line.text.partition("-")[0]].append((room.id, line.text))
    for number, reply in enumerate(replies):
        seen = shown.pop(f"#{number}", [])
        assert {room for room, _ in seen} <= {reply.message.conversation}
        texts = [text for _, text in seen]
        assert texts[: len(reply.taken)] == reply.taken == reply.parts[: len(reply.taken)], (reply, texts)
        if isinstance(reply.result, Delivered):
            assert reply.taken == reply.parts
        is_known = isinstance(reply.result, Delivered) or (
            reply.result.certain if reply.result is not None else not reply.posting
        )
        after = texts[len(reply.taken) :]
        assert after in ([], [] if is_known else [reply.parts[len(reply.taken)]]), (reply, texts)
    assert not shown
    results = {type(reply.result).__name__ for reply in replies}
    assert results == {"Delivered", "Undelivered", "NoneType"}
