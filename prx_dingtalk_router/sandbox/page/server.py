"""The page's web server: its files, and one WebSocket a window."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

from aiohttp import WSCloseCode, WSMsgType, web

from prx_dingtalk_router.errors import RouterError, SandboxError
from prx_dingtalk_router.sandbox.dingtalk import DingTalk
from prx_dingtalk_router.sandbox.page import requests
from prx_dingtalk_router.sandbox.page.guard import add_headers, guard
from prx_dingtalk_router.sandbox.page.outcomes import Outcome
from prx_dingtalk_router.sandbox.page.shapes import Item
from prx_dingtalk_router.sandbox.page.view import View
from prx_dingtalk_router.sandbox.prx import Prx

logger = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}
_EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - compared, not bound
_BEHIND = 1_000
_LARGEST = 256 * 1024


Language = Literal["zh", "en"]


class Advisor(Protocol):
    """What a router tells about its rules when the page asks; it refuses with a ``RouterError``."""

    def explain(self, callback: Mapping[str, object]) -> Mapping[str, object]:
        """Decide a callback without acting: the JSON that ``show_decision`` takes."""

    def write_test(self, msg_id: str) -> str:
        """Write a ``test`` block that says of a message what was decided."""


class ChatPage:
    """A chat like DingTalk's with every decision beside its message, for `run --sandbox`.

    Args:
        dingtalk: the simulated DingTalk whose people write here.
        agents: the simulated agents by the names that rules use.
        suggestions: messages to try, shown in an empty conversation.

    Attributes:
        language: of the window that asked for something last: in it agents answer.
    """

    language: Language = "zh"

    def __init__(
        self, dingtalk: DingTalk, agents: Mapping[str, Prx], *, suggestions: Sequence[str] = ()
    ) -> None:
        self._dingtalk = dingtalk
        self._agents = dict(agents)
        self._view = View(dingtalk, agents, suggestions, self._broadcast)
        self._windows: set[_Window] = set()
        self._runner: web.AppRunner | None = None
        self._host = ""
        self._advisor: Advisor | None = None
        self._port = 0
        self._assets = {path for path in STATIC.iterdir() if path.suffix in _TYPES}

    @property
    def url(self) -> str:
        """Where the page is: ``http://HOST:PORT/``."""
        host = "127.0.0.1" if self._host in _EVERYWHERE else self._host
        return f"http://{f'[{host}]' if ':' in host else host}:{self._port}/"

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Serve the page; port 0 takes a free one. Anybody who reaches ``host`` can use it: keep it on loopback.

        Raises:
            SandboxError: the address cannot be listened on, or the page was started before.
        """
        if self._runner is not None:
            raise SandboxError("sandbox.page-started")
        app = web.Application(middlewares=[guard(host)])
        app.on_response_prepare.append(add_headers)
        app.router.add_get("/", self._index)
        app.router.add_get("/assets/{name}", self._asset)
        app.router.add_get("/socket", self._socket)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except (OSError, OverflowError) as error:
            await runner.cleanup()
            reason = getattr(error, "strerror", None) or str(error)
            raise SandboxError("sandbox.page-listen", host=host, port=port, reason=reason) from None
        self._runner, self._host = runner, host
        self._port = int(runner.addresses[0][1])
        self._view.watch()

    async def stop(self) -> None:
        """Close every window's connection and stop serving; safe to call twice."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        self._view.unwatch()
        await asyncio.gather(*(window.close() for window in tuple(self._windows)))
        await runner.cleanup()

    def show_decision(self, msg_id: str, decision: Mapping[str, object]) -> None:
        """Show what was decided about a message beside it.

        Args:
            msg_id: the message's id.
            decision: the JSON of interfaces.md section 2, with an optional ``trace``.
        """
        if self._runner is not None:
            self._view.decided(msg_id, dict(decision))

    def consult(self, advisor: Advisor) -> None:
        """Let windows ask ``advisor`` about the rules from now on."""
        self._advisor = advisor
        self._view.rules(explains=True)

    def show_backlog(self, waits: Sequence[tuple[Mapping[str, str], int]]) -> None:
        """Show what waits in the router: what, by language, and how much of it."""
        if self._runner is not None:
            self._view.backlog([{"what": dict(what), "count": count} for what, count in waits])

    def show_rules(self, *, zone: str, refused: Mapping[str, str] | None = None) -> None:
        """Show by which time zone rules go, and why the latest edit of them is not in force, by language."""
        self._view.rules(zone=zone, refused=refused)

    def show_outcome(self, msg_id: str, outcome: Outcome) -> None:
        """Show below a decision what became of one of its steps, or of the message."""
        if self._runner is not None:
            self._view.came_to(msg_id, outcome)

    def _broadcast(self, item: Item) -> None:
        text = _dumped(item)
        for window in self._windows:
            window.tell(text)

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return _file(STATIC / "index.html")

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        path = STATIC / name
        if path not in self._assets:
            raise web.HTTPNotFound
        return _file(path)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(timeout=1.0, heartbeat=30.0, max_msg_size=_LARGEST)
        await socket.prepare(request)
        snapshot = self._view.snapshot()
        window = _Window(socket, request.transport)
        window.tell(_dumped(snapshot))
        self._windows.add(window)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    window.tell(_dumped(self._answer(message.data)))
        finally:
            self._windows.discard(window)
            await window.close()
        return socket

    def _answer(self, text: str) -> Item:
        """Do what a window asks for: ``done`` with the request's id, or ``refused`` and why."""
        request: requests.Request = {}
        try:
            request = requests.read(text)
            self.language = "zh" if request.get("language") == "zh" else "en"
            return {"type": "done", "id": request.get("id"), **self._carry_out(request)}
        except RouterError as error:
            return {"type": "refused", "id": request.get("id"), "why": error.text.render(self.language)}

    def _carry_out(self, request: requests.Request) -> Item:
        match request.get("ask"):
            case "say":
                return {"msg_id": self._dingtalk.say(requests.said(request, self._dingtalk))}
            case "explain":
                draft = self._dingtalk.draft(requests.said(request, self._dingtalk))
                return {"decision": None if draft is None else self._asked().explain(draft)}
            case "test":
                return {"test": self._asked().write_test(requests.msg_id(request))}
            case "person":
                key = requests.put_person(request, self._dingtalk.directory)
                self._view.people_changed()
                return {"key": key}
            case "dismiss":
                requests.remove_person(request, self._dingtalk.directory)
                self._view.people_changed()
            case "mend":
                requests.mend(self._dingtalk, self._agents)
            case "fault":
                requests.turn_fault(request, self._dingtalk, self._agents)
            case "disconnect":
                requests.disconnect(self._dingtalk)
            case _:
                raise SandboxError("sandbox.page-request")
        return {}

    def _asked(self) -> Advisor:
        if self._advisor is None:
            raise SandboxError("sandbox.page-no-router")
        return self._advisor


class _Window:
    """One browser window: what it is told goes through a queue, so that a slow one holds up nobody."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self._socket = socket
        self._transport = transport
        self._queue: asyncio.Queue[str] = asyncio.Queue(_BEHIND)
        self._writer = asyncio.create_task(self._write(), name="chat page window")

    def tell(self, text: str) -> None:
        """Send ``text`` after what was told before; a window too far behind is cut off and opens again by itself."""
        try:
            self._queue.put_nowait(text)
        except asyncio.QueueFull:
            if self._transport is not None:
                self._transport.abort()

    async def close(self) -> None:
        """Stop writing and close the connection."""
        self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)
        await self._socket.close(code=WSCloseCode.GOING_AWAY)

    async def _write(self) -> None:
        try:
            while True:
                await self._socket.send_str(await self._queue.get())
        except ConnectionError:
            logger.debug("a window of the chat page went away")


def _dumped(item: Item) -> str:
    # In ASCII: a reply may hold half of a surrogate pair, which UTF-8 cannot carry.
    return json.dumps(item, default=str)


def _file(path: Path) -> web.Response:
    return web.Response(body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8")
