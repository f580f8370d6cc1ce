"""A sandbox DingTalk on loopback, a bot that speaks plain Stream Mode to it, and waits for events."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
import pytest_asyncio

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory, Event, Faults

CLIENT_ID, CLIENT_SECRET = "dingexample0001", "s3cr3t-value"
BOT_MESSAGE = {"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get"}
ANY_EVENT = {"type": "EVENT", "topic": "*"}
CARD = {"type": "CALLBACK", "topic": "/v1.0/card/instances/callback"}


class Log:
    """Every event of a sandbox, and waits for the next that fits."""

    def __init__(self, dingtalk: DingTalk) -> None:
        self.events: list[Event] = []
        self._arrived = asyncio.Event()
        dingtalk.observe(self._take)

    def _take(self, event: Event) -> None:
        self.events.append(event)
        self._arrived.set()

    def of(self, kind: type, **wanted: object) -> list[Any]:
        """Events of a kind whose fields are as wanted."""
        return [
            each
            for each in self.events
            if isinstance(each, kind) and all(getattr(each, name) == value for name, value in wanted.items())
        ]

    async def first(self, kind: type, *, count: int = 1, **wanted: object) -> Any:
        """The ``count``-th such event, as soon as it is there."""
        while len(found := self.of(kind, **wanted)) < count:
            self._arrived.clear()
            await asyncio.wait_for(self._arrived.wait(), 10)
        return found[count - 1]


class Bot:
    """A client of Stream Mode that does nothing by itself: every frame is read and answered by the test."""

    def __init__(self, dingtalk: DingTalk, http: aiohttp.ClientSession) -> None:
        self.dingtalk = dingtalk
        self.http = http
        self.sockets: list[aiohttp.ClientWebSocketResponse] = []

    async def post(self, path: str, body: object, **headers: str) -> tuple[int, Any]:
        """POST JSON to the API host; the status and the parsed (or plain) answer."""
        url = path if path.startswith("http") else self.dingtalk.base_url + path
        async with self.http.post(
            url, json=body, headers={"Accept": "application/json", **headers}
        ) as answer:
            text = await answer.text()
            with contextlib.suppress(ValueError):
                return answer.status, json.loads(text)
            return answer.status, text

    async def register(self, *subscriptions: dict[str, str], **changes: object) -> tuple[int, Any]:
        """Register with good credentials, for robot messages unless told otherwise."""
        body: dict[str, object] = {
            "clientId": CLIENT_ID,
            "clientSecret": CLIENT_SECRET,
            "subscriptions": list(subscriptions) or [BOT_MESSAGE],
        }
        return await self.post("/v1.0/gateway/connections/open", body | changes)

    async def connect(
        self, *subscriptions: dict[str, str], **changes: object
    ) -> aiohttp.ClientWebSocketResponse:
        """Register and open the stream; its first frame, the SYSTEM ping, is left to be read."""
        status, granted = await self.register(*subscriptions, **changes)
        assert status == 200, granted
        return await self.open(granted)

    async def open(self, granted: dict[str, str], **options: Any) -> aiohttp.ClientWebSocketResponse:
        """Open the stream of a registration."""
        mark = "&" if "?" in granted["endpoint"] else "?"
        url = f"{granted['endpoint']}{mark}ticket={quote(granted['ticket'], safe='')}"
        socket = await self.http.ws_connect(aiohttp.client.URL(url, encoded=True), **options)
        self.sockets.append(socket)
        return socket

    async def frame(self, socket: aiohttp.ClientWebSocketResponse, kind: str = "CALLBACK") -> dict[str, Any]:
        """The next frame of a type; SYSTEM frames before it are passed over."""
        while True:
            frame: dict[str, Any] = json.loads(await socket.receive_str(timeout=10))
            if frame["type"] == kind or kind == "ANY":
                return frame

    async def ack(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        frame: dict[str, Any],
        *,
        code: int = 200,
        data: object = None,
    ) -> None:
        """Answer a frame as the protocol page recommends."""
        answer = {
            "code": code,
            "headers": {"messageId": frame["headers"]["messageId"], "contentType": "application/json"},
            "message": "OK",
            "data": json.dumps({"response": None} if data is None else data),
        }
        await socket.send_str(json.dumps(answer))

    async def message(self, socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
        """The payload of the next robot message, acknowledged."""
        frame = await self.frame(socket)
        await self.ack(socket, frame)
        payload: dict[str, Any] = json.loads(frame["data"])
        return payload

    async def token(self) -> str:
        """An access token."""
        status, body = await self.post(
            "/v1.0/oauth2/accessToken", {"appKey": CLIENT_ID, "appSecret": CLIENT_SECRET}
        )
        assert status == 200, body
        return str(body["accessToken"])

    async def api(self, path: str, body: object) -> tuple[int, Any]:
        """Call the robot API with a token."""
        return await self.post(path, body, **{"x-acs-dingtalk-access-token": await self.token()})


@pytest.fixture
def directory() -> Directory:
    """The demonstration company."""
    return Directory.demo(CLIENT_ID, CLIENT_SECRET)


@pytest.fixture
def faults() -> Faults:
    """The knobs of the sandbox under test."""
    return Faults()


@pytest_asyncio.fixture
async def serve(directory: Directory, faults: Faults) -> AsyncIterator[Callable[..., Any]]:
    """What starts sandboxes; they are stopped after the test."""
    running: list[DingTalk] = []

    async def start(people: Directory = directory, *, speed: float = 1.0) -> DingTalk:
        dingtalk = DingTalk(people, faults=faults, speed=speed)
        await dingtalk.start()
        running.append(dingtalk)
        return dingtalk

    yield start
    for dingtalk in running:
        await dingtalk.stop()


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A client that is closed before the sandbox stops."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session


@pytest_asyncio.fixture
async def dingtalk(serve: Callable[..., Any]) -> DingTalk:
    """A sandbox at the real service's pace."""
    running: DingTalk = await serve()
    return running


@pytest.fixture
def log(dingtalk: DingTalk) -> Log:
    """The events of ``dingtalk``."""
    return Log(dingtalk)


@pytest_asyncio.fixture
async def bot(dingtalk: DingTalk, http: aiohttp.ClientSession) -> AsyncIterator[Bot]:
    """A bot of ``dingtalk``."""
    client = Bot(dingtalk, http)
    yield client
    for socket in client.sockets:
        await socket.close()


@pytest.fixture
def watch() -> type[Log]:
    """Makes a log of another sandbox: ``watch(dingtalk)``."""
    return Log


@pytest.fixture
def make_bot(http: aiohttp.ClientSession) -> Callable[[DingTalk], Bot]:
    """Makes a bot of another sandbox."""
    return lambda dingtalk: Bot(dingtalk, http)
