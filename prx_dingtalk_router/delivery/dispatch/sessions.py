"""The queues of sessions: sorted, one at a time, with a limit on who waits (interfaces.md section 5.4)."""

from __future__ import annotations

import asyncio
import bisect
from dataclasses import dataclass, field

from prx_dingtalk_router.delivery.journal.entry import EntryKey, Lane

Order = tuple[int, int]


@dataclass(slots=True)
class _Queue:
    slots: list[tuple[Order, EntryKey]] = field(default_factory=list)
    ready: dict[EntryKey, asyncio.Future[None]] = field(default_factory=dict)
    dispatched: EntryKey | None = None

    def advance(self) -> None:
        """Let the first one go, if it is ready and nobody is at the agent."""
        if self.dispatched is not None or not self.slots:
            return
        first = self.slots[0][1]
        waiter = self.ready.pop(first, None)
        if waiter is not None and not waiter.done():
            self.dispatched = first
            waiter.set_result(None)


class Sessions:
    """Who waits in which lane, in this process."""

    def __init__(self) -> None:
        self._queues: dict[Lane, _Queue] = {}

    def enter(
        self, lane: Lane, key: EntryKey, order: Order, waiting: int | None, *, dispatched: bool = False
    ) -> bool:
        """Give an entry its place in a lane, sorted by (``createAt``, arrival); one that has a place keeps it.

        Args:
            lane: agent and session.
            key: who enters.
            order: its place among the others.
            waiting: how many may wait besides the one whose turn it is; None for any number.
            dispatched: it was at the agent already before a restart: nobody comes before it.

        Returns:
            False when as many as may are waiting; it has no place then.
        """
        queue = self._queues.setdefault(lane, _Queue())
        if any(key == other for _, other in queue.slots):
            return True
        # The one whose turn it is does not wait, whether or not it has set out yet.
        if waiting is not None and len(queue.slots) > waiting:
            return False
        bisect.insort(queue.slots, (order, key))
        if dispatched and queue.dispatched is None:
            queue.dispatched = key
        return True

    async def await_turn(self, lane: Lane, key: EntryKey) -> None:
        """Wait until an entry with a place is first in its lane and nobody is at the agent, and send it there.

        A cancelled wait keeps the place until ``leave``.
        """
        queue = self._queues[lane]
        if queue.dispatched == key:
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.ready[key] = waiter
        queue.advance()
        await waiter

    def leave(self, lane: Lane, key: EntryKey) -> None:
        """Give up the place; the next of the lane follows. Nothing happens if it has none."""
        queue = self._queues.get(lane)
        if queue is None:
            return
        queue.slots = [slot for slot in queue.slots if slot[1] != key]
        queue.ready.pop(key, None)
        if queue.dispatched == key:
            queue.dispatched = None
        if queue.slots:
            queue.advance()
        else:
            del self._queues[lane]
