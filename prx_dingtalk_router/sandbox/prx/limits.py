"""Rate limits: a sliding minute in which refused requests do not count (prx-gateway.md section 10)."""

from __future__ import annotations

from collections import deque

from aiohttp import web

from prx_dingtalk_router.sandbox.prx.clock import Clock

WINDOW_SECONDS = 60
DEFAULT_MAX_KEYS = 10_000


class SlidingWindow:
    """Admits at most ``limit`` requests of one key in any 60 seconds.

    Args:
        limit: admitted requests a minute; 0 = unlimited.
        clock: whose seconds count.
        max_keys: keys remembered; beyond it the one seen longest ago is forgotten. 0 = 10,000.
    """

    def __init__(self, limit: int, clock: Clock, max_keys: int = DEFAULT_MAX_KEYS) -> None:
        self._limit = limit
        self._clock = clock
        self._max_keys = max_keys or DEFAULT_MAX_KEYS
        self._admitted: dict[str, deque[float]] = {}

    def admit(self, key: str) -> bool:
        """Whether ``key`` may go on now; only a yes is counted."""
        if self._limit == 0:
            return True
        now = self._clock.monotonic()
        times = self._admitted.pop(key, None) or deque[float]()
        self._admitted[key] = times
        while len(self._admitted) > self._max_keys:
            del self._admitted[next(iter(self._admitted))]
        while times and now - times[0] >= WINDOW_SECONDS:
            times.popleft()
        if len(times) >= self._limit:
            return False
        times.append(now)
        return True


def client_ip(request: web.BaseRequest, *, trust_forwarded_headers: bool) -> str:
    """The client's address: of the socket, or what a trusted proxy says (`X-Real-IP`, rightmost `X-Forwarded-For`)."""
    if trust_forwarded_headers:
        real = request.headers.get("X-Real-IP", "").strip()
        if real:
            return real
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return request.remote or "unknown"
