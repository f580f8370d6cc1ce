"""A DingTalk gateway on loopback, written for these tests alone, and a consumer that keeps what it was given."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import ssl
import subprocess
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from prx_dingtalk_router.stream import BOT_MESSAGES, Callback, Event, StreamClient, StreamOptions, Timing

PATIENCE = 10.0
OPENSSL = shutil.which("openssl") or "openssl"

FAST = Timing(
    registration=2.0,
    handshake=2.0,
    ping_interval=20.0,
    pong_patience=15.0,
    drain=5.0,
    useful_after=60.0,
    backoff_first=0.01,
    backoff_cap=0.05,
    credentials_retry=0.02,
    close=1.0,
)


def callback_frame(message_id: Any = "m-1", data: Any = None, topic: str = BOT_MESSAGES) -> dict[str, Any]:
    """A CALLBACK frame as the gateway sends it."""
    document = {"msgId": f"msg-{message_id}", "msgtype": "text"} if data is None else data
    return {
        "specVersion": "1.0",
        "type": "CALLBACK",
        "headers": {
            "topic": topic,
            "messageId": message_id,
            "contentType": "application/json",
            "time": "1788200002000",
        },
        "data": json.dumps(document),
    }


def system_frame(topic: str, message_id: str, data: Any) -> dict[str, Any]:
    """A SYSTEM frame."""
    return {
        "specVersion": "1.0",
        "type": "SYSTEM",
        "headers": {"topic": topic, "messageId": message_id, "contentType": "application/json"},
        "data": json.dumps(data),
    }


class GatewaySocket:
    """The gateway's end of one WebSocket."""

    def __init__(self, websocket: web.WebSocketResponse, request: web.Request) -> None:
        self.websocket = websocket
        self.request = request
        self.answers: list[dict[str, Any]] = []
        self.pings = 0
        self.close_code: int | None = None
        self.release = asyncio.Event()
        self._changed = asyncio.Condition()
        self.closed = asyncio.Event()

    async def push(self, *frames: Any) -> None:
        """Send frames: dictionaries as JSON, strings as text, bytes as binary."""
        for frame in frames:
            if isinstance(frame, bytes):
                await self.websocket.send_bytes(frame)
            else:
                await self.websocket.send_str(frame if isinstance(frame, str) else json.dumps(frame))

    async def answer_to(self, message_id: Any) -> dict[str, Any]:
        """The answer to a frame, waited for."""
        async with asyncio.timeout(PATIENCE), self._changed:
            while True:
                for answer in self.answers:
                    if answer["headers"]["messageId"] == message_id:
                        return answer
                await self._changed.wait()

    async def pinged(self, times: int) -> None:
        """Wait until so many WebSocket pings came, and were answered."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: self.pings >= times)

    def drop(self) -> None:
        """Cut the connection without a close frame."""
        assert self.request.transport is not None
        self.request.transport.abort()

    async def read(self) -> None:
        """Keep what the client says until it is gone."""
        async for message in self.websocket:
            async with self._changed:
                if message.type is WSMsgType.PING:
                    await self.websocket.pong(message.data)
                    self.pings += 1
                else:
                    assert message.type is WSMsgType.TEXT
                    self.answers.append(json.loads(message.data))
                self._changed.notify_all()
        self.close_code = self.websocket.close_code
        self.closed.set()


@dataclass
class Gateway:
    """Registration and WebSocket of DingTalk; what it answers can be scripted."""

    base: str = ""
    registrations: list[dict[str, Any]] = field(default_factory=list)
    registration_headers: list[Any] = field(default_factory=list)
    script: deque[Callable[[web.Request], Any]] = field(default_factory=deque)
    handshakes: deque[int] = field(default_factory=deque)
    tickets: set[str] = field(default_factory=set)
    tickets_seen: list[str] = field(default_factory=list)
    next_ticket: str | None = None
    endpoint: str | None = None
    answers_pings: bool = True
    on_open: Callable[[GatewaySocket], Any] | None = None
    sockets: list[GatewaySocket] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    _arrived: asyncio.Queue[GatewaySocket] = field(default_factory=asyncio.Queue)
    _counted: int = 0

    def refuse(self, status: int, body: Any, content_type: str = "application/json", times: int = 1) -> None:
        """Answer the next registrations with this instead of a ticket."""
        text = body if isinstance(body, str) else json.dumps(body)
        for _ in range(times):
            self.script.append(lambda _: web.Response(status=status, text=text, content_type=content_type))

    async def next_socket(self) -> GatewaySocket:
        """The next WebSocket that opens."""
        async with asyncio.timeout(PATIENCE):
            return await self._arrived.get()

    async def register(self, request: web.Request) -> web.StreamResponse:
        """``POST /v1.0/gateway/connections/open``."""
        self.registrations.append(await request.json())
        self.registration_headers.append(request.headers.copy())
        self.asked.set()
        if self.script:
            answer = self.script.popleft()(request)
            return await answer if asyncio.iscoroutine(answer) else answer
        self._counted += 1
        ticket = self.next_ticket or f"ticket-{self._counted}"
        self.tickets.add(ticket)
        endpoint = self.endpoint or f"{self.base.replace('http', 'ws', 1)}/connect"
        return web.json_response({"endpoint": endpoint, "ticket": ticket})

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """The WebSocket; a ticket is good once."""
        ticket = request.query.get("ticket", "")
        self.tickets_seen.append(ticket)
        if self.handshakes:
            return web.Response(status=self.handshakes.popleft(), headers={"location": "/elsewhere?ticket=x"})
        if ticket not in self.tickets:
            return web.Response(status=401)
        self.tickets.discard(ticket)
        websocket = web.WebSocketResponse(autoping=False, max_msg_size=0)
        await websocket.prepare(request)
        socket = GatewaySocket(websocket, request)
        self.sockets.append(socket)
        self._arrived.put_nowait(socket)
        if self.on_open is not None:
            await self.on_open(socket)
        if not self.answers_pings:
            await socket.release.wait()  # a black hole reads nothing and says nothing
        await socket.read()
        return websocket


class Consumer:
    """Takes what a client gives, in a task, answering callbacks unless told otherwise."""

    def __init__(self, client: StreamClient, *, answers: bool = True) -> None:
        self.client = client
        self.events: list[Event] = []
        self._answers = answers
        self._changed = asyncio.Condition()
        self.task = asyncio.create_task(self._consume())

    async def _consume(self) -> None:
        try:
            async for event in self.client.events():
                if self._answers and isinstance(event, Callback):
                    await event.ack()
                async with self._changed:
                    self.events.append(event)
                    self._changed.notify_all()
        finally:
            async with self._changed:
                self._changed.notify_all()

    async def until(self, kind: type, count: int = 1) -> list[Any]:
        """Wait for so many events of a kind; all of them."""
        async with asyncio.timeout(PATIENCE), self._changed:
            while True:
                found = [event for event in self.events if isinstance(event, kind)]
                if len(found) >= count:
                    return found
                assert not self.task.done(), self.events
                await self._changed.wait()


@contextlib.asynccontextmanager
async def _serving(context: ssl.SSLContext | None = None) -> AsyncIterator[Gateway]:
    running = Gateway()
    app = web.Application()
    app.router.add_post("/v1.0/gateway/connections/open", running.register)
    app.router.add_get("/{path:.*}", running.connect)
    server = TestServer(app, scheme="https" if context else "http")
    await server.start_server(ssl=context)
    running.base = f"https://gateway.test:{server.port}" if context else str(server.make_url("")).rstrip("/")
    yield running
    for socket in running.sockets:
        socket.release.set()
        if socket.request.transport is not None:
            socket.request.transport.abort()
    await server.close()


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    """A running gateway."""
    async with _serving() as running:
        yield running


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of ``gateway.test`` that is its own authority; the key lies beside it."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            *(OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-keyout", "gateway.key", "-out", "gateway.pem", "-days", "2", "-subj", "/CN=gateway.test"),
            *("-addext", "subjectAltName=DNS:gateway.test"),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "gateway.pem"


@pytest.fixture
async def tls_gateway(certificate: Path) -> AsyncIterator[Gateway]:
    """A gateway behind TLS, known as ``gateway.test``, a name that only the proxy can find."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    async with _serving(context) as running:
        yield running


