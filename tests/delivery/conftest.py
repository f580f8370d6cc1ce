"""Delivery against real sockets: the sandbox's PRX, and a conversation that answers as it is told."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import ClientSession, web
from pydantic import SecretStr

from prx_dingtalk_router.decision.model import AgentStep, BoundStep, Decision, ReplyStep
from prx_dingtalk_router.delivery import (
    AgentPool,
    Dead,
    DeliveryEvent,
    Dispatcher,
    Done,
    Dropped,
    Journal,
    MemoryJournal,
    Replies,
    SessionWebhook,
    SqliteJournal,
)
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.net import HttpClient
from prx_dingtalk_router.sandbox.prx import Prx, PrxSettings
from prx_dingtalk_router.settings import AgentSettings

ROBOT = "dingbot"
UNLIMITED = PrxSettings(webhook_rate_limit_per_minute=0, api_rate_limit_per_minute=0)


class FastClock:
    """A clock on which every second takes a fraction of one."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._began = time.monotonic()
        self._base_ms = time.time_ns() // 1_000_000
        self._skipped = 0.0

    def now_ms(self) -> int:
        """Unix time in milliseconds, running faster."""
        return self._base_ms + round(self.monotonic() * 1000)

    def monotonic(self) -> float:
        """Seconds since it was made, running faster."""
        return self._skipped + (time.monotonic() - self._began) * self.speed

    def skip(self, seconds: float) -> None:
        """Let so many of its seconds pass at once; who sleeps does not notice."""
        self._skipped += seconds

    def set_wall(self, seconds: float) -> None:
        """Set the wall clock forward, or back, by so many seconds."""
        self._base_ms += round(seconds * 1000)

    async def sleep(self, seconds: float) -> None:
        """Wait that many of its seconds."""
        await asyncio.sleep(max(0.0, seconds) / self.speed)


