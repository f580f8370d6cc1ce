"""One open WebSocket, driven: reads it, answers pings at once, hands over the rest, watches its life."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Sequence
from typing import TypeAlias

from websockets.exceptions import ConnectionClosed

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.net import mask_values
from prx_dingtalk_router.stream.counters import StreamCounters
from prx_dingtalk_router.stream.events import Answer, BadFrameSeen, Callback, PlatformEvent
from prx_dingtalk_router.stream.handover import Handover, Waiting
from prx_dingtalk_router.stream.options import StreamOptions
from prx_dingtalk_router.stream.outbox import Outbox
from prx_dingtalk_router.stream.protocol.acks import Ack
from prx_dingtalk_router.stream.protocol.connection import (
    Connection,
    Meaning,
    Reaction,
    Signal,
    State,
    is_urgent,
)
from prx_dingtalk_router.stream.protocol.frames import BadFrame, Frame, FrameType
from prx_dingtalk_router.stream.protocol.liveness import NORMAL_CLOSURE, Liveness, LossReason, loss_reason
from prx_dingtalk_router.stream.protocol.usual_callbacks import UsualCallback
from prx_dingtalk_router.stream.remarks import Remarks
from prx_dingtalk_router.stream.websocket import MessageSocket

logger = logging.getLogger(__name__)

Pushed: TypeAlias = Callback | PlatformEvent | BadFrameSeen


class StreamSocket:
    """An open WebSocket with its protocol state; ``run`` it once, in a task of its own.

    Args:
        websocket: open.
        connection_id: what events and logs call it.
        ticket: what it was opened with; masked in what is logged of frames.
        options: of the client.
        counters: of the client.
        handover: where frames wait for the consumer.
        is_taking: whether callbacks are still wanted.
    """

    def __init__(
        self,
        websocket: MessageSocket,
        connection_id: str,
        *,
        ticket: str,
        options: StreamOptions,
        counters: StreamCounters,
        handover: Handover[StreamSocket],
        is_taking: Callable[[], bool],
    ) -> None:
        self.connection_id = connection_id
        self.leaving = asyncio.Event()
        """Set when another connection is needed: the end was announced, or has come."""
        self.opened_at = asyncio.get_running_loop().time()
        topics = frozenset(w.topic for w in options.subscriptions if w.type == FrameType.CALLBACK)
        self._connection = Connection(topics, take_events=options.take_events, readers=options.readers)
        self._connection.signal(Signal.UPGRADED)
        self._websocket = websocket
        self._options = options
        self._counters = counters
        self._handover = handover
        self._is_taking = is_taking
        self._outbox = Outbox(websocket, counters, options.max_waiting_answers)
        self._window: asyncio.Timeout | None = None
        self._send = self.send
        self._secrets = (ticket, options.client_secret)
        self._reason: LossReason | None = None
        self._remarked = False
        self._bad, self._crowded, self._defects = Remarks(), Remarks(), Remarks()

    @property
    def state(self) -> State:
        """Where the connection is in its life."""
        return self._connection.state

    @property
    def age(self) -> float:
        """Seconds since it opened."""
        return asyncio.get_running_loop().time() - self.opened_at

    @property
    def is_useful(self) -> bool:
        """Whether it was worth having, so that backoff may begin again."""
        return self._connection.useful or self.age >= self._options.timing.useful_after

    async def run(self) -> LossReason:
        """Read until the end, or until ``drain`` seconds after it was announced; say what ended it."""
        beside = {
            asyncio.create_task(self._keep_alive(), name=f"stream-liveness-{self.connection_id}"),
            asyncio.create_task(self._outbox.run(), name=f"stream-writer-{self.connection_id}"),
        }
        for task in beside:
            task.add_done_callback(self._beside_ended)
        try:
            async with asyncio.timeout(None) as self._window:
                self._websocket.receive(self._take)
                await self._websocket.wait_closed()
            received, sent = self._websocket.protocol.close_rcvd, self._websocket.protocol.close_sent
            self._note(
                loss_reason(received=received.code if received else None, sent=sent.code if sent else None)
            )
        except TimeoutError:
            await self.close()
        finally:
            self._websocket.receive(_take_nothing)
            self._connection.signal(Signal.ENDED)
            self.leaving.set()
            for task in beside:
                task.cancel()
            # Not awaited one by one: their cancellation must not be taken for that of this task, nor hide it.
            await asyncio.wait(beside)
        return self._reason or LossReason.DROPPED

    def read(self, waiting: Waiting[StreamSocket]) -> Pushed | None:
        """Read a frame that has waited, and answer it if it is nothing for a consumer; None then.

        One that cannot even be looked at, through a defect of this program, is counted and left unanswered.
        """
        try:
            usual = self._connection.read_usual(waiting.payload)
            if usual is not None:
                self._counters.frames[FrameType.CALLBACK.value] += 1
                return self._callback(usual, waiting.received_at_ms)
            return self._react(self._connection.read(waiting.payload), waiting.received_at_ms)
        except Exception as defect:
            self._note_defect(defect)
            return None

    def send(self, acks: Sequence[Ack]) -> Sequence[asyncio.Future[bool]]:
        """Write answers to this socket; of each, what comes of it says False when the socket is gone."""
        return self._outbox.put(acks)

    async def close(self, reason: LossReason = LossReason.STOPPED) -> None:
        """Write the answers that wait, then close with code 1000; each of the two takes at most ``close`` seconds."""
        self._note(reason)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._options.timing.close):
                await self._outbox.flush()
        await self._websocket.close(NORMAL_CLOSURE)

    def abort(self, reason: LossReason = LossReason.STOPPED) -> None:
        """Cut the connection without a word."""
        self._note(reason)
        self._websocket.transport.abort()

    def _beside_ended(self, task: asyncio.Task[None]) -> None:
        """Without a writer or a keep-alive, through a defect of this program, a connection is of no use."""
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error(
                text("stream.connection-failed", connection=self.connection_id),
                exc_info=(type(error), error, error.__traceback__),
            )
            self.abort(LossReason.DROPPED)

    def _note(self, reason: LossReason) -> None:
        """Keep the first reason: the later ones follow from it."""
        if self._reason is None:
            self._reason = reason

    def _take(self, payloads: Sequence[bytes]) -> None:
        """Answer what is for this side alone, and let the rest wait for the consumer; a defect costs one frame."""
        now_ms = time.time_ns() // 1_000_000
        waiting = [
            Waiting(payload, self, now_ms)
            for payload in payloads
            if not (is_urgent(payload) and self._is_taken_at_once(payload))
        ]
        if not self._is_taking():
            for each in waiting:
                if self.read(each) is not None:
                    self._counters.untaken += 1
            return
        try:
            refused = len(waiting) - self._handover.offer(waiting)
            self._counters.dropped += refused
            for _ in range(refused):
                self._remark_crowd()
        except Exception as defect:
            self._note_defect(defect)

    def _is_taken_at_once(self, payload: bytes) -> bool:
        """Take what may be a SYSTEM frame; False when it is none, and has to wait like the others."""
        try:
            reaction = self._connection.receive(payload)
            if not isinstance(reaction.frame, Frame) or reaction.frame.type != FrameType.SYSTEM:
                return False
            self._take_system(reaction)
        except Exception as defect:
            self._note_defect(defect)
        return True

    def _take_system(self, reaction: Reaction) -> None:
        self._counters.frames[FrameType.SYSTEM.value] += 1
        if reaction.meaning is Meaning.DISCONNECT:
            logger.debug("connection %s: the gateway announced its end", self.connection_id)
            self._note(LossReason.DISCONNECT)
            if self._window is not None and self._window.when() is None:
                self._window.reschedule(asyncio.get_running_loop().time() + self._options.timing.drain)
            self.leaving.set()
        elif reaction.meaning is Meaning.UNKNOWN_TOPIC:
            self._remark_unknown(reaction)
        if reaction.answer is not None:
            self._outbox.put([reaction.answer], urgent=True)

    def _react(self, reaction: Reaction, received_at_ms: int) -> Pushed | None:
        self._counters.frames[_counted_as(reaction)] += 1
        frame = reaction.frame
        if reaction.answer is not None:
            self._outbox.put([reaction.answer])
        if isinstance(frame, BadFrame) or reaction.meaning is Meaning.UNREADABLE:
            return self._complain(frame)
        match reaction.meaning:
            case Meaning.CALLBACK:
                return self._callback(frame, received_at_ms)
            case Meaning.EVENT:
                return self._event(frame, received_at_ms, answered=reaction.answer is not None)
            case Meaning.UNKNOWN_TOPIC | Meaning.UNKNOWN_TYPE:
                self._remark_unknown(reaction)
        return None

    def _callback(self, frame: Frame | UsualCallback, received_at_ms: int) -> Callback:
        message_id = frame.message_id
        return Callback(
            frame.topic,
            "" if message_id is None else str(message_id),
            frame.data,
            frame.data_text,
            self.connection_id,
            received_at_ms,
            Answer(message_id, self._send),
        )

    def _event(self, frame: Frame, received_at_ms: int, *, answered: bool) -> PlatformEvent:
        return PlatformEvent(
            event_type=frame.headers.get("eventType", ""),
            message_id="" if frame.message_id is None else str(frame.message_id),
            headers={name: value for name, value in frame.headers.items() if name != "connectionId"},
            data=frame.data,
            raw=frame.data_text,
            connection_id=self.connection_id,
            received_at_ms=received_at_ms,
            answer=Answer(None if answered else frame.message_id, self._send),
        )

    def _complain(self, frame: Frame | BadFrame) -> BadFrameSeen:
        reason = frame.reason if isinstance(frame, BadFrame) else text("stream.frame-data")
        self._counters.bad_frames += 1
        withheld = self._bad.next(self.age)
        if withheld is not None:
            self._warn("stream.bad-frame", withheld, bytes=frame.size, reason=reason)
        return BadFrameSeen(self.connection_id, reason, frame.size)

    def _remark_crowd(self) -> None:
        withheld = self._crowded.next(self.age)
        if withheld is not None:
            self._warn("stream.no-room", withheld)

    def _warn(self, key: str, withheld: int, **fields: object) -> None:
        more: Text | str = text("stream.withheld", count=withheld) if withheld else ""
        logger.warning(text(key, connection=self.connection_id, more=more, **fields))

    def _note_defect(self, defect: Exception) -> None:
        """Count and log what was raised over one frame; the next one is read all the same."""
        self._counters.defects += 1
        withheld = self._defects.next(self.age)
        if withheld is not None:
            more: Text | str = text("stream.withheld", count=withheld) if withheld else ""
            logger.error(
                text("stream.reading-failed", connection=self.connection_id, more=more),
                exc_info=(type(defect), defect, defect.__traceback__),
            )

    def _remark_unknown(self, reaction: Reaction) -> None:
        """Log what nobody asked for; the first of a connection loudly: a gateway gone mad shall not fill a disk."""
        frame = reaction.frame
        if not isinstance(frame, Frame):
            return
        level = logging.DEBUG if self._remarked else logging.WARNING
        self._remarked = True
        topic, kind = (mask_values(name, self._secrets)[:80] for name in (frame.topic, frame.type))
        key = "stream.unknown-topic" if reaction.meaning is Meaning.UNKNOWN_TOPIC else "stream.unknown-type"
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


def _take_nothing(payloads: Sequence[bytes]) -> None:
    """What comes when nobody reads any more is not answered, so that the gateway gives it to another connection."""


def _counted_as(reaction: Reaction) -> str:
    if reaction.meaning is Meaning.BAD:
        return "bad"
    if reaction.meaning is Meaning.UNKNOWN_TYPE:
        return "unknown"
    return reaction.frame.type if isinstance(reaction.frame, Frame) else "bad"
