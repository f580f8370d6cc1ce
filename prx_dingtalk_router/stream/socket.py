"""One WebSocket, driven: reads it, answers at once what needs no consumer, hands over the rest, watches its life."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
import time
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.protocol import State as WebSocketState

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net import mask_values, proxy_for, redact, redact_logger
from prx_dingtalk_router.stream.counters import StreamCounters
from prx_dingtalk_router.stream.events import Answer, BadFrameSeen, Callback, PlatformEvent
from prx_dingtalk_router.stream.handover import Handover
from prx_dingtalk_router.stream.options import StreamOptions
from prx_dingtalk_router.stream.protocol.acks import Ack
from prx_dingtalk_router.stream.protocol.connection import Connection, Meaning, Reaction, Signal, State
from prx_dingtalk_router.stream.protocol.frames import BadFrame, Frame, FrameType
from prx_dingtalk_router.stream.protocol.liveness import NORMAL_CLOSURE, Liveness, LossReason, loss_reason
from prx_dingtalk_router.stream.protocol.registration import Refusal, RefusalKind, Registration

logger = logging.getLogger(__name__)

# The library logs request lines, which hold the ticket, when its logger is at DEBUG; this one never is.
_wire_logger = redact_logger(f"{__name__}.wire")
_wire_logger.setLevel(logging.WARNING)


class _Connect(connect):
    """An opening handshake that follows no redirect: the ticket is for the host that the gateway named."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


async def open_websocket(
    registration: Registration, options: StreamOptions, tls: ssl.SSLContext
) -> ClientConnection | Refusal:
    """Use up ``registration``: an open WebSocket, or why there is none.

    Every handshake answer but 101 means the same: register again (dingtalk-stream.md section 2).
    """
    url = registration.url()
    timing = options.timing
    try:
        proxy = proxy_for(url, options.proxy)
        secured: dict[str, Any] = {"ssl": tls} if url.startswith("wss:") else {}
        if proxy and proxy.startswith("https:"):
            secured["proxy_ssl"] = tls
        return await _Connect(
            url,
            proxy=proxy,
            compression=None,
            user_agent_header=options.ua,
            open_timeout=timing.handshake,
            ping_interval=None,  # the keep-alive below ends a dead connection without a closing handshake
            close_timeout=timing.close,
            max_size=options.max_message,
            logger=_wire_logger,
            **secured,
        )
    except InvalidStatus as error:
        why = f"HTTP {error.response.status_code}"
    except TimeoutError:
        return Refusal(RefusalKind.TIMEOUT, text("stream.handshake", why="timeout"))
    except RouterError as error:
        return Refusal(RefusalKind.HANDSHAKE, text("stream.handshake", why=error.text))
    except (OSError, ValueError, EOFError, WebSocketException) as error:
        # The words of an error could hold the address with the ticket: only those of the system are shown.
        secrets = (registration.ticket, options.client_secret)
        said = redact(mask_values(str(error), secrets))[:200] if isinstance(error, OSError) else ""
        why = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return Refusal(RefusalKind.HANDSHAKE, text("stream.handshake", why=why))


