"""The queues of sessions: sorted, one at a time, with a limit on who waits (interfaces.md section 5.4)."""

from __future__ import annotations

import asyncio
import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from operator import attrgetter

from prx_dingtalk_router.delivery.dispatch.running import Carried
from prx_dingtalk_router.delivery.journal import EntryKey, Lane, StepRef

Order = tuple[int, int]
Wake = Callable[[], None]

_AT_A_TIME = 8
_LOOK_SECONDS = 0.005
_BY_ORDER = attrgetter("order")


@dataclass(slots=True, eq=False)
class Place:
    """The place of one message in the queue of a session.

    Attributes:
        lane: agent and session.
        key: whose it is.
        order: among the others.
        is_turned_away: as many waited as may. It is left as soon as that is kept; until then nobody behind it goes.
        wake: set once whoever has it is ready to go, called when it is their turn.
        joins: the step that may be told to the agent together with one before it; None where it may not.
        carried: who has it; None until they go on after a restart.
    """

    lane: Lane
    key: EntryKey
    order: Order
    is_turned_away: bool = False
    wake: Wake | None = None
    joins: StepRef | None = None
    carried: Carried | None = None


@dataclass(slots=True)
class _Queue:
    places: list[Place] = field(default_factory=list)
    dispatched: Place | None = None
    turned_away: int = 0

    @property
    def staying(self) -> int:
        """How many are in line and not turned away."""
        return len(self.places) - self.turned_away

    def at(self, order: Order) -> int:
        """Where a place is, or would be."""
        return bisect.bisect_left(self.places, order, key=_BY_ORDER)

    def find(self, key: EntryKey, order: Order) -> Place | None:
        """The place that somebody has."""
        at = self.at(order)
        found = self.places[at] if at < len(self.places) else None
        return found if found is not None and found.key == key else None

    def advance(self) -> Wake | None:
        """Let the first one go, if it is ready and nobody is at the agent; what it is to be woken by."""
        if self.dispatched is not None or not self.places:
            return None
        first = self.places[0]
        wake, first.wake = first.wake, None
        if wake is not None:
            self.dispatched = first
        return wake


class Sessions:
    """Who waits in which lane, in this process; made anew by each process from what is unfinished.

    Args:
        is_busy: whether those who were woken are still so many that others had better be woken later, where all are to go on.
    """

    def __init__(self, is_busy: Callable[[], bool] = lambda: False) -> None:
        self._is_busy = is_busy
        self._queues: dict[Lane, _Queue] = {}
        self._holds = 0

    @property
    def waiting(self) -> int:
        """How many wait for another message of their session."""
        return sum(max(0, queue.staying - 1) for queue in self._queues.values())

    def enter(
        self, lane: Lane, key: EntryKey, order: Order, waiting: int | None, *, dispatched: bool = False
    ) -> Place:
        """Give an entry its place in a lane, sorted by (``createAt``, arrival); one that has a place keeps it.

        Args:
            lane: agent and session.
            key: who enters.
            order: its place among the others; the same one each time.
            waiting: how many may wait besides the one whose turn it is, before it is turned away; None for any number.
            dispatched: it was at the agent already before a restart: nobody comes before it.
        """
        queue = self._queues.setdefault(lane, _Queue())
        place = queue.find(key, order)
        if place is None:
            # The one whose turn it is does not wait, whether or not it has set out yet.
            is_full = waiting is not None and queue.staying > waiting
            place = Place(lane, key, order, is_full)
            queue.turned_away += is_full
            queue.places.insert(queue.at(order), place)
        if dispatched and queue.dispatched is None:
            queue.dispatched = place
        return place

    def take_turn(self, place: Place, wake: Wake) -> bool:
        """Go to the agent, if a place is the first in its lane and nobody is there.

        Returns:
            Whether it is its turn. If not, ``wake`` is called once it is.
        """
        queue = self._queues[place.lane]
        if queue.dispatched is place:
            return True
        place.wake = wake
        first = queue.advance() if not self._holds else None
        if queue.dispatched is place:
            return True
        if first is not None:
            first()
        return False

    def is_next(self, place: Place) -> bool:
        """Whether nobody of the lane is at the agent or comes before a place."""
        queue = self._queues[place.lane]
        return (queue.dispatched or queue.places[0]) is place

    def stored_before(self, place: Place) -> Sequence[Carried]:
        """Who of the lane was stored before whoever has a place."""
        _, arrival = place.order
        return [
            each.carried
            for each in self._queues[place.lane].places
            if each.carried is not None and each.order[1] < arrival and not each.is_turned_away
        ]

    def joining(self, place: Place) -> Sequence[Place]:
        """The places right behind one whose owners are ready to go and may join it."""
        queue = self._queues[place.lane]
        behind = islice(queue.places, queue.at(place.order) + 1, None)
        return list(takewhile(lambda each: each.wake is not None and each.joins is not None, behind))

    def leave(self, place: Place) -> None:
        """Give up a place; the next of the lane follows. Nothing happens if it was given up."""
        queue = self._queues.get(place.lane)
        if queue is None or queue.find(place.key, place.order) is not place:
            return
        del queue.places[queue.at(place.order)]
        queue.turned_away -= place.is_turned_away
        if queue.dispatched is place:
            queue.dispatched = None
        if not queue.places:
            del self._queues[place.lane]
        elif not self._holds and (wake := queue.advance()) is not None:
            wake()

    def hold(self) -> None:
        """Let nobody go to an agent until ``release`` was called as often: others are to get in line first."""
        self._holds += 1

    def release(self) -> None:
        """Those in line are all that have to be."""
        self._holds -= 1
        if not self._holds:
            self._advance_some(iter([*self._queues]))

    def _advance_some(self, lanes: Iterator[Lane]) -> None:
        """Let the first ones go, a few at a time: thousands at once would keep everybody else from the loop, and need memory."""
        if self._is_busy():
            asyncio.get_running_loop().call_later(_LOOK_SECONDS, self._advance_some, lanes)
            return
        some = list(islice(lanes, _AT_A_TIME))
        for lane in some:
            queue = self._queues.get(lane)
            wake = queue.advance() if queue is not None and not self._holds else None
            if wake is not None:
                wake()
        if some:
            asyncio.get_running_loop().call_soon(self._advance_some, lanes)
