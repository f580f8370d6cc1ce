"""How often something is said in the log that a peer can cause as often as it likes."""

from __future__ import annotations


class Remarks:
    """Lets the first remark through, then one every so many seconds, with the number of those in between.

    Args:
        every: seconds between two remarks.
    """

    def __init__(self, every: float = 60.0) -> None:
        self._every = every
        self._next: float | None = None
        self._withheld = 0

    def next(self, now: float) -> int | None:
        """How many were withheld since the last remark; None to withhold this one too.

        Args:
            now: seconds of a clock that only goes forward.
        """
        if self._next is not None and now < self._next:
            self._withheld += 1
            return None
        withheld, self._withheld = self._withheld, 0
        self._next = now + self._every
        return withheld
