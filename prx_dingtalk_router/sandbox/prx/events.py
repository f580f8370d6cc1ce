"""What happens in a simulated daemon, as values for observers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class PrxEvent:
    """Base of all events.

    Attributes:
        at: unix milliseconds.
        agent_id: the daemon.
    """

    at: int
    agent_id: str

    def to_json(self) -> dict[str, object]:
        """The event as plain data, with ``event`` naming its kind."""
        return {"event": type(self).__name__, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Answered(PrxEvent):
    """An HTTP request was answered; ``status`` is 0 where the connection was cut instead."""

    method: str
    path: str
    status: int


@dataclass(frozen=True, slots=True)
class TurnStarted(PrxEvent):
    """A turn began."""

    job_id: str
    reply_target: str
    message: str


@dataclass(frozen=True, slots=True)
class TurnEnded(PrxEvent):
    """A turn is over: ``status`` is ``succeeded``, ``failed``, ``cancelled`` or ``lost`` (the process died)."""

    job_id: str
    reply_target: str
    status: str
    http_status: int | None
    response: str
    took_ms: int


@dataclass(frozen=True, slots=True)
class Booted(PrxEvent):
    """A process of the daemon began; everything that lived in the one before is gone."""

    pid: int


@dataclass(frozen=True, slots=True)
class Died(PrxEvent):
    """The process ended, with its turns, jobs and keys."""

    pid: int


Observer = Callable[[PrxEvent], None]
