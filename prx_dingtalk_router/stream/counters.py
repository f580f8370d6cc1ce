"""What the client has counted since it was made: plain integers that a metrics page reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class StreamCounters:
    """Counts, never reset.

    Attributes:
        frames: messages received, by type: ``SYSTEM``, ``EVENT``, ``CALLBACK``, ``unknown`` or ``bad``.
        acks: answers written, by code.
        reconnects: connections fetched in place of one that ended, by ``LossReason`` (``handshake``: of one
            that never opened).
        refusals: tries that gave no connection, by ``RefusalKind``.
        registrations: times that the gateway was asked for a connection.
        opened: connections that opened.
        bad_frames: messages that are no frame, and callbacks or events whose data cannot be read.
        defects: frames over which this program failed, and which got no answer.
        dropped: frames that found no room and got no answer; they were not even read, and count for no type.
        untaken: callbacks that came while stopping and got no answer.
        lost_acks: answers that came too late for their socket.
    """

    frames: Counter[str] = field(default_factory=Counter)
    acks: Counter[int] = field(default_factory=Counter)
    reconnects: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    registrations: int = 0
    opened: int = 0
    bad_frames: int = 0
    defects: int = 0
    dropped: int = 0
    untaken: int = 0
    lost_acks: int = 0

    @property
    def pushes(self) -> int:
        """Callbacks and events that were sent to this client, answered or not: what DingTalk counts of a month."""
        frames = self.frames
        return frames["CALLBACK"] + frames["EVENT"] + self.dropped + self.untaken