class StreamSocket:
    """An open WebSocket with its protocol state; ``run`` it once, in a task of its own.

    Args:
        websocket: open.
        connection_id: what events and logs call it.
        ticket: what it was opened with; masked in what is logged of frames.
        options: of the client.
        counters: of the client.
        handover: where callbacks and events go.
        is_taking: whether callbacks are still wanted.
    """

    def __init__(
        self,
        websocket: ClientConnection,
        connection_id: str,
        *,
        ticket: str,
        options: StreamOptions,
        counters: StreamCounters,
        handover: Handover,
        is_taking: Callable[[], bool],
    ) -> None:
        self.connection_id = connection_id
        self.leaving = asyncio.Event()
        """Set when another connection is needed: the end was announced, or has come."""
        self.opened_at = asyncio.get_running_loop().time()
        topics = frozenset(w.topic for w in options.subscriptions if w.type == FrameType.CALLBACK)
        self._connection = Connection(topics, take_events=options.take_events)
        self._connection.signal(Signal.UPGRADED)
        self._websocket = websocket
        self._options = options
        self._counters = counters
        self._handover = handover
        self._is_taking = is_taking
        self._secrets = (ticket, options.client_secret)
        self._reason: LossReason | None = None
        self._remarked = False

    @property
    def state(self) -> State:
        """Where the connection is in its life."""
        return self._connection.state

    @property
    def is_useful(self) -> bool:
        """Whether it was worth having, so that backoff may begin again."""
        age = asyncio.get_running_loop().time() - self.opened_at
        return self._connection.useful or age >= self._options.timing.useful_after

    async def run(self) -> LossReason:
        """Read until the end, or until ``drain`` seconds after it was announced; say what ended it."""
        watch = asyncio.create_task(self._keep_alive(), name=f"stream-liveness-{self.connection_id}")
        try:
            async with asyncio.timeout(None) as window:
                while True:
                    await self._take(await self._websocket.recv(decode=False), window)
        except TimeoutError:
            await self.close()
        except ConnectionClosed as error:
            received = error.rcvd.code if error.rcvd else None
            self._note(loss_reason(received=received, sent=error.sent.code if error.sent else None))
        finally:
            watch.cancel()
            self._connection.signal(Signal.ENDED)
            self.leaving.set()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
        return self._reason or LossReason.DROPPED

    async def send(self, ack: Ack) -> bool:
        """Write an answer to this socket; False when it is gone."""
        written = False
        with contextlib.suppress(ConnectionClosed):
            await self._websocket.send(ack.serialize())
            # A send that waited for room ends without an error when the connection is cut meanwhile.
            written = self._websocket.state is not WebSocketState.CLOSED
        if not written:
            self._counters.lost_acks += 1
            return False
        self._counters.acks[ack.code] += 1
        return True

    async def close(self, reason: LossReason = LossReason.STOPPED) -> None:
        """Close with code 1000 and wait for the closing handshake, at most ``close`` seconds."""
        self._note(reason)
        await self._websocket.close(NORMAL_CLOSURE)

    def abort(self, reason: LossReason = LossReason.STOPPED) -> None:
        """Cut the connection without a word."""
        self._note(reason)
        self._websocket.transport.abort()

    def _note(self, reason: LossReason) -> None:
        """Keep the first reason: the later ones follow from it."""
        if self._reason is None:
            self._reason = reason

    async def _take(self, payload: bytes, window: asyncio.Timeout) -> None:
        reaction = self._connection.receive(payload)
        frame = reaction.frame
        if reaction.meaning is Meaning.CALLBACK or reaction.meaning is Meaning.EVENT:
            self._hand_over(reaction)
        elif reaction.meaning is Meaning.DISCONNECT:
            logger.debug("connection %s: the gateway announced its end", self.connection_id)
            self._note(LossReason.DISCONNECT)
            if window.when() is None:
                window.reschedule(asyncio.get_running_loop().time() + self._options.timing.drain)
            self.leaving.set()
        elif reaction.meaning is Meaning.BAD or reaction.meaning is Meaning.UNREADABLE:
            self._complain(frame)
        elif reaction.meaning is Meaning.UNKNOWN_TOPIC or reaction.meaning is Meaning.UNKNOWN_TYPE:
            self._remark(frame, reaction.meaning)
        self._counters.frames[_counted_as(reaction)] += 1
        if reaction.answer is not None:
            await self.send(reaction.answer)

    def _hand_over(self, reaction: Reaction) -> None:
        frame = reaction.frame
        if not isinstance(frame, Frame):
            return
        if not self._is_taking():
            self._counters.untaken += 1
            return
        message_id = "" if frame.message_id is None else str(frame.message_id)
        received_at_ms = time.time_ns() // 1_000_000
        event: Callback | PlatformEvent
        if reaction.meaning is Meaning.CALLBACK:
            event = Callback(
                topic=frame.topic,
                message_id=message_id,
                data=frame.data,
                raw=frame.data_text,
                connection_id=self.connection_id,
                received_at_ms=received_at_ms,
                answer=Answer(frame.message_id, self.send),
            )
        else:
            event = PlatformEvent(
                event_type=frame.headers.get("eventType", ""),
                message_id=message_id,
                headers={name: value for name, value in frame.headers.items() if name != "connectionId"},
                data=frame.data,
                raw=frame.data_text,
                connection_id=self.connection_id,
                received_at_ms=received_at_ms,
                answer=Answer(frame.message_id if reaction.answer is None else None, self.send),
            )
        if not self._handover.offer(event, frame.size):
            if self._counters.dropped % 1000 == 0:
                logger.warning(text("stream.no-room"))
            self._counters.dropped += 1

    def _complain(self, frame: Frame | BadFrame) -> None:
        reason = frame.reason if isinstance(frame, BadFrame) else text("stream.frame-data")
        self._counters.bad_frames += 1
        logger.warning(
            text("stream.bad-frame", connection=self.connection_id, bytes=frame.size, reason=reason)
        )
        self._handover.offer(BadFrameSeen(self.connection_id, reason, frame.size), max(frame.size, 1))

    def _remark(self, frame: Frame | BadFrame, meaning: Meaning) -> None:
        """Log what nobody asked for; the first of a connection loudly: a gateway gone mad shall not fill a disk."""
        if not isinstance(frame, Frame):
            return
        level = logging.DEBUG if self._remarked else logging.WARNING
        self._remarked = True
        topic, kind = (mask_values(name, self._secrets)[:80] for name in (frame.topic, frame.type))
        key = "stream.unknown-topic" if meaning is Meaning.UNKNOWN_TOPIC else "stream.unknown-type"
        logger.log(level, text(key, connection=self.connection_id, type=kind, topic=topic))

    async def _keep_alive(self) -> None:
        """Ping on time; cut the connection when an answer is overdue."""
        loop = asyncio.get_running_loop()
        timing = self._options.timing
        liveness = Liveness(timing.ping_interval, timing.pong_patience, loop.time())
        heard = asyncio.Event()

        def hear(pong: asyncio.Future[float]) -> None:
            if not pong.cancelled() and pong.exception() is None:
                liveness.pong_received()
                heard.set()

        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(liveness.next_at):
                    await heard.wait()
            heard.clear()
            if liveness.is_dead(loop.time()):
                break
            if liveness.is_ping_due(loop.time()):
                liveness.ping_sent(loop.time())
                try:
                    async with asyncio.timeout(timing.pong_patience):
                        pong = await self._websocket.ping()  # waits while nothing can be written
                except TimeoutError:
                    break
                except ConnectionClosed:
                    return
                asyncio.ensure_future(pong).add_done_callback(hear)
        logger.debug("connection %s: no answer to a ping: cutting it", self.connection_id)
        self.abort(LossReason.NO_PONG)


def _counted_as(reaction: Reaction) -> str:
    if reaction.meaning is Meaning.BAD:
        return "bad"
    if reaction.meaning is Meaning.UNKNOWN_TYPE:
        return "unknown"
    return reaction.frame.type if isinstance(reaction.frame, Frame) else "bad"
