"""Pushes: each goes to one connection at random, waits for its answer, and goes again without one (section 4)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from prx_dingtalk_router.sandbox.dingtalk import frames
from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.connections import Connection, Pool
from prx_dingtalk_router.sandbox.dingtalk.directory import App
from prx_dingtalk_router.sandbox.dingtalk.events import Acked, Observers, Pushed, Undelivered
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults
from prx_dingtalk_router.sandbox.dingtalk.meters import Meters

CARD_DEADLINE = 2.0
"""Seconds in which a card callback must be answered; it is not pushed again (section 3)."""


@dataclass(eq=False, slots=True)
class Push:
    """Something on its way to a robot; ``on_answer`` is told the first answer to it."""

    app: App
    kind: str
    topic: str
    payload: Mapping[str, object] = field(repr=False)
    msg_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    on_answer: Callable[[frames.Ack], None] | None = None
    attempts: int = 0
    repeats: int = 0
    answered: bool = False
    sent: dict[str, tuple[int, int]] = field(default_factory=dict)
    timer: asyncio.TimerHandle | None = None


class Pushes:
    """Delivers pushes and repeats those that nobody answers, with a new header id and the same payload."""

    def __init__(
        self, pool: Pool, clock: Clock, faults: Faults, observers: Observers, meters: Meters
    ) -> None:
        self._pool = pool
        self._clock = clock
        self._faults = faults
        self._observers = observers
        self._meters = meters
        self._waiting: dict[str, Push] = {}
        self._timed: set[Push] = set()
        self._held: list[Push] = []

    def submit(self, push: Push) -> None:
        """Send a push now, after the knob's delay, or once pushes are no longer held back."""
        if self._faults.hold_pushes:
            self._held.append(push)
        elif self._faults.push_delay:
            self._schedule(push, self._faults.push_delay, self._deliver)
        else:
            self._deliver(push)

    def release(self) -> None:
        """Send what was held back, in order."""
        held, self._held = self._held, []
        for push in held:
            self.submit(push)

    def close(self) -> None:
        """Forget everything that waits."""
        for push in self._timed:
            if push.timer:
                push.timer.cancel()
        self._timed.clear()
        self._waiting.clear()
        self._held.clear()

    def answer(self, connection: Connection, ack: frames.Ack) -> None:
        """Take an answer; it counts only on the connection that the frame went to."""
        push, now = self._waiting.get(ack.message_id), self._clock.now()
        number, sent = push.sent[ack.message_id] if push else (0, now)
        if push is None or number != connection.number:
            self._observers.tell(
                Acked(
                    at=now,
                    header_id=ack.message_id,
                    msg_id=None,
                    code=ack.code,
                    after_ms=0,
                    connection=connection.number,
                    data=ack.data,
                )
            )
            return
        self._forget(push)
        self._observers.tell(
            Acked(
                at=now,
                header_id=ack.message_id,
                msg_id=push.msg_id,
                code=ack.code,
                after_ms=now - sent,
                connection=connection.number,
                data=ack.data,
            )
        )
        if push.on_answer and not push.answered:
            push.on_answer(ack)
        if self._wants_again(push, ack):
            push.repeats += 1
            self._schedule(push, self._clock.seconds(self._faults.redeliver_after), self._deliver)
        push.answered = True

    def _wants_again(self, push: Push, ack: frames.Ack) -> bool:
        """An event answered LATER comes again; anything does once when the knob repeats acknowledged pushes."""
        if push.kind == "EVENT":
            data = ack.json_data()
            status = data.get("status") if isinstance(data, dict) else None
            if status == "LATER" or ack.code != 200:
                return push.repeats < self._faults.redeliveries
        return self._faults.push_twice and not push.answered

    def _deliver(self, push: Push) -> None:
        push.timer = None
        self._timed.discard(push)
        push.attempts += 1
        connection = self._pool.pick(push.app, push.kind, push.topic)
        if connection is not None:
            self._send(push, connection)
        if push.topic == frames.CARD_CALLBACK:
            self._schedule(push, self._clock.seconds(CARD_DEADLINE), self._give_up)
        elif push.repeats < self._faults.redeliveries:
            self._schedule(push, self._clock.seconds(self._faults.redeliver_after), self._repeat)
        else:
            self._schedule(push, self._clock.seconds(self._faults.redeliver_after), self._give_up)

    def _repeat(self, push: Push) -> None:
        push.repeats += 1
        self._meters.spend("push")
        self._deliver(push)

    def _send(self, push: Push, connection: Connection) -> None:
        now = self._clock.now()
        header_id = frames.header_id(now)
        push.sent[header_id] = (connection.number, now)
        self._waiting[header_id] = push
        if self._faults.bad_frame != "none":
            connection.send(frames.bad(self._faults.bad_frame, now))
        frame = frames.push(
            push.kind,
            push.topic,
            push.payload,
            now=now,
            message_id=header_id,
            app_id=push.app.app_id,
            connection_id=connection.grant.ticket,
            extra_headers=push.headers,
            lenient=self._faults.lenient_types,
        )
        if not self._faults.spend("lose_pushes"):
            connection.send(frame)
        self._observers.tell(
            Pushed(
                at=now,
                msg_id=push.msg_id,
                header_id=header_id,
                topic=push.topic,
                payload=push.payload,
                attempt=push.attempts,
                connection=connection.number,
                client_id=push.app.client_id,
            )
        )

    def _give_up(self, push: Push) -> None:
        self._forget(push)
        if not push.answered:
            why = "no answer" if push.sent else "no connection"
            self._observers.tell(
                Undelivered(
                    at=self._clock.now(),
                    msg_id=push.msg_id,
                    topic=push.topic,
                    attempts=push.attempts,
                    why=why,
                )
            )

    def _schedule(self, push: Push, seconds: float, call: Callable[[Push], None]) -> None:
        push.timer = asyncio.get_running_loop().call_later(seconds, call, push)
        self._timed.add(push)

    def _forget(self, push: Push) -> None:
        if push.timer:
            push.timer.cancel()
            push.timer = None
        self._timed.discard(push)
        for header_id in push.sent:
            self._waiting.pop(header_id, None)
