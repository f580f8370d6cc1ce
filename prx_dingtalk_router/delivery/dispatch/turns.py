"""The turns of one message: who is asked with what, and what becomes of the message while its session is busy."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import AgentStep, ReplyFormat, Step
from prx_dingtalk_router.delivery.dispatch.asking import Asking
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.failures import SESSION_BUSY
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger
from prx_dingtalk_router.delivery.dispatch.merging import Merging
from prx_dingtalk_router.delivery.dispatch.places import Places
from prx_dingtalk_router.delivery.dispatch.requests import body_of, new_turn, words_of
from prx_dingtalk_router.delivery.journal import StepRef, TurnRecord


class Turns:
    """Begins the turns of a message, and takes up those that an earlier process began.

    Args:
        context: the surroundings.
        ledger: of the message.
        places: of the message.
        wake: called when a turn has ended, or what a step waits for has come.

    Attributes:
        live: the turns that this process is at, ended ones too.
    """

    def __init__(self, context: Context, ledger: Ledger, places: Places, wake: Callable[[], None]) -> None:
        self._context = context
        self._ledger = ledger
        self._places = places
        self._wake = wake
        self.live: dict[StepRef, Asking] = {}

    async def ask(self, step: AgentStep, failure: Text | None) -> Text | bool:
        """Dispatch to the agent of a step that is in line, once its session and its agent have room.

        Returns:
            Whether it is asked; why it cannot be, where that is certain. If neither, ``wake`` is called when there is room.
        """
        ref, places = StepRef.of(step), self._places
        lane = places.lane(ref)
        if places.is_taken(lane):
            # The turn of an earlier step is still at it.
            return text("delivery.busy")
        words = words_of(self._ledger.entry.decision, step, failure)
        if isinstance(words, Text):
            return words
        body = body_of(words, lane)
        if isinstance(body, Text):
            return body
        if not places.is_next(ref):
            if step.while_busy == "reply":
                return text(SESSION_BUSY)
            if step.while_busy == "replace":
                await places.replace_earlier(ref)
        self._show_progress(step)
        if not places.has_turn(ref, self._wake, merges=step.while_busy == "merge"):
            return False
        configured = self._context.agents.get(step.agent)
        if configured is None:  # a reload has removed it while others were stopped
            return text("delivery.agent-removed", agent=step.agent)
        agent = places.agent_with_room(ref, configured, self._wake)
        if agent is None:
            return False
        if Merging.is_possible(self._ledger.entry):
            behind = places.behind(ref) if step.while_busy == "merge" else ()
            whole = await Merging(self._context, self._ledger.entry, lane).gather(words, behind)
            if self._ledger.entry.cancelled:
                return False  # by now, and it is woken by that
            if isinstance(whole, Text):
                return whole
            body = whole
        places.hand_over(ref)
        record = new_turn(self._ledger.entry, ref, lane, body, self._context.clock.now_ms())
        self.live[ref] = Asking(
            self._context,
            self._ledger,
            agent,
            record,
            timeout=step.timeout,
            throttled_for=None if step.alternatives or step.is_alternative else step.timeout,
            has_else=self._has_else(ref),
            on_end=lambda: self._over(ref),
        )
        return True

    def follow(self, turn: TurnRecord, step: Step | None) -> None:
        """Take up a turn that an earlier process left at work; nothing happens if its agent is not there any more."""
        agent = self._context.agents.get(turn.lane.agent)
        if agent is None or not isinstance(step, AgentStep):
            return
        self._show_progress(step)
        self._places.take_up(turn.step, turn.lane, agent)
        self.live[turn.step] = Asking(
            self._context,
            self._ledger,
            agent,
            turn,
            timeout=step.timeout,
            on_end=lambda: self._over(turn.step),
        )

    def format_of(self, step: Step) -> ReplyFormat:
        """The format of the answers of a step's agent."""
        asking = self.live.get(StepRef.of(step))
        if asking is not None:
            return asking.agent.settings.format
        settings = self._context.agents.settings.get(step.agent) if isinstance(step, AgentStep) else None
        return settings.format if settings is not None else "markdown"

    def raise_defects(self) -> None:
        """Raise what a turn failed by, where that was neither an outcome nor its being given up."""
        for asking in self.live.values():
            asking.raise_defect()

    async def cancel(self) -> None:
        """Stop the agents as far as PRX allows."""
        await asyncio.gather(*(asking.cancel() for asking in self.live.values()))

    async def abandon(self) -> None:
        """Let go of what is at work in this process."""
        if self.live:
            await asyncio.gather(*(asking.abandon() for asking in self.live.values()))

    def _show_progress(self, step: AgentStep) -> None:
        if step.progress == "reaction":
            self._context.reactions.show(self._ledger.entry.key, self._ledger.entry.decision.message)

    def _over(self, ref: StepRef) -> None:
        self._places.ended(ref)
        self._wake()

    def _has_else(self, ref: StepRef) -> bool:
        """Whether something follows a step in its chain."""
        steps = self._ledger.entry.decision.steps
        return any(StepRef.of(each) == ref for step in steps for each in (step, *step.alternatives)[:-1])
