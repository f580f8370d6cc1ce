"""The places of one message: in the sessions of its agent steps, and the room it has at agents.

A place is given back once the journal has why: a step failed, a turn is over, the message is stopped or has ended. The next process
puts everybody in line again by the journal, and must find nobody who was overtaken meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.running import Carried
from prx_dingtalk_router.delivery.dispatch.sessions import Place
from prx_dingtalk_router.delivery.journal import EntryKey, Lane, StepRef
from prx_dingtalk_router.delivery.prx import Agent

Wake = Callable[[], None]


@dataclass(slots=True)
class _Held:
    """What one step has.

    Attributes:
        step: the step.
        place: in its session; None once it was given back.
        agent: was asked for room.
        is_in_line: the step has got in line; one whose turn an earlier process began has not.
        is_handed_over: place and room are the turn's.
    """

    step: StepRef
    place: Place | None
    agent: Agent | None = None
    is_in_line: bool = True
    is_handed_over: bool = False


class Places:
    """Takes places, and gives back what is not handed over to a turn.

    Args:
        context: the surroundings.
        carried: whose places they are.
        key: of the same.
        order: by (``createAt``, arrival).
        resumed: an earlier process let it in, so it is not turned away.
    """

    __slots__ = ("_carried", "_context", "_held", "_key", "_order", "_resumed")

    def __init__(
        self, context: Context, carried: Carried, key: EntryKey, order: tuple[int, int], *, resumed: bool
    ) -> None:
        self._context = context
        self._carried = carried
        self._key = key
        self._order = order
        self._resumed = resumed
        # A message has few agent steps, and thousands of messages may wait.
        self._held: tuple[_Held, ...] = ()

    @property
    def known(self) -> Collection[StepRef]:
        """The steps that are in line for their session, or were turned away there."""
        return {held.step for held in self._held if held.is_in_line}

    @property
    def turned_away(self) -> Collection[StepRef]:
        """The steps that found their session full, until they are left."""
        return {held.step for held in self._held if held.place is not None and held.place.is_turned_away}

    def lane(self, step: StepRef) -> Lane:
        """The session in which a step has a place."""
        place = self._of(step).place
        assert place is not None
        return place.lane

    def enter(self, step: StepRef, lane: Lane, waiting: int | None) -> None:
        """Get in line for a session; at most ``waiting`` may wait there, if that is not None, and the next one is turned away."""
        self._hold(_Held(step, self._enter(lane, None if self._resumed else waiting)))

    def is_next(self, step: StepRef) -> bool:
        """Whether nobody comes before the step in its session."""
        place = self._of(step).place
        return place is not None and self._context.sessions.is_next(place)

    def has_turn(self, step: StepRef, wake: Wake, *, merges: bool = False) -> bool:
        """Whether it is the step's turn in its session; if not, ``wake`` is called once it is.

        Args:
            step: that is ready to be asked.
            wake: called once it is its turn.
            merges: it may join one that comes before it.
        """
        place = self._of(step).place
        if place is None:
            return False
        place.joins = step if merges else None
        return self._context.sessions.take_turn(place, wake)

    def behind(self, step: StepRef) -> Sequence[Place]:
        """Those right behind the step in its session that only wait for it and may join it."""
        place = self._of(step).place
        return () if place is None else self._context.sessions.joining(place)

    async def replace_earlier(self, step: StepRef) -> None:
        """Stop whatever of the step's session was stored before this message."""
        place = self._of(step).place
        if place is not None:
            others = self._context.sessions.stored_before(place)
            await asyncio.gather(*(each.stop("replaced") for each in others))

    def agent_with_room(self, step: StepRef, agent: Agent, wake: Wake) -> Agent | None:
        """The agent that has room for the step, and stays the same whatever a reload does; None while none has.

        Args:
            step: whose turn it is.
            agent: who is asked for room, unless another one was before.
            wake: called once there is room.
        """
        held = self._of(step)
        held.agent = held.agent or agent
        return held.agent if held.agent.room.enter((self._key, step), wake) else None

    def hand_over(self, step: StepRef) -> None:
        """Lane and room are the turn's from now on; ``ended`` gives the lane back, and the turn the room."""
        held = self._of(step)
        held.is_handed_over, held.agent = True, None

    def take_up(self, step: StepRef, lane: Lane, agent: Agent) -> None:
        """Take the place that a turn of an earlier process has, for that turn."""
        place = self._enter(lane, None, dispatched=True)
        agent.room.squeeze_in((self._key, step))
        self._hold(_Held(step, place, is_in_line=False, is_handed_over=True))

    def is_taken(self, lane: Lane) -> bool:
        """Whether a turn of this message is at work in a session."""
        return any(
            held.is_handed_over and held.place is not None and held.place.lane == lane for held in self._held
        )

    def ended(self, step: StepRef) -> None:
        """The turn of a step is over: its session is left, also for other steps that were in line there."""
        ended = next((held for held in self._held if held.step == step and held.is_handed_over), None)
        if ended is None or ended.place is None:
            return
        ended.is_handed_over = False
        self._held = tuple(
            held
            for held in self._held
            if held is ended or held.place is not ended.place or not held.is_in_line
        )
        self._context.sessions.leave(ended.place)

    def leave(self, step: StepRef) -> None:
        """Give back what a step has, unless it is a turn's."""
        held = next((each for each in self._held if each.step == step), None)
        if held is None:
            return
        agent, held.agent = held.agent, None
        if agent is not None:
            agent.room.leave((self._key, step))
        place = held.place
        if place is None or self.is_taken(place.lane):
            return
        held.place = None
        if not any(other.place is place for other in self._held):
            self._context.sessions.leave(place)

    def close(self) -> None:
        """Give back everything that is not a turn's."""
        for held in self._held:
            self.leave(held.step)

    def _enter(self, lane: Lane, waiting: int | None, *, dispatched: bool = False) -> Place:
        place = self._context.sessions.enter(lane, self._key, self._order, waiting, dispatched=dispatched)
        place.carried = self._carried
        return place

    def _of(self, step: StepRef) -> _Held:
        return next(held for held in self._held if held.step == step)

    def _hold(self, new: _Held) -> None:
        self._held = (*(held for held in self._held if held.step != new.step), new)
