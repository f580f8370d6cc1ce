"""Stream connections: one object a WebSocket, and the pool from which each push takes one at random."""

from __future__ import annotations

import asyncio
import contextlib
import random
import uuid
from collections.abc import Callable, Iterator

from aiohttp import WSMsgType, web

from prx_dingtalk_router.sandbox.dingtalk import frames
from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.directory import App
from prx_dingtalk_router.sandbox.dingtalk.events import (
    Announced,
    Connected,
    Disconnected,
    Observers,
    PingAnswered,
    Refused,
)
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults
from prx_dingtalk_router.sandbox.dingtalk.tickets import Grant

PERIODS = ("ping_every", "ws_ping_every", "rotate_after", "drop_after")
"""Knobs that are periods of an open connection: one that is turned begins anew, on connections that are open too."""

AckHandler = Callable[["Connection", frames.Ack], None]


class Connection:
    """A live connection; ``number`` names it in events, because its real id is the ticket, a credential."""

    def __init__(
        self,
        number: int,
        grant: Grant,
        ws: web.WebSocketResponse,
        transport: asyncio.Transport,
        *,
        clock: Clock,
        faults: Faults,
        observers: Observers,
    ) -> None:
        self.number = number
        self.grant = grant
        self.quiet = False
        self._ws = ws
        self._transport = transport
        self._clock = clock
        self._faults = faults
        self._observers = observers
        self._outgoing: asyncio.Queue[str | bytes] = asyncio.Queue()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._pings: dict[str, tuple[str, int]] = {}
        self._ended_by = ""
        self._turned = {knob: asyncio.Event() for knob in PERIODS}
        self._timers: list[asyncio.TimerHandle] = []

    @property
    def takes_pushes(self) -> bool:
        """Whether pushes go here: not after ``disconnect`` was announced."""
        return not self.quiet and (not self._ended_by or self._faults.dead_socket > 0)

    @property
    def lost(self) -> bool:
        """Whether it ended without a close frame and unannounced."""
        return not self.quiet and self._ws.close_code in (None, 1006)

    def send(self, frame: str | bytes) -> None:
        """Queue a frame behind those that wait already."""
        self._outgoing.put_nowait(frame)

    async def run(self, on_ack: AckHandler) -> None:
        """Serve the connection until it ends; every task of it ends with it."""
        self._observers.tell(
            Connected(at=self._clock.now(), connection=self.number, client_id=self.grant.app.client_id)
        )
        tasks = [
            asyncio.create_task(each)
            for each in (self._write(), self._ping(), self._ws_ping(), self._rotate(), self._drop())
        ]
        if self._faults.system_extras:
            for topic in ("CONNECTED", "REGISTERED"):
                self._system(topic, {})
        try:
            await self._read(on_ack)
        finally:
            for task in tasks:
                task.cancel()
            for timer in self._timers:
                timer.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def ended(self) -> Disconnected:
        """The event of its end, to be told when it is in the pool no more."""
        code = self._ws.close_code
        reason = self._ended_by or ("lost" if code in (None, 1006) else "client")
        return Disconnected(at=self._clock.now(), connection=self.number, reason=reason, code=code)

    def announce(self) -> None:
        """Say ``disconnect``, be quiet for ten seconds, then close TCP (section 5)."""
        if self.quiet:
            return
        self.quiet = True
        now, reason = self._clock.now(), self._faults.disconnect_reason
        message_id = frames.header_id(now) if self._faults.disconnect_id else None
        self.send(frames.system("disconnect", {"reason": reason}, now=now, message_id=message_id))
        self._observers.tell(Announced(at=now, connection=self.number, reason=reason))
        self._later(self._faults.disconnect_quiet, self.end)

    def end(self, *, reset: bool = False) -> None:
        """Close TCP from this side without a WebSocket close frame; ``reset`` drops it with RST."""
        self._ended_by = self._ended_by or "service"
        self._flowing.set()
        if reset or self._faults.black_hole:
            self._transport.abort()
        else:
            self._transport.close()

    def turned(self, knob: str) -> None:
        """Take note that one of ``PERIODS`` was turned."""
        self._turned[knob].set()
        self._turned[knob] = asyncio.Event()

    def flow(self, flowing: bool) -> None:
        """Stop or resume reading and writing; TCP itself stays, no FIN goes out."""
        if self._transport.is_closing():
            return
        if flowing:
            self._flowing.set()
            self._transport.resume_reading()
        else:
            self._flowing.clear()
            self._transport.pause_reading()

    async def _read(self, on_ack: AckHandler) -> None:
        while True:
            message = await self._ws.receive()
            await self._flowing.wait()
            if message.type is WSMsgType.PING:
                with contextlib.suppress(ConnectionError, RuntimeError):  # it may be closing: receive tells
                    await self._ws.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._answered(message.data, on_ack)
            elif message.type is WSMsgType.BINARY:
                self._refuse("not text")
            elif message.type is not WSMsgType.PONG:
                return

    def _answered(self, text: str, on_ack: AckHandler) -> None:
        try:
            ack = frames.parse_ack(text)
        except ValueError as error:
            self._refuse(str(error))
            return
        if ack.message_id not in self._pings:
            on_ack(self, ack)
            return
        opaque, sent = self._pings.pop(ack.message_id)
        data, now = ack.json_data(), self._clock.now()
        echoed = isinstance(data, dict) and data.get("opaque") == opaque
        self._observers.tell(PingAnswered(at=now, connection=self.number, echoed=echoed, after_ms=now - sent))

    def _refuse(self, why: str) -> None:
        self._observers.tell(Refused(at=self._clock.now(), what="answer", status=0, code="", why=why))

    async def _write(self) -> None:
        while True:
            frame = await self._outgoing.get()
            await self._flowing.wait()
            try:
                if isinstance(frame, str):
                    await self._ws.send_str(frame)
                else:
                    await self._ws.send_bytes(frame)
            except (ConnectionError, RuntimeError):
                return

    async def _ping(self) -> None:
        """The first SYSTEM ping comes at once, as observed (section 2)."""
        if not self._faults.ping_every:
            await self._period("ping_every")
        while not self.quiet:
            now, opaque = self._clock.now(), uuid.uuid4().hex
            message_id = frames.header_id(now)
            self._pings[message_id] = (opaque, now)
            self.send(frames.system("ping", {"opaque": opaque}, now=now, message_id=message_id))
            if self._faults.system_extras:
                self._system("KEEPALIVE", {})
            await self._period("ping_every")

    async def _ws_ping(self) -> None:
        while True:
            await self._period("ws_ping_every")
            await self._flowing.wait()
            if self.quiet:
                return
            try:
                await self._ws.ping()
            except (ConnectionError, RuntimeError):
                return

    async def _rotate(self) -> None:
        await self._period("rotate_after")
        self.announce()

    async def _drop(self) -> None:
        await self._period("drop_after")
        self.end(reset=True)

    async def _period(self, knob: str) -> None:
        """Wait as long as the knob says, from now or from when it was turned last; without end while it is 0."""
        while True:
            length = self._clock.seconds(getattr(self._faults, knob)) or None
            try:
                await asyncio.wait_for(self._turned[knob].wait(), length)
            except TimeoutError:
                return

    def _system(self, topic: str, data: dict[str, object]) -> None:
        now = self._clock.now()
        self.send(frames.system(topic, data, now=now, message_id=frames.header_id(now)))

    def _later(self, service_seconds: float, call: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        self._timers.append(loop.call_later(self._clock.seconds(service_seconds), call))


class Pool:
    """The live connections of all applications."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults
        self._connections: dict[int, Connection] = {}
        self._dead: list[tuple[int, Connection]] = []
        self._changed = asyncio.Event()
        self._serial = 0

    def __len__(self) -> int:
        return len(self._connections)

    def __iter__(self) -> Iterator[Connection]:
        return iter(tuple(self._connections.values()))

    def number(self) -> int:
        """The number of the next connection, from 1."""
        self._serial += 1
        return self._serial

    def add(self, connection: Connection) -> None:
        """Take a connection in."""
        self._connections[connection.number] = connection
        self._wake()

    def remove(self, connection: Connection) -> None:
        """Forget a connection; one that was lost may be routed to for a while, as the service does (section 5)."""
        self._connections.pop(connection.number, None)
        if self._faults.dead_socket and connection.lost:
            self._dead.append((self._clock.after(self._clock.now(), self._faults.dead_socket), connection))
        self._wake()

    def pick(self, app: App, kind: str, topic: str) -> Connection | None:
        """One connection of the application at random among those that asked for the topic and are not quiet."""
        fitting = [
            each
            for each in (*self._connections.values(), *self._unburied())
            if each.takes_pushes
            and each.grant.app.client_id == app.client_id
            and each.grant.covers(kind, topic)
        ]
        return random.choice(fitting) if fitting else None  # noqa: S311 - no secret

    def _unburied(self) -> list[Connection]:
        """Lost connections to which pushes still go."""
        if self._dead:
            now = self._clock.now()
            self._dead = [
                (until, each) for until, each in self._dead if now < until and self._faults.dead_socket
            ]
        return [each for _, each in self._dead]

    async def reach(self, count: int) -> None:
        """Wait until at least ``count`` connections are live."""
        while len(self) < count:
            await self._changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