@dataclass
class Chat:
    """A peer that takes replies to session webhooks. ``answers`` are given in turn, then errcode 0."""

    base: str = ""
    posts: list[dict[str, Any]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    answers: list[Callable[[web.Request], web.StreamResponse] | int] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def webhook(self, session: str = "s1") -> str:
        """The session webhook of one session."""
        return f"{self.base}/robot/sendBySession?session={session}"

    @property
    def texts(self) -> list[str]:
        """What the conversation shows, in order."""
        return [
            post.get("text", {}).get("content") or post["markdown"]["text"].replace("  \n  ", "\n")
            for post in self.posts
        ]

    async def until(self, count: int) -> None:
        """Wait until so many replies have come."""
        async with asyncio.timeout(15), self.changed:
            await self.changed.wait_for(lambda: len(self.posts) >= count)

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Answer one post."""
        body = await request.read()
        answer = self.answers.pop(0) if self.answers else 0
        if not isinstance(answer, int):
            return answer(request)
        if answer == 0:
            self.posts.append({**json.loads(body), "session": request.query["session"]})
            self.sizes.append(len(body))
            async with self.changed:
                self.changed.notify_all()
        return web.json_response({"errcode": answer, "errmsg": "ok" if answer == 0 else "no"})


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    """DingTalk's side of session webhooks."""
    chat = Chat()
    app = web.Application()
    app.router.add_post("/robot/sendBySession", chat.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    chat.base = f"http://{host}:{port}"
    yield chat
    await runner.cleanup()


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    """The client for DingTalk."""
    async with HttpClient() as client:
        yield client


@dataclass
class Front:
    """A proxy before a daemon, which may answer in its stead or change what it answered.

    ``change`` gets the path and the daemon's answer, and gives (status, text, content type) or None to leave it.
    """

    upstream: str
    change: Callable[[str, int, bytes], tuple[int, str, str] | None]
    base: str = ""
    sent: list[tuple[str, bytes]] = field(default_factory=list)
    """Key and body of each dispatch."""
    _runner: web.AppRunner | None = None

    @property
    def posts(self) -> int:
        """How many dispatches came."""
        return len(self.sent)

    async def start(self) -> None:
        """Listen."""
        app = web.Application()
        app.router.add_route("*", "/{any:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Close."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {k: v for k, v in request.headers.items() if k.lower() not in ("host", "content-length")}
        async with ClientSession() as session:
            url = self.upstream + request.path_qs
            async with session.request(request.method, url, data=body or None, headers=headers) as answer:
                told, status, kind = await answer.read(), answer.status, answer.content_type
        if request.path == "/webhook":
            self.sent.append((request.headers["x-idempotency-key"], body))
        changed = self.change(request.path, status, told)
        if changed is not None:
            return web.Response(status=changed[0], text=changed[1], content_type=changed[2])
        return web.Response(status=status, body=told, content_type=kind)


@dataclass
class Watcher:
    """Every event of delivery."""

    events: list[DeliveryEvent] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, event: DeliveryEvent) -> None:
        """Note an event."""
        self.events.append(event)
        self.changed.set()

    def of(self, *kinds: type[DeliveryEvent], msg_id: str | None = None) -> list[Any]:
        """The events of these kinds, in order."""
        return [e for e in self.events if isinstance(e, kinds) and msg_id in (None, e.msg_id)]

    async def holds(self, condition: Callable[[], object]) -> None:
        """Wait until something holds; looked at after every event of delivery and of the agents."""
        async with asyncio.timeout(15):
            while not condition():
                self.changed.clear()
                await self.changed.wait()

    async def until(self, kind: type[DeliveryEvent], count: int = 1, **fields: object) -> Any:
        """Wait until so many such events have come; the last of them."""

        def found() -> list[DeliveryEvent]:
            return [e for e in self.of(kind) if all(getattr(e, n) == v for n, v in fields.items())]

        await self.holds(lambda: len(found()) >= count)
        return found()[count - 1]

    async def ended(self, msg_id: str) -> Any:
        """Wait until a message was done, dropped or dead; that event."""
        await self.holds(lambda: self.of(Done, Dropped, Dead, msg_id=msg_id))
        return self.of(Done, Dropped, Dead, msg_id=msg_id)[-1]


class World:
    """Delivery with its peers; ``dispatcher`` made anew over the same journal is a restart of the router."""

    def __init__(self, chat: Chat, http: HttpClient) -> None:
        self.chat = chat
        self.http = http
        self.prx: dict[str, Prx] = {}
        self.fronts: list[Front] = []
        self.tables: dict[str, AgentSettings] = {}
        self.watch = Watcher()
        self.clock = FastClock()
        self.journal: Journal = MemoryJournal()
        self.pools: list[AgentPool] = []
        self.dispatchers: list[Dispatcher] = []
        self._number = 0
        self.open = asyncio.Event()
        self.open.set()

    def hold(self) -> None:
        """Keep all turns of agents running until ``open`` is set."""
        self.open.clear()

    async def _answer(self, request: Any) -> str:
        await self.open.wait()
        return f"答：{request.message}"

    async def agent(
        self,
        name: str = "desk",
        *,
        answer: Any = None,
        settings: PrxSettings = UNLIMITED,
        **table: Any,
    ) -> Prx:
        """Start a PRX daemon and put it into the configuration."""
        prx = Prx(name, settings=settings, answer=answer or self._answer)
        await prx.start()
        prx.observe(lambda _: self.watch.changed.set())
        self.prx[name] = prx
        fields: dict[str, Any] = {
            "url": prx.base_url,
            "token": SecretStr(prx.token),
            "signing_secret": SecretStr(settings.signing_secret),
            "webhook_token": SecretStr(settings.webhook_token),
            **table,
        }
        self.tables[name] = AgentSettings(**fields)
        return prx

    async def front(self, change: Any, name: str = "desk") -> Front:
        """Put a proxy before a daemon of the configuration."""
        front = Front(self.prx[name].base_url, change)
        await front.start()
        self.fronts.append(front)
        self.tables[name] = self.tables[name].model_copy(update={"url": front.base})
        return front

    def start(
        self,
        *,
        speed: float = 5.0,
        per_minute: int = 1000,
        failed_reply: str | None = "",
        clock: FastClock | None = None,
    ) -> Dispatcher:
        """A dispatcher over the journal as it is; who says nothing of it hears nothing of a failure."""
        self.clock = clock or FastClock(speed)
        pool = AgentPool(self.tables, clock=self.clock)
        webhook = SessionWebhook(self.http, ["127.0.0.1"], clock=self.clock)
        replies = Replies([webhook], per_minute=per_minute, clock=self.clock)
        dispatcher = Dispatcher(
            self.journal, pool, replies, observers=[self.watch], clock=self.clock, failed_reply=failed_reply
        )
        self.pools.append(pool)
        self.dispatchers.append(dispatcher)
        return dispatcher

    def message(self, text: str = "你好", **fields: Any) -> Message:
        """A message from u1001 in a group, each with a new id."""
        self._number += 1
        made = Message(
            msg_id=f"msg{self._number}==",
            robot=ROBOT,
            conversation="cidG==",
            group=True,
            text=text,
            sender="u1001",
            sender_name="小林",
            created_at_ms=self.clock.now_ms() + self._number,
            session_webhook=self.chat.webhook(),
            session_webhook_expires_ms=self.clock.now_ms() + 5_400_000_000,
        )
        return msgspec.structs.replace(made, **fields)

    def decision(self, *steps: BoundStep, message: Message | None = None, **fields: Any) -> Decision:
        """A decision with these steps."""
        return Decision(
            message=message or self.message(),
            rules="sha256:0",
            by=steps[-1].rule if steps else None,
            steps=steps,
            client_id=ROBOT,
            **fields,
        )

    async def accept(self, *steps: BoundStep, **fields: Any) -> str:
        """Hand a message with these steps to the dispatcher; its id."""
        decision = self.decision(*steps, message=self.message(**fields))
        await self.dispatchers[-1].accept(decision)
        return decision.message.msg_id

    async def restart(self) -> Dispatcher:
        """Stop without waiting, as a kill would, and start over the same journal."""
        await self.dispatchers[-1].stop(drain=0)
        await self.pools[-1].aclose()
        return self.start()

    async def aclose(self) -> None:
        """Stop all of it."""
        for dispatcher in self.dispatchers:
            await dispatcher.stop(drain=0)
        for pool in self.pools:
            await pool.aclose()
        for front in self.fronts:
            await front.stop()
        for prx in self.prx.values():
            await prx.stop()


@pytest.fixture(params=["memory", "sqlite"])
async def journal(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Journal]:
    """An empty journal of each kind."""
    # Tests give times of 1970, which are not to be beyond the retention.
    made: Journal = MemoryJournal() if request.param == "memory" else SqliteJournal(tmp_path / "j.db", 1e10)
    await made.claim()
    yield made
    await made.close()


@pytest.fixture
async def world(chat: Chat, http: HttpClient) -> AsyncIterator[World]:
    """Delivery with its peers, closed after the test."""
    world = World(chat, http)
    yield world
    await world.aclose()


@pytest.fixture
def reply_step() -> Callable[..., ReplyStep]:
    """Makes a reply step."""

    def make(template: str = "收到", position: str = "1", rule: str = "r", **fields: Any) -> ReplyStep:
        return ReplyStep(rule=rule, position=position, template=template, **fields)

    return make


@pytest.fixture
def agent_step() -> Callable[..., AgentStep]:
    """Makes an agent step."""

    def make(agent: str = "desk", position: str = "1", rule: str = "r", **fields: Any) -> AgentStep:
        given: Mapping[str, Any] = {"timeout": 600.0, "session": "sender", **fields}
        return AgentStep(rule=rule, position=position, agent=agent, **given)

    return make
