"""A robot that stops: what came before is answered, or left to be delivered again; nothing is half done."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.delivery import AgentPool, CallLedger, Dispatcher, MemoryJournal, Meter, Replies
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory, Said
from prx_dingtalk_router.service import ActiveRouter
from prx_dingtalk_router.service.robot import Robot
from prx_dingtalk_router.settings import settings_from_table

PATIENCE = 20.0
CLIENT_ID = "dingrouter"
SECRET = "s3cr3t-0f-th3-b0t"
MANY = 400
PING = {
    "specVersion": "1.0",
    "type": "SYSTEM",
    "headers": {"topic": "ping", "messageId": "last", "contentType": "application/json"},
    "data": json.dumps({"opaque": "o"}),
}


class GatedJournal(MemoryJournal):
    """Stores when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()

    async def store(self, batch: Any, now_ms: int) -> Any:
        """Wait for the gate, then store."""
        await self.gate.wait()
        return await super().store(batch, now_ms)


class Crowd:
    """A robot before whose closed journal many callbacks wait; ``stopping`` is its end."""

    def __init__(
        self, dingtalk: DingTalk, robot: Robot, journal: GatedJournal, calls: CallLedger, events: Any
    ) -> None:
        self.dingtalk = dingtalk
        self.robot = robot
        self.journal = journal
        self.calls = calls
        self.events = events
        dingtalk.observe(self.events.add)

    async def gather(self, count: int) -> None:
        """Let so many callbacks come, and a ping after them."""
        for number in range(count):
            self.dingtalk.say(Said("u1001", text=f"{number}"))
        await self.events.until("Pushed", count)
        self.dingtalk.send_raw(json.dumps(PING))
        await self.events.until("Acked", header_id="last", code=200)

    @property
    def acknowledged(self) -> int:
        """How many messages were acknowledged."""
        return len([event for event in self.events.of("Acked", code=200) if event.msg_id is not None])


@pytest.fixture
async def crowd(
    make_router: Callable[..., Any], happenings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Crowd]:
    """A crowd of which a tenth is taken together."""
    monkeypatch.setattr("prx_dingtalk_router.service.robot.TAKEN_TOGETHER", MANY // 10)
    dingtalk = DingTalk(Directory.demo(CLIENT_ID, SECRET))
    await dingtalk.start()
    journal, agents = GatedJournal(), AgentPool({})
    dispatcher = Dispatcher(journal, agents, Replies([]))
    table = {
        "channels_config": {
            "dingtalk": {"client_id": CLIENT_ID, "client_secret": SECRET, "allowed_users": ["*"]}
        },
        "dingtalk": {"api_base": dingtalk.base_url, "webhook_hosts": ["127.0.0.1"]},
    }
    settings = settings_from_table(table, tmp_path / "prx-router.toml", {})
    opened = asyncio.Event()
    calls = CallLedger()
    robot = Robot(settings, ActiveRouter(make_router()), dispatcher, calls=calls, opened=opened)
    running = asyncio.create_task(robot.run())
    async with asyncio.timeout(PATIENCE):
        await opened.wait()
    made = Crowd(dingtalk, robot, journal, calls, happenings)
    yield made
    await robot.stop(store_waiting=False)
    await running
    await dispatcher.stop(drain=0)
    await agents.aclose()
    await dingtalk.stop()


async def test_what_is_being_stored_is_answered_before_the_end(crowd: Crowd) -> None:
    """With nothing left that waits the connection stays until the journal has said that what was taken is kept."""
    await crowd.gather(20)
    stopping = asyncio.create_task(crowd.robot.stop(store_waiting=True))
    for _ in range(50):
        await asyncio.sleep(0)
    assert (crowd.robot.client.waiting_frames, stopping.done()) == (0, False)
    crowd.journal.gate.set()
    await stopping
    await crowd.events.until("Disconnected", code=1000)
    assert crowd.acknowledged == 20


async def test_what_waits_is_stored_and_answered_before_the_end(crowd: Crowd) -> None:
    """Each callback that came before the stop is in the journal, and acknowledged before the connection is closed."""
    await crowd.gather(MANY)
    stopping = asyncio.create_task(crowd.robot.stop(store_waiting=True))
    await asyncio.sleep(0)
    assert crowd.acknowledged == 0
    crowd.journal.gate.set()
    await stopping
    await crowd.events.until("Disconnected", code=1000)
    assert crowd.acknowledged == MANY
    assert sum((await crowd.journal.counts()).values()) == MANY
    assert crowd.calls.used(Meter.WEBHOOK_AND_STREAM) == MANY


async def test_what_waits_may_be_left_to_be_delivered_again(crowd: Crowd) -> None:
    """Where nobody would carry it out only what is being stored is answered; the rest gets no answer."""
    await crowd.gather(MANY)
    stopping = asyncio.create_task(crowd.robot.stop(store_waiting=False))
    await asyncio.sleep(0)
    crowd.journal.gate.set()
    await stopping
    await crowd.events.until("Disconnected", code=1000)
    assert 0 < crowd.acknowledged < MANY
    assert sum((await crowd.journal.counts()).values()) == crowd.acknowledged


async def test_a_notice_that_the_month_is_used_up_overrules_the_count(crowd: Crowd) -> None:
    """Once DingTalk pushes a 20001 notice there is no more progress by that meter, however little was counted; with a message it is over."""
    crowd.journal.gate.set()
    crowd.dingtalk.say(Said("u1001", text="你好", over_quota=True))
    await crowd.events.until("Acked", code=200)
    assert crowd.calls.used(Meter.WEBHOOK_AND_STREAM) == 1
    assert not crowd.calls.allows(Meter.WEBHOOK_AND_STREAM, "progress")
    crowd.dingtalk.say(Said("u1001", text="你好"))
    await crowd.events.until("Acked", 2, code=200)
    assert crowd.calls.allows(Meter.WEBHOOK_AND_STREAM, "progress")
