"""Removing what is beyond its time, beside everything else, and so slowly that nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.journal.sqlite import call_rows, pruning, sent_rows
from prx_dingtalk_router.delivery.journal.sqlite.checkpoints import Checkpoints
from prx_dingtalk_router.delivery.journal.sqlite.writer import Operation, Writer
from prx_dingtalk_router.errors import JournalError

logger = logging.getLogger(__name__)

T = TypeVar("T")

TIDY_SECONDS = 60.0
PAUSES, LONGEST_PAUSE = 2.0, 0.05
"""How many times as long as removing something took nothing is removed: the longer the disk takes, the less it is asked.

But not for longer than so many seconds: where a commit takes long, others share it, and removing still has to keep up with them.
"""
LOOK_SECONDS = 0.05


class Read(Protocol):
    """Asks the journal's file, beside whoever writes."""

    async def __call__(self, query: Callable[..., T], *arguments: object) -> T:
        """What the query returns."""


class Tidying:
    """Removes old messages, counts and session webhooks again and again, a few rows with each commit.

    It waits while the log is long: whatever keeps the log from being copied, it does not grow by what is removed.

    Args:
        writer: removes.
        read: finds what to remove.
        checkpoints: know how long the log is.
        retention_ms: for which messages are kept after their end.
        clock: tells what is old.
    """

    def __init__(
        self, writer: Writer, read: Read, checkpoints: Checkpoints, retention_ms: int, clock: Clock
    ) -> None:
        self._writer = writer
        self._read = read
        self._checkpoints = checkpoints
        self._retention_ms = retention_ms
        self._clock = clock

    async def keep_tidy(self) -> None:
        """Tidy for ever, with pauses."""
        while True:
            try:
                await self.tidy()
            except JournalError as problem:
                logger.warning(text("delivery.journal-untidy", problem=problem.text))
            await self._clock.sleep(TIDY_SECONDS)

    async def tidy(self) -> None:
        """Remove what is beyond its time now.

        Raises:
            JournalError: it cannot be removed now.
        """
        now = self._clock.now_ms()
        horizon = now - self._retention_ms
        await self._remove(lambda connection: pruning.remove_expired_webhooks(connection, now))
        await self._remove(lambda connection: pruning.remove_old_counts(connection, now))
        await self._remove_entries(horizon)
        await self._remove(lambda connection: sent_rows.remove_old(connection, horizon))
        await self._writer.submit(lambda connection: call_rows.remove_old(connection, now))

    async def _remove(self, operation: Operation[int]) -> None:
        """Carry out an operation until it finds little."""

        async def remove() -> bool:
            return await self._writer.submit(operation) == pruning.MOST_AT_ONCE

        await self._repeat(remove)

    async def _remove_entries(self, horizon: int) -> None:
        place = pruning.FIRST

        async def remove() -> bool:
            nonlocal place
            old, following = await self._read(pruning.find_old_entries, horizon, place)
            if old:
                await self._writer.submit(
                    lambda connection: pruning.remove_old_entries(connection, old, horizon)
                )
            place = following or place
            return following is not None

        await self._repeat(remove)

    async def _repeat(self, remove: Callable[[], Awaitable[bool]]) -> None:
        """Remove as long as there is more, leaving most of the time to others."""
        loop = asyncio.get_running_loop()
        while True:
            await self._until_log_is_short()
            began = loop.time()
            if not await remove():
                return
            await asyncio.sleep(min(PAUSES * (loop.time() - began), LONGEST_PAUSE))

    async def _until_log_is_short(self) -> None:
        # A log that is copied begins anew with the next commit, for which somebody must write.
        while self._checkpoints.are_behind:
            await asyncio.sleep(LOOK_SECONDS)
            if not self._checkpoints.are_held_up:
                return
