"""The queues of sessions: sorted, one at a time, with a limit on who waits (interfaces.md section 5.4)."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from dataclasses import dataclass, field

from prx_dingtalk_router.delivery.journal import EntryKey, Lane

Order = tuple[int, int]


@dataclass(slots=True)
class _Queue:
    places: list[tuple[Order, EntryKey]] = field(default_factory=list)
    orders: dict[EntryKey, Order] = field(default_factory=dict)
    ready: dict[EntryKey, Callable[[], None]] = field(default_factory=dict)
    dispatched: EntryKey | None = None

    def advance(self) -> Callable[[], None] | None:
        """Let the first one go, if it is ready and nobody is at the agent; what it is to be woken by."""
        if self.dispatched is not None or not self.places:
            return None
        first = self.places[0][1]
        wake = self.ready.pop(first, None)
        if wake is not None:
            self.dispatched = first
        return wake


class Sessions:
    """Who waits in which lane, in this process; made anew by each process from what is unfinished."""

    def __init__(self) -> None:
        self._queues: dict[Lane, _Queue] = {}

    @property
    def waiting(self) -> int:
        """How many wait for another message of their session."""
        return sum(max(0, len(queue.places) - 1) for queue in self._queues.values())

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
        if key not in queue.orders:
            # The one whose turn it is does not wait, whether or not it has set out yet.
            if waiting is not None and len(queue.places) > waiting:
                return False
            queue.orders[key] = order
            bisect.insort(queue.places, (order, key))
        if dispatched and queue.dispatched is None:
            queue.dispatched = key
        return True

    def take_turn(self, lane: Lane, key: EntryKey, wake: Callable[[], None]) -> bool:
        """Go to the agent, if an entry with a place is first in its lane and nobody is there.

        Returns:
            Whether it is its turn. If not, ``wake`` is called once it is.
        """
        queue = self._queues[lane]
        if queue.dispatched == key:
            return True
        queue.ready[key] = wake
        first = queue.advance()
        if queue.dispatched == key:
            return True
        if first is not None:
            first()
        return False

    def leave(self, lane: Lane, key: EntryKey) -> None:
        """Give up the place; the next of the lane follows. Nothing happens if it has none."""
        queue = self._queues.get(lane)
        order = queue.orders.pop(key, None) if queue is not None else None
        if queue is None or order is None:
            return
        del queue.places[bisect.bisect_left(queue.places, (order, key))]
        queue.ready.pop(key, None)
        if queue.dispatched == key:
            queue.dispatched = None
        if not queue.places:
            del self._queues[lane]
        elif (wake := queue.advance()) is not None:
            wake()