@dataclass
class Tunnels:
    """A CONNECT proxy that leads every name to loopback."""

    url: str = ""
    targets: list[str] = field(default_factory=list)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One tunnel."""
        target = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        self.targets.append(target)
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", int(target.rpartition(":")[2]))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pipe(reader, far_writer), _pipe(far_reader, writer))


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()
    writer.close()


@pytest.fixture
async def proxy() -> AsyncIterator[Tunnels]:
    """A running CONNECT proxy."""
    running = Tunnels()
    tasks: set[asyncio.Task[None]] = set()
    server = await asyncio.start_server(
        lambda reader, writer: tasks.add(asyncio.ensure_future(running.handle(reader, writer))),
        "127.0.0.1",
        0,
    )
    running.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield running
    server.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture(autouse=True)
def no_proxies_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests decide about proxies themselves."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
async def make_client(gateway: Gateway) -> AsyncIterator[Callable[..., StreamClient]]:
    """Makes clients of the gateway that are stopped in the end."""
    made: list[StreamClient] = []

    def make(timing: Timing = FAST, **options: Any) -> StreamClient:
        chosen = {
            "client_id": "ding-test",
            "client_secret": "s3cr3t-value",
            "api_base": gateway.base,
            "seed": 7,
        }
        client = StreamClient(StreamOptions(**(chosen | options), timing=timing))
        made.append(client)
        return client

    yield make
    for client in made:
        await client.stop()


@pytest.fixture
async def consume(make_client: Callable[..., StreamClient]) -> AsyncIterator[Callable[..., Consumer]]:
    """Makes a client with a consumer."""
    made: list[Consumer] = []

    def start(*, answers: bool = True, timing: Timing = FAST, **options: Any) -> Consumer:
        consumer = Consumer(make_client(timing, **options), answers=answers)
        made.append(consumer)
        return consumer

    yield start
    for consumer in made:
        await consumer.client.stop()
        await asyncio.gather(consumer.task, return_exceptions=True)


@pytest.fixture
def frames() -> Any:
    """The builders of frames."""

    class Frames:
        callback = staticmethod(callback_frame)
        system = staticmethod(system_frame)
        fast = FAST

    return Frames
