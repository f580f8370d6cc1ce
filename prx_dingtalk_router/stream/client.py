"""The Stream client: keeps a connection, replaces it in time, and gives its consumer what comes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from enum import StrEnum
from random import Random
from types import TracebackType
from typing import Self

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.errors import CredentialsRefused, LocalStreamError
from prx_dingtalk_router.net import Proxies, tls_context
from prx_dingtalk_router.stream.counters import StreamCounters
from prx_dingtalk_router.stream.events import Event, Lost, Opened, Refused
from prx_dingtalk_router.stream.handover import Handover, News, Waiting
from prx_dingtalk_router.stream.opening import open_websocket
from prx_dingtalk_router.stream.options import StreamOptions
from prx_dingtalk_router.stream.protocol.connection import State
from prx_dingtalk_router.stream.protocol.liveness import LossReason
from prx_dingtalk_router.stream.protocol.reconnecting import ReconnectPolicy
from prx_dingtalk_router.stream.protocol.registration import Refusal, Registration
from prx_dingtalk_router.stream.registrar import Registrar
from prx_dingtalk_router.stream.socket import StreamSocket

logger = logging.getLogger(__name__)


class StreamState(StrEnum):
    """What a client is doing, as status pages show it."""

    IDLE = "idle"  # not started
    CONNECTING = "connecting"  # asking for a connection, or opening it
    WAITING = "waiting"  # until the next try
    OPEN = "open"
    DRAINING = "draining"  # the old connection is read while its replacement is fetched
    FAILED = "failed"  # gave up
    STOPPED = "stopped"


class StreamClient:
    """Receives what DingTalk pushes, over one connection at a time, replaced without a gap.

    Consume ``events()`` (or ``batches()``), call ``ack()`` on each callback, and ``stop()`` in the end; or use it in
    ``async with``, which stops it. Pings are answered while the consumer is busy; what it is slow to take waits up to the
    limits of the options and then gets no answer. A client is used once.

    To end in order, call ``stop_taking``, let ``events()`` end, which gives the consumer what waits, and then ``stop``, which
    writes the answers first. A consumer for whom every callback is safe once it is stored goes on consuming until it is through
    with everything else: nothing need be said to the client before, and a connection that ends meanwhile is replaced.

    Raises:
        RouterError: the API base is neither https nor loopback, or proxy or CA file are unusable.
    """

    def __init__(self, options: StreamOptions) -> None:
        self._options = options
        self._proxies = Proxies(options.proxy)
        self._proxies.to(options.api_base)
        self._tls = tls_context(options.ca_file)
        self._registrar = Registrar(options)
        self._handover: Handover[StreamSocket] = Handover(
            options.max_waiting_frames, options.max_waiting_bytes
        )
        self._policy = ReconnectPolicy(
            backoff_first=options.timing.backoff_first,
            backoff_cap=options.timing.backoff_cap,
            credentials_retry=options.timing.credentials_retry,
            drain=options.timing.drain,
            give_up_after=options.give_up_after,
            random=Random(options.seed),  # noqa: S311 - jitter is no secret
        )
        self._sockets: dict[StreamSocket, asyncio.Task[None]] = {}
        self._supervisor: asyncio.Task[None] | None = None
        self._taking = True
        self._consumed = False
        self._phase = StreamState.IDLE
        self.counters = StreamCounters()
        self.last_refusal: Text | None = None
        """Why the last try gave no connection; None once one is open."""

    @property
    def state(self) -> StreamState:
        """What the client is doing now."""
        if self._phase in (StreamState.FAILED, StreamState.STOPPED):
            return self._phase
        states = {socket.state for socket in self._sockets}
        if State.OPEN in states:
            return StreamState.OPEN
        return StreamState.DRAINING if State.DRAINING in states else self._phase

    @property
    def connected(self) -> bool:
        """Whether callbacks can come now: a connection is open, or its replacement is being fetched in time."""
        return self.state in (StreamState.OPEN, StreamState.DRAINING)

    @property
    def waiting_frames(self) -> int:
        """Callbacks and events that wait for the consumer."""
        return self._handover.waiting_frames

    @property
    def is_overflowing(self) -> bool:
        """Whether the last callback found no room; more of them get no answer until the consumer has caught up."""
        return self._handover.is_full

    def start(self) -> None:
        """Begin to connect; ``events()`` does so by itself.

        Raises:
            LocalStreamError: the client was stopped; make a new one.
        """
        if self._phase is StreamState.STOPPED:
            raise LocalStreamError("stream.used-up")
        if self._supervisor is None and self._taking:
            self._phase = StreamState.CONNECTING
            self._supervisor = asyncio.create_task(self._supervise(), name="stream-supervisor")
            self._supervisor.add_done_callback(self._supervisor_ended)

    async def events(self) -> AsyncGenerator[Event, None]:
        """Everything that comes, in order, until ``stop`` or ``stop_taking``.

        Raises:
            CredentialsRefused: the gateway refused the credentials for ``give_up_after`` seconds, at the end of them too.
            LocalStreamError: somebody else consumes already, or the client was stopped before.
        """
        async with contextlib.aclosing(self.batches(1)) as batches:
            async for batch in batches:
                yield batch[0]

    async def batches(self, most: int = 64) -> AsyncGenerator[list[Event], None]:
        """As ``events``, in lists of up to ``most``: whatever waits, at least one.

        The next list is only taken when the consumer asks for it, so the limits of what may wait hold for a consumer that
        stores and answers one list after the other.
        """
        if self._consumed:
            raise LocalStreamError("stream.second-consumer")
        self.start()
        self._consumed = True
        try:
            while taken := await self._handover.take(most):
                batch = [event for item in taken if (event := _event_of(item)) is not None]
                if batch:
                    yield batch
        finally:
            self._consumed = False

    def stop_taking(self) -> None:
        """Take no more callbacks; those that come get no answer. ``events()`` ends after what waits.

        The connection stays, so that callbacks taken before can still be answered; then call ``stop``. Should it end, it
        is not replaced: what DingTalk sent to another one would get no answer.
        """
        self._taking = False
        if self._supervisor is not None:
            self._supervisor.cancel()
        self._handover.finish()

    async def stop(self, deadline: float = 5.0) -> None:
        """Take nothing more, write what was answered, close every connection with code 1000; all within ``deadline`` s."""
        self.stop_taking()
        self._phase = StreamState.STOPPED
        closing = [asyncio.create_task(socket.close()) for socket in self._sockets]
        readers = list(self._sockets.values())
        waited_for = [*closing, *readers, *([self._supervisor] if self._supervisor else [])]
        if waited_for:
            _, late = await asyncio.wait(waited_for, timeout=deadline)
            if late:
                for socket in self._sockets:
                    socket.abort()
                await asyncio.wait(late, timeout=1.0)
        await self._registrar.aclose()

    async def __aenter__(self) -> Self:
        self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    async def _supervise(self) -> None:
        """The only loop that connects: one connection after the other, as long as the client lives."""
        while True:
            socket = await self._connect()
            await socket.leaving.wait()
            if socket.state is State.DRAINING:
                self.counters.reconnects[LossReason.DISCONNECT.value] += 1
                await self._pause(self._policy.after_announcement(age=socket.age, useful=socket.is_useful))
            else:
                await self._pause(self._policy.after_loss(useful=socket.is_useful))

    async def _connect(self) -> StreamSocket:
        """Ask and open until a connection stands."""
        while True:
            self._phase = StreamState.CONNECTING
            self.counters.registrations += 1
            answer = await self._registrar.register()
            if isinstance(answer, Registration):
                self._policy.after_registration()
                websocket = await open_websocket(answer, self._options, self._proxies, self._tls)
                if not isinstance(websocket, Refusal):
                    self.last_refusal = None
                    self.counters.opened += 1
                    socket = StreamSocket(
                        websocket,
                        str(self.counters.opened),
                        ticket=answer.ticket,
                        options=self._options,
                        counters=self.counters,
                        handover=self._handover,
                        is_taking=lambda: self._taking,
                    )
                    self._handover.tell(Opened(socket.connection_id))
                    logger.debug("connection %s is open", socket.connection_id)
                    self._sockets[socket] = asyncio.create_task(
                        self._read(socket), name=f"stream-reader-{socket.connection_id}"
                    )
                    return socket
                self.counters.reconnects[LossReason.HANDSHAKE.value] += 1
                answer = websocket
            await self._after_refusal(answer)

    async def _read(self, socket: StreamSocket) -> None:
        try:
            reason = await socket.run()
        except Exception:  # a defect of ours costs this connection, and another one is fetched
            logger.exception(text("stream.connection-failed", connection=socket.connection_id))
            socket.abort(reason := LossReason.DROPPED)
        finally:
            self._sockets.pop(socket, None)
            socket.leaving.set()
        self._handover.tell(Lost(socket.connection_id, reason))
        expected = reason in (LossReason.DISCONNECT, LossReason.STOPPED)
        if not expected:
            self.counters.reconnects[reason.value] += 1
        logger.debug("connection %s is gone: %s", socket.connection_id, reason)

    async def _after_refusal(self, refusal: Refusal) -> None:
        """Tell, and wait as long as the kind of refusal asks for; or give up.

        Raises:
            CredentialsRefused: so were the credentials, and the first time ``give_up_after`` ago or longer.
        """
        self.counters.refusals[refusal.kind.value] += 1
        self.last_refusal = refusal.text
        delay = self._policy.after_refusal(refusal.kind, asyncio.get_running_loop().time())
        if delay is None:
            raise CredentialsRefused(
                "stream.gave-up", seconds=f"{self._options.give_up_after:g}", why=refusal.text
            )
        self._tell_refusal(refusal, delay)
        await self._pause(delay)

    def _tell_refusal(self, refusal: Refusal, delay: float) -> None:
        logger.debug(
            "no connection (%s), next try in %.1f s: %s", refusal.kind, delay, refusal.text.render("en")
        )
        self._handover.tell(Refused(refusal.kind, refusal.text, delay))

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._phase = StreamState.WAITING
            await asyncio.sleep(seconds)

    def _supervisor_ended(self, task: asyncio.Task[None]) -> None:
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self._phase = StreamState.FAILED
            self._handover.finish(error)


def _event_of(item: Waiting[StreamSocket] | News) -> Event | None:
    """What a consumer is told: a frame is read only now; None for one that is nothing for it."""
    return item.source.read(item) if isinstance(item, Waiting) else item
