"""Pairing: a six-digit code, used once, with a lockout for guessing (prx-gateway.md section 4.2)."""

from __future__ import annotations

import hmac
import math
import secrets
from dataclasses import dataclass

from prx_dingtalk_router.sandbox.prx.clock import Clock

FAILURES_BEFORE_LOCKOUT = 5
LOCKOUT_SECONDS = 300


@dataclass(slots=True)
class _Guesses:
    failures: int = 0
    locked_until: float = 0.0


class Pairing:
    """The pairing state of one process.

    Args:
        clock: whose seconds the lockout counts.
        active: whether a code is made: pairing is required and no token is stored.
    """

    def __init__(self, clock: Clock, *, active: bool) -> None:
        self._clock = clock
        self._guesses: dict[str, _Guesses] = {}
        self.code = f"{secrets.randbelow(1_000_000):06d}" if active else None

    def locked_for(self, ip: str) -> int:
        """Whole seconds, rounded up, for which ``ip`` is locked out; 0 = not locked."""
        guesses = self._guesses.get(ip)
        if guesses is None or guesses.failures < FAILURES_BEFORE_LOCKOUT:
            return 0
        left = math.ceil(guesses.locked_until - self._clock.monotonic())
        if left <= 0:
            del self._guesses[ip]
        return max(0, left)

    def redeem(self, code: str, ip: str) -> bool:
        """Use up the code if ``code`` is it; otherwise count a failure of ``ip``, the fifth of which locks it out."""
        if self.code is not None and hmac.compare_digest(code.encode("utf-8", "replace"), self.code.encode()):
            self.code = None
            self._guesses.pop(ip, None)
            return True
        guesses = self._guesses.setdefault(ip, _Guesses())
        guesses.failures += 1
        if guesses.failures == FAILURES_BEFORE_LOCKOUT:
            guesses.locked_until = self._clock.monotonic() + LOCKOUT_SECONDS
        return False
