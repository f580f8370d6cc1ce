"""What a Stream client gives its consumer: callbacks and events to answer, and news of the connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.stream.protocol.acks import OK, Ack, callback_ack, event_ack
from prx_dingtalk_router.stream.protocol.liveness import LossReason
from prx_dingtalk_router.stream.protocol.registration import RefusalKind

Send: TypeAlias = Callable[[Sequence[Ack]], Sequence[asyncio.Future[bool]]]
"""Takes answers for a socket at once; what comes of each is False when the socket is gone."""


class Answer(msgspec.Struct, eq=False):
    """The one answer that a frame may get, bound to the socket that the frame came from.

    Attributes:
        message_id: what to answer to; None when the frame had none and cannot be answered.
        send: takes answers for that socket.
        given: whether an answer was asked for, sent or not.
    """

    message_id: str | int | None
    send: Send
    given: bool = False

    async def give(self, make: Callable[[str | int], Ack]) -> bool:
        """Send what ``make`` builds for the message id, the first time; False when nothing was sent."""
        if self.given or self.message_id is None:
            return False
        ack = make(self.message_id)
        self.given = True
        [written] = self.send([ack])
        return await written

    def taken(self) -> str | int | None:
        """The message id to answer to now; None where there is none, or it was asked for before."""
        if self.given or self.message_id is None:
            return None
        self.given = True
        return self.message_id


def give_together(
    answers: Sequence[Answer], make: Callable[[str | int], Ack]
) -> list[asyncio.Future[bool] | None]:
    """Send what ``make`` builds for each answer, those of a socket together, without waiting for the writing.

    Returns:
        Of each what comes of it; None where nothing is sent.
    """
    begun: list[asyncio.Future[bool] | None] = [None] * len(answers)
    shares: dict[Send, tuple[list[int], list[Ack]]] = {}
    for place, answer in enumerate(answers):
        message_id = answer.taken()
        if message_id is not None:
            places, acks = shares.setdefault(answer.send, ([], []))
            places.append(place)
            acks.append(make(message_id))
    for send, (places, acks) in shares.items():
        for place, written in zip(places, send(acks), strict=True):
            begun[place] = written
    return begun


class Callback(msgspec.Struct, frozen=True, eq=False):
    """A callback that waits for its answer (dingtalk-stream.md sections 3 and 4).

    Attributes:
        topic: of the subscription.
        message_id: of the frame, ``""`` if it had none; a redelivery has another one.
        data: the data, parsed; of a bot message the fields of section 6. What the topic's reader made of it, where the options
            have one and it knew the data.
        raw: the same as JSON text.
        connection_id: the connection it came on, a number of this client.
        received_at_ms: when it was read, in Unix milliseconds.
    """

    topic: str
    message_id: str
    data: Any
    raw: str
    connection_id: str
    received_at_ms: int
    answer: Answer

    def __repr__(self) -> str:
        """Without the data, which holds the session webhook, a secret."""
        return (
            f"Callback(topic={self.topic!r}, message_id={self.message_id!r}, "
            f"connection_id={self.connection_id!r}, received_at_ms={self.received_at_ms})"
        )

    async def ack(self, code: int = OK, data: Any = None) -> bool:
        """Answer on the socket that the callback came from, at most once.

        Args:
            code: 200, or 400, 404, 500 for why not.
            data: sent as JSON in a string (a string as it is); None is ``{"response": null}`` on 200.

        Returns:
            Whether the answer was written: False when one was given before or the socket is gone, and then the
            gateway may deliver again.
        """
        return await self.answer.give(lambda message_id: callback_ack(message_id, code, data))


class Written:
    """What comes of answers that are on their way; await it only to know."""

    __slots__ = ("_begun",)

    def __init__(self, begun: Sequence[asyncio.Future[bool] | None]) -> None:
        self._begun = begun

    def __await__(self) -> Generator[Any, None, list[bool]]:
        """Of each whether it was written."""
        return self._results().__await__()

    async def _results(self) -> list[bool]:
        return [written is not None and await written for written in self._begun]


def acknowledge(callbacks: Iterable[Callback], code: int = OK) -> Written:
    """Answer callbacks, those of a socket with one write.

    The answers are on their way when this returns, so nothing waits for a peer that reads slowly.

    Returns:
        Awaited, of each whether its answer was written, as ``Callback.ack`` says.
    """
    answers = [each.answer for each in callbacks]
    return Written(give_together(answers, lambda message_id: callback_ack(message_id, code)))


@dataclass(frozen=True, slots=True)
class PlatformEvent:
    """An EVENT frame; answered ``SUCCESS`` before it is handed over unless ``take_events`` is set.

    Attributes:
        event_type: the concrete type, such as ``user_add_org``; ``""`` if not told.
        message_id: of the frame.
        headers: all headers of the frame but the connection's id, which is a secret.
        data: the body, whose shape goes by ``event_type``.
        raw: the same as JSON text.
        connection_id: as in ``Callback``.
        received_at_ms: as in ``Callback``.
    """

    event_type: str
    message_id: str
    headers: Mapping[str, str]
    data: dict[str, Any] = field(repr=False)
    raw: str = field(repr=False)
    connection_id: str
    received_at_ms: int
    answer: Answer = field(repr=False, compare=False)

    async def ack(self, status: str = "SUCCESS", message: str = "ok") -> bool:
        """Answer with ``SUCCESS``, or ``LATER`` to get it again; returns as ``Callback.ack``."""
        return await self.answer.give(lambda message_id: event_ack(message_id, status, message))


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection is open and ready."""

    connection_id: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A connection that was open is gone; another is being fetched unless the client stops."""

    connection_id: str
    reason: LossReason


@dataclass(frozen=True, slots=True)
class Refused:
    """No connection could be had.

    Attributes:
        kind: why.
        text: what was said and what an operator can do.
        retry_in: seconds until the next try.
    """

    kind: RefusalKind
    text: Text
    retry_in: float


@dataclass(frozen=True, slots=True)
class BadFrameSeen:
    """A message that could not be read; it is counted, answered if it told its id, and otherwise ignored."""

    connection_id: str
    reason: Text
    size: int


Event: TypeAlias = Callback | PlatformEvent | Opened | Lost | Refused | BadFrameSeen
