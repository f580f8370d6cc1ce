"""What is remembered about an agent from one message to the next: a configuration fault, and that it is down."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.delivery.clock import Clock

# Long enough not to hammer a daemon that refuses, short enough to notice that somebody mended it.
FAULT_SECONDS = 60.0
# Less than a person waits: whoever has an alternative takes it after one try meanwhile.
DOWN_SECONDS = 5.0


class Standing:
    """The standing of one agent (prx-gateway.md sections 15.2 and 15.5).

    Args:
        clock: ends what is remembered.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._fault: tuple[Text, int] | None = None
        self._down_until_ms = 0

    @property
    def fault(self) -> Text | None:
        """Why nothing is dispatched to it now: it refused in a way that only an operator can mend."""
        if self._fault is not None and self._clock.now_ms() < self._fault[1]:
            return self._fault[0]
        return None

    @property
    def down(self) -> bool:
        """Whether somebody has just tried in vain, for all of ``reach_for``, to reach it."""
        return self._clock.now_ms() < self._down_until_ms

    def note_fault(self, reason: Text) -> bool:
        """It refused; remembered for 60 s from the last time. True if that was not known yet, so that one alert is given."""
        known = self.fault
        self._fault = (known or reason, self._clock.now_ms() + round(FAULT_SECONDS * 1000))
        return known is None

    def note_down(self) -> None:
        """It could not be reached; remembered for 5 s."""
        self._down_until_ms = self._clock.now_ms() + round(DOWN_SECONDS * 1000)

    def note_contact(self) -> None:
        """It was reached."""
        self._down_until_ms = 0

    def clear(self) -> None:
        """It took a turn, or an operator has looked after it."""
        self._fault = None
        self._down_until_ms = 0
