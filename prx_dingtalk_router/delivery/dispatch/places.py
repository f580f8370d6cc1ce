"""The places of one message: in the sessions of its agent steps, and the room it has at agents."""

from __future__ import annotations

from collections.abc import Callable, Collection

from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.journal import EntryKey, Lane, StepRef
from prx_dingtalk_router.delivery.prx import Agent

Wake = Callable[[], None]


class Places:
    """Takes places, and gives back what is not handed over to a turn.

    Args:
        context: the surroundings.
        key: whose places they are.
        order: by (``createAt``, arrival).
        resumed: an earlier process let it in, so it is not turned away.
    """

    __slots__ = ("_context", "_handed_over", "_key", "_lanes", "_order", "_resumed", "_rooms")

    def __init__(self, context: Context, key: EntryKey, order: tuple[int, int], *, resumed: bool) -> None:
        self._context = context
        self._key = key
        self._order = order
        self._resumed = resumed
        self._lanes: dict[StepRef, Lane | None] = {}
        self._rooms: dict[StepRef, Agent] = {}
        self._handed_over: dict[StepRef, Lane] = {}

    @property
    def known(self) -> Collection[StepRef]:
        """The steps that are in line for their session, or found it full."""
        return self._lanes

    def lane(self, step: StepRef) -> Lane | None:
        """The session in which a step has a place; None where it was full."""
        return self._lanes[step]

    def enter(self, step: StepRef, lane: Lane, waiting: int) -> None:
        """Get in line for a session in which at most ``waiting`` may wait."""
        limit = None if self._resumed else waiting
        entered = self._context.sessions.enter(lane, self._key, self._order, limit)
        self._lanes[step] = lane if entered else None

    def has_turn(self, step: StepRef, wake: Wake) -> bool:
        """Whether it is the step's turn in its session; if not, ``wake`` is called once it is."""
        lane = self._lanes[step]
        return lane is not None and self._context.sessions.take_turn(lane, self._key, wake)

    def agent_with_room(self, step: StepRef, agent: Agent | None, wake: Wake) -> Agent | None:
        """The agent that has room for the step, and stays the same whatever a reload does; None while none has.

        Args:
            step: whose turn it is.
            agent: who is asked for room, unless that was done before.
            wake: called once there is room.
        """
        chosen = self._rooms.get(step, agent)
        if chosen is None:
            return None
        self._rooms[step] = chosen
        return chosen if chosen.room.enter((self._key, step), wake) else None

    def is_in_line(self, step: StepRef) -> bool:
        """Whether an agent was asked for room for the step."""
        return step in self._rooms

    def hand_over(self, step: StepRef) -> None:
        """Lane and room are the turn's from now on, which gives them back when it is over."""
        lane = self._lanes[step]
        if lane is not None:
            self._handed_over[step] = lane
        self._rooms.pop(step, None)

    def take_up(self, step: StepRef, lane: Lane, agent: Agent) -> None:
        """Take the place that a turn of an earlier process has, for that turn."""
        self._context.sessions.enter(lane, self._key, self._order, None, dispatched=True)
        agent.room.squeeze_in((self._key, step))
        self._handed_over[step] = lane

    def is_taken(self, lane: Lane) -> bool:
        """Whether a turn of this message is at work in a session."""
        return lane in self._handed_over.values()

    def ended(self, step: StepRef) -> None:
        """The turn of a step is over: its session was left, also for other steps that were in line there."""
        lane = self._handed_over.pop(step, None)
        for other in [ref for ref, of in self._lanes.items() if of == lane and ref != step]:
            del self._lanes[other]

    def leave(self, step: StepRef) -> None:
        """Give back what a step has, unless it is a turn's."""
        agent = self._rooms.pop(step, None)
        if agent is not None:
            agent.room.leave((self._key, step))
        lane = self._lanes.get(step)
        if lane is None or self.is_taken(lane):
            return
        self._lanes[step] = None
        if lane not in self._lanes.values():
            self._context.sessions.leave(lane, self._key)

    def close(self) -> None:
        """Give back everything that is not a turn's."""
        for step in list(self._lanes):
            self.leave(step)
