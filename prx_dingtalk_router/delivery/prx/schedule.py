"""When a job is looked at, and how often the jobs API may be called; no I/O (prx-gateway.md sections 10 and 15.3)."""

from __future__ import annotations

# (until this age, every so many seconds), after the first few looks.
_FIRST_LOOKS = (0.3, 0.7, 1.5, 3.0, 5.0)
_STEPS = ((120.0, 5.0), (600.0, 10.0))
_LAST_STEP = 30.0
# Where there are calls for it, an answer waits no longer than a time that nobody notices, or a share of its age.
_SOONEST = 0.1
_SHARE_OF_AGE = 0.15

# Of the daemon's limit the rest is left to status checks, and to people who use the same token.
USABLE = 2 / 3
_BURST = 0.15
_RESERVE = 0.05


def next_look(age: float, pace: float) -> float:
    """The age in seconds at which a job that is ``age`` seconds old is looked at next: by the schedule, or sooner.

    Args:
        age: of the job.
        pace: seconds from look to look that the budget can bear for each job; long when many run.
    """
    return min(_scheduled(age), age + max(_SOONEST, age * _SHARE_OF_AGE, pace))


def _scheduled(age: float) -> float:
    for look in _FIRST_LOOKS:
        if age < look:
            return look
    for until, every in _STEPS:
        if age < until:
            return min(until, (age // every + 1) * every)
    return (age // _LAST_STEP + 1) * _LAST_STEP


class CallBudget:
    """How many calls of ``/api`` are in order: two thirds of the daemon's limit, as a token bucket.

    Some may be made at once, the others evenly spread; with what urgent calls may overdraw, any 60 seconds hold no more than
    two thirds of the limit. Times are seconds of any monotonic clock.

    Args:
        limit: the daemon's ``api_rate_limit_per_minute``; 0 for none.
    """

    def __init__(self, limit: int) -> None:
        usable = limit * USABLE
        self._limited = limit > 0
        self._burst = max(1.0, float(int(usable * _BURST)))
        self._reserve = float(int(usable * _RESERVE))
        self._per_second = max(usable - self._burst - self._reserve - 1.0, usable / 2) / 60.0
        self._tokens = self._burst
        self._at: float | None = None
        self._rests_until = 0.0

    @property
    def pace(self) -> float:
        """Seconds from call to call that can be borne for ever; 0 without a limit."""
        return 1.0 / self._per_second if self._limited else 0.0

    def wait(self, now: float, *, urgent: bool = False) -> float:
        """Seconds until a call is in order; 0 when it is now."""
        self._refill(now)
        rest = max(0.0, self._rests_until - now)
        if not self._limited:
            return rest
        missing = (1.0 - self._reserve if urgent else 1.0) - self._tokens
        # Whoever waits exactly so long must not find a rounding error missing.
        return rest if missing <= 1e-9 else max(rest, missing / self._per_second)

    def affordable(self, now: float) -> int | None:
        """How many calls may be made at once now; None for any number."""
        if not self._limited:
            return None
        self._refill(now)
        return max(0, int(self._tokens + 1e-9))

    def spend(self, now: float) -> None:
        """Count a call made ``now``; also one that did not ask."""
        self._refill(now)
        self._tokens = max(-self._reserve, self._tokens - 1.0)

    def rest(self, now: float, seconds: float) -> None:
        """Make no call for so long: the daemon's limit is used up, perhaps by others; begin with an empty bucket then."""
        self._refill(now)
        self._rests_until = max(self._rests_until, now + seconds)
        self._tokens = min(self._tokens, 0.0)

    def _refill(self, now: float) -> None:
        passed = 0.0 if self._at is None else max(0.0, now - self._at)
        self._tokens = min(self._burst, self._tokens + passed * self._per_second)
        self._at = now
