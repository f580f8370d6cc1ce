"""Is the other side still there? Only a missing answer to an own ping says no (dingtalk-stream.md section 2).

Silence proves nothing: healthy connections were seen to carry no frame for minutes. And what ended a connection, as one
of a few words that logs and metrics share.
"""

from __future__ import annotations

from enum import StrEnum

NORMAL_CLOSURE = 1000
GOING_AWAY = 1001
MESSAGE_TOO_BIG = 1009


class LossReason(StrEnum):
    """Why there is a connection less."""

    DISCONNECT = "disconnect"  # announced by the gateway
    CLOSED = "closed"  # the gateway closed it with a close frame
    DROPPED = "dropped"  # the network or the gateway cut it
    NO_PONG = "no-pong"  # a ping was not answered in time
    TOO_BIG = "too-big"  # a message over the limit came
    PROTOCOL = "protocol"  # the gateway broke the WebSocket protocol
    HANDSHAKE = "handshake"  # it never opened
    STOPPED = "stopped"  # this side wanted so


class Liveness:
    """Says when to ping and when to give up, from times that the caller reads off one clock.

    After each call look at ``next_at``: that is when ``due`` has something to say again.

    Args:
        interval: seconds from one ping, or the opening, to the next ping.
        patience: seconds until the answer to a ping must be there.
        now: the time of opening.
    """

    def __init__(self, interval: float, patience: float, now: float) -> None:
        self._interval = interval
        self._patience = patience
        self._ping_at = now + interval
        self._pong_by: float | None = None

    @property
    def next_at(self) -> float:
        """When ``due`` should be asked next."""
        return self._ping_at if self._pong_by is None else self._pong_by

    def is_ping_due(self, now: float) -> bool:
        """Whether a ping is to be sent."""
        return self._pong_by is None and now >= self._ping_at

    def is_dead(self, now: float) -> bool:
        """Whether the answer to a ping is overdue."""
        return self._pong_by is not None and now >= self._pong_by

    def ping_sent(self, now: float) -> None:
        """A ping went out at ``now``."""
        self._pong_by = now + self._patience
        self._ping_at = now + self._interval

    def pong_received(self) -> None:
        """The answer to the ping came."""
        self._pong_by = None


def loss_reason(*, received: int | None, sent: int | None) -> LossReason:
    """What ended a connection, from the close codes that were received and sent (None: no close frame)."""
    if received is not None and sent in (None, received):
        return LossReason.CLOSED
    if sent is None or sent == NORMAL_CLOSURE:
        return LossReason.CLOSED if received is not None else LossReason.DROPPED
    if sent == MESSAGE_TOO_BIG:
        return LossReason.TOO_BIG
    return LossReason.PROTOCOL
