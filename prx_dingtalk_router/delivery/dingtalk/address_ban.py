"""The ban that DingTalk puts on a public address after too many calls: it is on every call, whichever way it goes (dingtalk-stream.md section 9)."""

from __future__ import annotations

from prx_dingtalk_router.delivery.clock import Clock, SystemClock


class AddressBan:
    """Whether calls from this machine are of any use now; shared by all that make some, as each would prolong it.

    Args:
        clock: tells when it is over.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock: Clock = clock or SystemClock()
        self._until = 0.0

    @property
    def left(self) -> float:
        """Seconds until it is over; 0 where there is none."""
        return max(0.0, self._until - self._clock.monotonic())

    def begin(self, seconds: float) -> None:
        """Note that DingTalk banned the address, for so long from now."""
        self._until = max(self._until, self._clock.monotonic() + seconds)
