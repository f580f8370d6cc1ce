"""The service's parts between a DingTalk and an agent that run here, in one process."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import use_language
from prx_dingtalk_router.delivery import (
    AgentPool,
    Dispatcher,
    MemoryJournal,
    Quotes,
    Replies,
    SessionWebhook,
    SystemClock,
)
from prx_dingtalk_router.language import CheckContext, check_rules
from prx_dingtalk_router.matching import Baseline, Router
from prx_dingtalk_router.net import HttpClient
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory, Said
from prx_dingtalk_router.service import ActiveRouter, Intake, close_logs, configure_logs, flush_logs
from prx_dingtalk_router.stream import Callback, StreamClient, StreamOptions

PATIENCE = 20.0
CLIENT_ID = "dingrouter"
SECRET = "s3cr3t-0f-th3-b0t"
SPEED = 20.0

RULES = """
rule knock
  when text starts with "敲门"
  then reply "请进"

otherwise drop "nothing for me"
"""


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """What a test does to the process's logging ends with it."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    names = ("httpx", "aiohttp.access", "websockets", "asyncio")
    levels = {name: logging.getLogger(name).level for name in names}
    yield
    root.handlers, root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    close_logs()
    use_language("en")


@pytest.fixture
def logged() -> Callable[[], list[dict[str, Any]]]:
    """Log as JSON into memory; what was logged so far."""
    stream = io.StringIO()
    configure_logs("debug", "json", stream)

    def lines() -> list[dict[str, Any]]:
        assert flush_logs()
        return [json.loads(line) for line in stream.getvalue().splitlines()]

    return lines


@pytest.fixture
def make_router(tmp_path: Path) -> Callable[..., Router]:
    """Makes a router of rules."""

    def made(rules: str = RULES, **baseline: Any) -> Router:
        path = tmp_path / "main.rules"
        path.write_text(rules, "utf-8")
        checked = check_rules(path, CheckContext()).rules
        assert checked is not None
        return Router(checked, Baseline(client_id=CLIENT_ID, **baseline))

    return made


class Happenings:
    """Events in order, waited for."""

    def __init__(self) -> None:
        self.seen: list[Any] = []
        self._arrived = asyncio.Event()

    def add(self, event: Any) -> None:
        """Note an event."""
        self.seen.append(event)
        self._arrived.set()

    async def until(self, kind: str, count: int = 1, **fields: object) -> list[Any]:
        """Wait for so many events of a kind with these fields; all of them."""
        async with asyncio.timeout(PATIENCE):
            while len(found := self.of(kind, **fields)) < count:
                self._arrived.clear()
                await self._arrived.wait()
            return found

    def of(self, kind: str, **fields: object) -> list[Any]:
        """The events of a kind with these fields so far."""
        return [
            event
            for event in self.seen
            if type(event).__name__ == kind
            and all(getattr(event, key) == value for key, value in fields.items())
        ]


@pytest.fixture
def happenings() -> Happenings:
    """Events in order, waited for."""
    return Happenings()


@dataclass
class Desk:
    """An intake at work: a real Stream client takes what the sandbox's DingTalk pushes."""

    dingtalk: DingTalk
    journal: MemoryJournal
    active: ActiveRouter
    intake: Intake
    client: StreamClient
    dispatcher: Dispatcher
    events: Happenings = field(default_factory=Happenings)
    decisions: list[Any] = field(default_factory=list)

    def say(self, text: str = "敲门", person: str = "u1001", **more: Any) -> str:
        """Somebody writes; the message id."""
        return self.dingtalk.say(Said(person, text=text, **more))

    def shown(self) -> list[str]:
        """What the robot has said so far."""
        return [event.line.text for event in self.events.of("Wrote") if event.line.author == "robot"]


@pytest.fixture
async def make_desk(make_router: Callable[..., Router]) -> AsyncIterator[Callable[..., Any]]:
    """Makes desks; ``journal`` and ``router`` can be given."""
    stack: list[Any] = []

    async def made(
        journal: MemoryJournal | None = None,
        router: Router | None = None,
        observer: Callable[[Any, Any], None] | None = None,
        **options: Any,
    ) -> Desk:
        dingtalk = DingTalk(Directory.demo(CLIENT_ID, SECRET), speed=SPEED)
        await dingtalk.start()
        stack.append(dingtalk.stop)
        http = HttpClient()
        stack.append(http.aclose)
        agents = AgentPool({})
        stack.append(agents.aclose)
        kept = journal or MemoryJournal()
        quotes = Quotes(kept, SystemClock())
        replies = Replies([SessionWebhook(http, ["127.0.0.1"])], per_minute=20, noted=quotes.sent)
        happenings = Happenings()
        dispatcher = Dispatcher(kept, agents, replies, observers=[happenings.add])
        stack.append(lambda: dispatcher.stop(0.0))
        active = ActiveRouter(router or make_router())
        decisions: list[Any] = []

        def observe(router: Any, decision: Any) -> None:
            decisions.append((router, decision))
            if observer is not None:
                observer(router, decision)

        intake = Intake(
            active,
            dispatcher,
            robot_name="智能助理",
            client_id=CLIENT_ID,
            quotes=quotes,
            observers=[observe],
        )
        client = StreamClient(
            StreamOptions(client_id=CLIENT_ID, client_secret=SECRET, api_base=dingtalk.base_url, **options)
        )
        stack.append(client.stop)
        dingtalk.observe(happenings.add)
        task = asyncio.create_task(_consume(client, intake))
        stack.append(lambda: _ended(task))
        await dingtalk.connected()
        return Desk(dingtalk, kept, active, intake, client, dispatcher, happenings, decisions)

    yield made
    for undo in reversed(stack):
        await undo()


async def _consume(client: StreamClient, intake: Intake) -> None:
    async for batch in client.batches():
        callbacks = [event for event in batch if isinstance(event, Callback)]
        if callbacks:
            await intake.take(callbacks)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
