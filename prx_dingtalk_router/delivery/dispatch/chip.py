"""One reaction: what is known of it in this process, and whether it is wanted."""

from __future__ import annotations

import asyncio

from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.journal import ReactionMark
from prx_dingtalk_router.delivery.waiting import wait_for_any


class Chip:
    """A reaction that is shown, or about to be, or about to go.

    Args:
        mark: as it is kept, or will be.
        shown_at: when it was asked for, on the monotonic clock.
        is_over: nothing more is tried to set it.
        may_be_there: it was sent, and is not surely gone.

    Attributes:
        is_wanted: it should be seen.
        is_sure: DingTalk took the call that set it.
        sent_at: when it was sent last by this process, on the monotonic clock.
        task: what works on it; None while there is nothing to do.
    """

    __slots__ = (
        "_changed",
        "is_over",
        "is_sure",
        "is_wanted",
        "mark",
        "may_be_there",
        "sent_at",
        "shown_at",
        "task",
    )

    def __init__(
        self, mark: ReactionMark, shown_at: float, *, is_over: bool = False, may_be_there: bool = False
    ) -> None:
        self.mark = mark
        self.shown_at = shown_at
        self.is_over = is_over
        self.may_be_there = may_be_there
        self.is_wanted = True
        self.is_sure = False
        self.sent_at: float | None = None
        self.task: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    def want(self) -> None:
        """Let it be seen."""
        if not self.is_wanted:
            self.is_wanted = True
            self._changed.set()

    def unwant(self) -> None:
        """Let it go."""
        if self.is_wanted:
            self.is_wanted = False
            self._changed.set()

    async def is_wanted_after(self, seconds: float, clock: Clock) -> bool:
        """Tell whether it is wanted still after a while; at once when it is not."""
        return await self._is_wanted(seconds, clock, already=False)

    async def is_wanted_within(self, seconds: float, clock: Clock) -> bool:
        """Tell whether it is wanted again within a while; at once when it is."""
        return await self._is_wanted(seconds, clock, already=True)

    async def _is_wanted(self, seconds: float, clock: Clock, *, already: bool) -> bool:
        self._changed.clear()
        if self.is_wanted is not already and seconds > 0:
            await wait_for_any(self._changed.wait(), clock.sleep(seconds))
        return self.is_wanted
