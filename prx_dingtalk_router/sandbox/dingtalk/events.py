"""Everything that happens in the sandbox's DingTalk, as values for observers."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from prx_dingtalk_router.sandbox.dingtalk.transcript import Line

logger = logging.getLogger(__name__)

_SESSION = re.compile(r"(session=)[^&\"\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something happened ``at`` a Unix millisecond."""

    at: int

    def to_json(self) -> dict[str, object]:
        """The event as plain JSON values with its ``event`` name; the sessions of webhooks are blotted out."""
        values = _plain(dataclasses.asdict(self))
        assert isinstance(values, dict)
        return {"event": type(self).__name__, **values}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(Event):
    """A client got an endpoint and a ticket."""

    client_id: str
    subscriptions: tuple[tuple[str, str], ...]
    ua: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected(Event):
    """A stream connection is open; ``connection`` is its number in this sandbox."""

    connection: int
    client_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced(Event):
    """A connection was told that it will be closed; nothing is pushed over it any more."""

    connection: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disconnected(Event):
    """A stream connection is gone: closed by the ``client``, by the ``service``, or ``lost``; WebSocket close code."""

    connection: int
    reason: str
    code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote(Event):
    """A line appeared in a conversation, of a person or of the robot."""

    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanished(Event):
    """A line of the robot was recalled: nobody sees it any more."""

    msg_id: str
    conversation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted(Event):
    """A robot was asked to add or to remove a reaction, with success; ``reactions`` are those seen afterwards."""

    msg_id: str
    conversation_id: str
    added: bool
    name: str
    reactions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed(Event):
    """A frame went out; ``attempt`` counts from 1, ``msg_id`` is empty for events and cards."""

    msg_id: str
    header_id: str
    topic: str
    payload: Mapping[str, object] = field(repr=False)
    attempt: int
    connection: int
    client_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acked(Event):
    """A frame was answered; ``msg_id`` is ``None`` when the header id names nothing that waits."""

    header_id: str
    msg_id: str | None
    code: int
    after_ms: int
    connection: int
    data: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PingAnswered(Event):
    """A SYSTEM ping was answered; ``echoed`` tells whether its opaque came back."""

    connection: int
    echoed: bool
    after_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered(Event):
    """A push has no further attempt: nobody acknowledged it, or no connection took it."""

    msg_id: str
    topic: str
    attempts: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(Event):
    """A robot sent something; ``msg_id`` is the message whose webhook was used, empty for the robot API."""

    msg_id: str
    conversation_id: str
    route: Literal["webhook", "api"]
    body: Mapping[str, object]
    errcode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Event):
    """A request was refused: ``what`` was asked, with which HTTP ``status``, ``code`` and why."""

    what: str
    status: int
    code: str
    why: str


Observer = Callable[[Event], None]


class Observers:
    """Whom events are told to; one that fails is logged and does not disturb the others."""

    def __init__(self) -> None:
        self._observers: list[Observer] = []

    def add(self, observer: Observer) -> Callable[[], None]:
        """Tell ``observer`` every event from now on; the answer takes it off again."""
        self._observers.append(observer)

        def remove() -> None:
            if observer in self._observers:
                self._observers.remove(observer)

        return remove

    def tell(self, event: Event) -> None:
        """Tell all observers, in the order in which they came."""
        for observer in tuple(self._observers):
            try:
                observer(event)
            except Exception:
                logger.exception("an observer of the sandbox failed on %s", type(event).__name__)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, str):
        return _SESSION.sub(r"\1***", value)
    return value
