"""How many calls are made for reactions: so many at a time, so many a second, none while DingTalk has asked for a pause."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.dingtalk import Refused
from prx_dingtalk_router.delivery.dingtalk.api_codes import DENIED

MOST_AT_ONCE = 8
PER_SECOND = 15
"""Of the 20 that an app has for an API (dingtalk-cards-media.md section 8.1)."""
PAUSE_SECONDS = 600.0
"""How long nothing is shown after a refusal that only an operator, or the next month, can change."""
NO_TOKEN = "delivery.no-token"  # noqa: S105 - the key of a sentence


class ReactionRate:
    """Gives turns to whoever makes a call.

    Args:
        clock: by which it waits.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._room = asyncio.Semaphore(MOST_AT_ONCE)
        self._free_at = 0.0
        self._paused_until = float("-inf")

    @property
    def is_paused(self) -> bool:
        """Whether nothing is to be shown now."""
        return self._clock.monotonic() < self._paused_until

    @asynccontextmanager
    async def turn(self, *, by: float | None = None) -> AsyncIterator[bool]:
        """Hold a turn; yields whether there is one.

        Args:
            by: when it is too late for it, on the monotonic clock, which a pause makes it as well; None for never.
        """
        now = self._clock.monotonic()
        at = max(now, self._free_at)
        if self._is_too_late(at, by):
            yield False
            return
        self._free_at = at + 1 / PER_SECOND
        if at > now:
            await self._clock.sleep(at - now)
        async with self._room:
            yield not self._is_too_late(self._clock.monotonic(), by)

    def note(self, refused: Refused) -> float:
        """Pause where the same would be refused for all; returns for how many seconds, 0 where it would not."""
        seconds = refused.wait
        if refused.code.startswith(DENIED) and not seconds:
            seconds = PAUSE_SECONDS
        elif refused.reason.key == NO_TOKEN:
            seconds = max(seconds, PAUSE_SECONDS / 10)
        elif refused.status is None or refused.status >= 500:
            return 0.0
        if seconds:
            self._paused_until = max(self._paused_until, self._clock.monotonic() + seconds)
        return seconds

    def _is_too_late(self, at: float, by: float | None) -> bool:
        return by is not None and (at > by or self.is_paused)
