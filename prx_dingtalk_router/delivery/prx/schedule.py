"""When a job is looked at, and how often the jobs API may be called; no I/O (prx-gateway.md section 15.3)."""

from __future__ import annotations

# (until this age, every so many seconds), after the first few looks.
_FIRST_LOOKS = (0.3, 0.7, 1.5, 3.0, 5.0)
_STEPS = ((120.0, 5.0), (600.0, 10.0))
_LAST_STEP = 30.0

# The daemon's default is 60 calls in any minute for all users of a token, and the limit cannot be learned from the wire.
# A full bucket, its reserve and a minute's refill stay under 40 calls: the rest is left to status checks and people.
CALLS_PER_MINUTE = 24
BURST = 12
RESERVE = 3

# Looks closer together than this are made as one.
LEAST_GAP = 0.3


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
    """A token bucket: so many calls at once, and evenly spread ones when it is empty.

    Args:
        per_minute: calls a minute that come in.
        burst: the most that are kept.
        reserve: how far urgent calls may overdraw it.
    """

    def __init__(
        self, per_minute: float = CALLS_PER_MINUTE, burst: int = BURST, reserve: int = RESERVE
    ) -> None:
        self._per_second = per_minute / 60.0
        self._burst = float(burst)
        self._reserve = float(reserve)
        self._tokens = float(burst)
        self._at: float | None = None

    def wait(self, now: float, *, urgent: bool = False) -> float:
        """Seconds until a call is in order; 0 when it is now. ``now`` in seconds of any clock."""
        self._refill(now)
        missing = (1.0 - self._reserve if urgent else 1.0) - self._tokens
        # Whoever waits exactly so long must not find a rounding error missing.
        return 0.0 if missing <= 1e-9 else missing / self._per_second

    def spend(self, now: float) -> None:
        """Count a call made ``now``; also one that did not ask."""
        self._refill(now)
        self._tokens = max(-self._reserve, self._tokens - 1.0)

    def drain(self, now: float) -> None:
        """Somebody else has used the daemon's limit up: begin with an empty bucket."""
        self._refill(now)
        self._tokens = min(self._tokens, 0.0)

    def _refill(self, now: float) -> None:
        # A clock that was set back brings nothing, and takes nothing away.
        passed = 0.0 if self._at is None else max(0.0, now - self._at)
        self._tokens = min(self._burst, self._tokens + passed * self._per_second)
        self._at = now
