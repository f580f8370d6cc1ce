"""What is remembered about an agent from one message to the next: a configuration fault, and that it is down.

Source: prx-gateway.md sections 15.2 and 15.5. Only the way to the daemon opens the breaker: it could not be reached, or it
refuses everybody. How turns end, and limits on how many there may be, say nothing about the next one.
"""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.delivery.clock import Clock

# Long enough not to hammer a daemon that refuses, short enough to notice that somebody mended it.
FAULT_SECONDS = 60.0
# Less than a person waits: whoever has an alternative takes it after one try meanwhile.
OPEN_SECONDS = 5.0


class CircuitBreaker:
    """Says whether to dispatch to one agent, and whether to wait for it. Its times are those of the monotonic clock.

    Args:
        clock: ends what is remembered.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._fault: Text | None = None
        self._fault_until = 0.0
        self._fault_told = False
        self._is_open = False
        self._open_until = 0.0

    @property
    def fault(self) -> Text | None:
        """Why nothing is dispatched to it now: it refused in a way that only an operator can mend."""
        return self._fault if self._clock.monotonic() < self._fault_until else None

    @property
    def is_open(self) -> bool:
        """Whether it could not be reached and nobody has tried again since; half-open counts as open."""
        return self._is_open

    def admit(self) -> Text | None:
        """Let a turn be dispatched: None, or the fault that forbids it.

        When the time of a fault is over one turn is let through; the others wait for what comes of it, another 60 s at most.
        """
        if self._fault is None:
            return None
        if self.fault is not None:
            return self._fault
        self._fault_told = False
        self._fault_until = self._clock.monotonic() + FAULT_SECONDS
        return None

    def waits(self) -> bool:
        """Whether a turn that has an alternative may wait for the agent, as long as ``reach_for``; else it tries once.

        While the breaker is open it may not, but for the first one after five seconds, which finds out for all.
        """
        if not self._is_open:
            return True
        now = self._clock.monotonic()
        if now < self._open_until:
            return False
        self._open_until = now + OPEN_SECONDS
        return True

    def note_fault(self, reason: Text) -> bool:
        """It refused; remembered for 60 s from the last time. True if that was not known yet, so that one alert is given.

        The first reason is kept: what follows from a fault must not hide it.
        """
        known = self.fault is not None and self._fault_told
        if not known:
            self._fault = reason
        self._fault_told = True
        self._fault_until = self._clock.monotonic() + FAULT_SECONDS
        return not known

    def note_unreachable(self) -> None:
        """It could not be reached: open for five seconds."""
        self._is_open = True
        self._open_until = self._clock.monotonic() + OPEN_SECONDS

    def note_contact(self) -> None:
        """It was reached."""
        self._is_open = False

    def close(self) -> None:
        """It took a turn, or an operator has looked after it."""
        self._fault = None
        self._fault_until = 0.0
        self._is_open = False
