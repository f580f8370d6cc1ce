"""The life of one connection as a table, and what each frame on it asks for. No sockets here.

Theory of operation. A connection is CONNECTING until the WebSocket upgrade is done; the upgrade alone makes it OPEN
(``REGISTERED`` is often never sent, dingtalk-stream.md section 2). When the gateway announces the end with a
``disconnect`` frame it is DRAINING: a replacement is fetched while this one is still read and answered. Whatever ends the
socket makes it CLOSED, for good: connections are replaced, never revived. Signals that the table does not list for a
state are a defect of the caller and raise ``LocalStreamError``; nothing that the gateway sends can do that.

The driver calls ``signal`` for what happens to the socket. Of each message it asks ``is_urgent``: what may be a SYSTEM frame
is given to ``receive`` at once, and its answer sent, so that pings are answered however much there is to do. Everything else
may wait as it came until a consumer has time for it; then ``read`` says what it asks for, whatever has become of the
connection meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from typing import NamedTuple

import msgspec

from prx_dingtalk_router.errors import LocalStreamError
from prx_dingtalk_router.stream.protocol.acks import (
    Ack,
    event_ack,
    ping_ack,
    unreadable_ack,
    unsupported_ack,
)
from prx_dingtalk_router.stream.protocol.frames import (
    NO_READERS,
    BadFrame,
    Frame,
    FrameType,
    Readers,
    SystemTopic,
    parse_frame,
)
from prx_dingtalk_router.stream.protocol.usual_callbacks import UsualCallback, usual_callback


class State(StrEnum):
    """Where a connection is in its life."""

    CONNECTING = "connecting"
    OPEN = "open"
    DRAINING = "draining"
    CLOSED = "closed"


class Signal(Enum):
    """What can happen to a connection."""

    UPGRADED = "upgraded"
    ANNOUNCED = "announced"  # a disconnect frame came
    ENDED = "ended"  # the socket is gone, for whatever reason


TRANSITIONS: Mapping[State, Mapping[Signal, State]] = {
    State.CONNECTING: {Signal.UPGRADED: State.OPEN, Signal.ENDED: State.CLOSED},
    State.OPEN: {Signal.ANNOUNCED: State.DRAINING, Signal.ENDED: State.CLOSED},
    State.DRAINING: {Signal.ANNOUNCED: State.DRAINING, Signal.ENDED: State.CLOSED},
    State.CLOSED: {},
}


class Meaning(StrEnum):
    """What a frame is for."""

    PING = "ping"
    DISCONNECT = "disconnect"
    SIGN_OF_LIFE = "sign-of-life"
    CALLBACK = "callback"
    EVENT = "event"
    UNKNOWN_TOPIC = "unknown-topic"
    UNKNOWN_TYPE = "unknown-type"
    UNREADABLE = "unreadable"  # a callback or event whose data is no JSON object
    BAD = "bad"


class Reaction(NamedTuple):
    """What one message asks for.

    Attributes:
        meaning: see ``Meaning``; ``CALLBACK`` and ``EVENT`` are for a consumer.
        frame: what was read.
        answer: to be sent at once. A callback has none: its consumer answers.
    """

    meaning: Meaning
    frame: Frame | BadFrame
    answer: Ack | None = None


def _unanswered(_: Frame) -> None:
    """Some frames want no answer (dingtalk-stream.md section 4)."""


SYSTEM: Mapping[str, tuple[Meaning, Callable[[Frame], Ack | None]]] = {
    SystemTopic.PING: (Meaning.PING, ping_ack),
    SystemTopic.DISCONNECT: (Meaning.DISCONNECT, _unanswered),
    # These are seen from one client library only (dingtalk-stream.md section 3).
    "CONNECTED": (Meaning.SIGN_OF_LIFE, _unanswered),
    "REGISTERED": (Meaning.SIGN_OF_LIFE, _unanswered),
    "KEEPALIVE": (Meaning.SIGN_OF_LIFE, _unanswered),
}
"""What SYSTEM frames of each topic are for, and their answer; those of other topics are answered with 404."""


def is_urgent(payload: bytes) -> bool:
    """Whether a message may be a SYSTEM frame: a guess that costs nothing, and misses only what no gateway writes.

    A word ``SYSTEM`` of a person is no such guess: in the data of a callback its quotation marks are escaped.
    """
    return b'"SYSTEM"' in payload


class Connection:
    """The protocol side of one WebSocket.

    Args:
        topics: callback topics that were subscribed to; others are answered with 404.
        take_events: leave the answer to events to their consumer instead of answering ``SUCCESS``.
        readers: of callbacks whose consumer wants something else of their data than its JSON.
    """

    def __init__(
        self, topics: frozenset[str], *, take_events: bool = False, readers: Readers = NO_READERS
    ) -> None:
        self._topics = topics
        self._take_events = take_events
        self._readers = readers
        self._usual = {topic: reader for topic, reader in readers.items() if topic in topics}
        self.state = State.CONNECTING
        self.useful = False
        """Whether a frame came that was not the announcement of the end."""

    def signal(self, signal: Signal) -> State:
        """Follow the table.

        Raises:
            LocalStreamError: ``signal`` cannot happen in this state.
        """
        following = TRANSITIONS[self.state].get(signal)
        if following is None:
            raise LocalStreamError("stream.impossible-signal", signal=signal.value, state=self.state.value)
        self.state = following
        return following

    def receive(self, payload: bytes) -> Reaction:
        """Read one message that has just come, and say what it asks for.

        Raises:
            LocalStreamError: the connection is not open.
        """
        if self.state not in (State.OPEN, State.DRAINING):
            raise LocalStreamError("stream.impossible-signal", signal="frame", state=self.state.value)
        reaction = self.read(payload)
        if reaction.meaning is Meaning.DISCONNECT:
            self.signal(Signal.ANNOUNCED)
        return reaction

    def read_usual(self, payload: bytes) -> UsualCallback | None:
        """Read a message that is a callback for a consumer, and as nearly all are; every other is for ``read``."""
        callback = usual_callback(payload, self._usual)
        self.useful = self.useful or callback is not None
        return callback

    def read(self, payload: bytes) -> Reaction:
        """Read one message and say what it asks for; the state stays as it is."""
        reaction = self._react(parse_frame(payload, self._readers))
        self.useful = self.useful or reaction.meaning is not Meaning.DISCONNECT
        return reaction

    def _react(self, frame: Frame | BadFrame) -> Reaction:
        if isinstance(frame, BadFrame):
            return Reaction(Meaning.BAD, frame, unreadable_ack(frame))
        if frame.type == FrameType.SYSTEM:
            meaning, answer = SYSTEM.get(frame.topic, (Meaning.UNKNOWN_TOPIC, unsupported_ack))
            return Reaction(meaning, frame, answer(frame))
        if frame.type == FrameType.CALLBACK:
            if frame.topic not in self._topics:
                return Reaction(Meaning.UNKNOWN_TOPIC, frame, unsupported_ack(frame))
            if not isinstance(frame.data, (dict, msgspec.Struct)):
                return Reaction(Meaning.UNREADABLE, frame, unreadable_ack(frame))
            return Reaction(Meaning.CALLBACK, frame)
        if frame.type == FrameType.EVENT:
            if not isinstance(frame.data, dict):
                return Reaction(Meaning.UNREADABLE, frame, unreadable_ack(frame))
            at_once = None if self._take_events or frame.message_id is None else event_ack(frame.message_id)
            return Reaction(Meaning.EVENT, frame, at_once)
        return Reaction(Meaning.UNKNOWN_TYPE, frame, unsupported_ack(frame))
