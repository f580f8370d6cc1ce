"""Limits of the service: posts a minute with a block, calls a second (section 9)."""

from __future__ import annotations

from collections import deque

from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults

MINUTE = 60.0


class PostRate:
    """Webhook posts a minute by robot and conversation; overrunning blocks, and posting meanwhile prolongs it."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults
        self._posts: dict[tuple[str, str], deque[int]] = {}
        self._blocked_until: dict[tuple[str, str], int] = {}

    def allow(self, robot_code: str, conversation_id: str) -> bool:
        """Count a post; false when it is one too many or falls into a block."""
        limit = self._faults.webhook_rate
        if not limit:
            return True
        key, now = (robot_code, conversation_id), self._clock.now()
        if now < self._blocked_until.get(key, 0):
            self._block(key, now)
            return False
        posts = self._posts.setdefault(key, deque())
        while posts and self._clock.after(posts[0], MINUTE) <= now:
            posts.popleft()
        if len(posts) >= limit:
            self._block(key, now)
            posts.clear()
            return False
        posts.append(now)
        return True

    def _block(self, key: tuple[str, str], now: int) -> None:
        self._blocked_until[key] = self._clock.after(now, self._faults.webhook_block)


class CallRate:
    """OpenAPI calls a second by application and API."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults
        self._calls: dict[tuple[str, str], deque[int]] = {}

    def allow(self, client_id: str, api: str) -> bool:
        """Count a call; false when it is one too many of this second."""
        limit = self._faults.api_qps
        if not limit:
            return True
        calls, now = self._calls.setdefault((client_id, api), deque()), self._clock.now()
        while calls and self._clock.after(calls[0], 1.0) <= now:
            calls.popleft()
        if len(calls) >= limit:
            return False
        calls.append(now)
        return True
