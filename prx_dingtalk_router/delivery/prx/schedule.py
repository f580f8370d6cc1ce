"""When a job is looked at, and how often the jobs API may be called; no I/O (prx-gateway.md section 15.3)."""

from __future__ import annotations

from collections import deque

# (until this age, every so many seconds), after the first few looks.
_FIRST_LOOKS = (0.3, 0.7, 1.5, 3.0, 5.0)
_STEPS = ((120.0, 5.0), (600.0, 10.0))
_LAST_STEP = 30.0

# The daemon's default is 60 calls a minute for all users of a token.
CALLS_PER_MINUTE = 40


def next_look(age: float) -> float:
    """The age in seconds at which a job that is ``age`` seconds old is looked at next."""
    for look in _FIRST_LOOKS:
        if age < look:
            return look
    for until, every in _STEPS:
        if age < until:
            return min(until, (age // every + 1) * every)
    return (age // _LAST_STEP + 1) * _LAST_STEP


class CallBudget:
    """Keeps calls under a number a minute: half of them at once, the rest evenly spread.

    Args:
        per_minute: the most calls in any 60 seconds; at least 2.
    """

    def __init__(self, per_minute: int = CALLS_PER_MINUTE) -> None:
        self._at_once = per_minute // 2
        self._spacing = 60.0 / (per_minute - self._at_once)
        self._calls: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until a call is in order; 0 when it is now. ``now`` in seconds of any steady clock."""
        while self._calls and self._calls[0] <= now - 60.0:
            self._calls.popleft()
        if len(self._calls) < self._at_once:
            return 0.0
        return max(0.0, self._calls[-1] + self._spacing - now)

    def spend(self, now: float) -> None:
        """Count a call made ``now``."""
        self._calls.append(now)
