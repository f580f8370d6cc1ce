"""How long to wait before asking again: exponential with full jitter (dingtalk-stream.md section 5)."""

from __future__ import annotations

from random import Random


class Backoff:
    """Delays of U(0, min(cap, first x 2^n)) seconds, n counting from 0 since the last reset.

    Args:
        first: ceiling of the first delay, in seconds.
        cap: ceiling of every delay, in seconds.
        random: where the jitter comes from; give a seeded one to foresee it.
    """

    def __init__(self, first: float = 1.0, cap: float = 60.0, random: Random | None = None) -> None:
        self._first = first
        self._cap = cap
        self._random = random or Random()  # noqa: S311 - jitter is no secret
        self._ceiling = first

    @property
    def ceiling(self) -> float:
        """The most that the next delay can be, in seconds."""
        return min(self._ceiling, self._cap)

    def next_delay(self) -> float:
        """Seconds to wait now; the ceiling of the next one doubles."""
        delay = self._random.uniform(0, self.ceiling)
        self._ceiling = min(self._ceiling * 2, self._cap)
        return delay

    def longest_delay(self) -> float:
        """The cap with up to a tenth more: for refusals that a quick second try makes worse."""
        return self._cap * self._random.uniform(1, 1.1)

    def reset(self) -> None:
        """Begin again at ``first``: the last connection was useful."""
        self._ceiling = self._first
