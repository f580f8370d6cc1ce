"""The sliding windows behind ``at most N per DURATION`` (language.md section 7)."""

from __future__ import annotations

import itertools

from prx_dingtalk_router.delivery.journal.entry import EntryKey, GuardKey

# A guard's window is at most 24 h long (language.md section 7).
LONGEST_MS = 24 * 3600 * 1000
_SWEEP_EVERY = 1024


class Windows:
    """Counts, for each guard, the steps performed within its window."""

    def __init__(self) -> None:
        self._taken: dict[GuardKey, dict[EntryKey, int]] = {}
        self._until_sweep = _SWEEP_EVERY

    def take(self, guard: GuardKey, key: EntryKey, count: int, per: float, now_ms: int) -> bool:
        """Count a step, or say that there is no room (``RoomTaken``). What happened exactly ``per`` seconds ago is outside."""
        self._sweep(now_ms)
        taken = self._taken.setdefault(guard, {})
        if key in taken:
            return True
        horizon = now_ms - per * 1000
        # Holders stand in the order of time, so only what has left the window is looked at.
        for old in tuple(itertools.takewhile(lambda holder: taken[holder] <= horizon, taken)):
            del taken[old]
        if len(taken) >= count:
            return False
        taken[key] = now_ms
        return True

    def release(self, guard: GuardKey, key: EntryKey) -> None:
        """Take a count back (``RoomReturned``)."""
        taken = self._taken.get(guard)
        if taken is not None:
            taken.pop(key, None)
            if not taken:
                del self._taken[guard]

    def _sweep(self, now_ms: int) -> None:
        """Drop counters of people who do not come back."""
        self._until_sweep -= 1
        if self._until_sweep > 0:
            return
        self._until_sweep = _SWEEP_EVERY
        horizon = now_ms - LONGEST_MS
        for guard in [
            guard for guard, taken in self._taken.items() if max(taken.values(), default=0) <= horizon
        ]:
            del self._taken[guard]
