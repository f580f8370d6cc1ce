"""The ``agent`` steps of one message: their place in the session, their turn, its timeout, its answer (language.md 7)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import AgentStep, BoundStep
from prx_dingtalk_router.decision.rendering import RenderedReply, render_for_agent
from prx_dingtalk_router.decision.session import session_name
from prx_dingtalk_router.delivery.dispatch.chains import NotDone, Result
from prx_dingtalk_router.delivery.dispatch.context import Cancelled, Context, unless
from prx_dingtalk_router.delivery.dispatch.failures import NOTHING_TO_TELL, RENDERED_NOTHING, failure_of
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger
from prx_dingtalk_router.delivery.dispatch.outgoing import Outgoing
from prx_dingtalk_router.delivery.dispatch.people import person_of
from prx_dingtalk_router.delivery.dispatch.turn_task import TurnTask
from prx_dingtalk_router.delivery.journal import Lane, StepRef, TurnRecord
from prx_dingtalk_router.delivery.journal.entry import TURN_IN_FLIGHT
from prx_dingtalk_router.delivery.prx import Agent, Answered, Failed, NotStarted, Outcome, Unknown
from prx_dingtalk_router.delivery.prx.request import MOST_BYTES, idempotency_key, request_body
from prx_dingtalk_router.errors import RenderError

# A daemon that does not even answer a look is not waited for any longer.
_LAST_LOOK = 3.0


class AgentSteps:
    """Carries out the agent steps of one entry.

    Args:
        context: the surroundings.
        ledger: of the message.
        outgoing: sends answers and notices.
        resumed: an earlier process let it into its session, so it is not turned away.
    """

    def __init__(
        self, context: Context, ledger: Ledger, outgoing: Outgoing, *, resumed: bool = False
    ) -> None:
        self._context = context
        self._ledger = ledger
        self._entry = ledger.entry
        self._resumed = resumed
        self._outgoing = outgoing
        self._cancelled = asyncio.Event()
        self._held: dict[StepRef, Lane] = {}
        self._crowded: set[StepRef] = set()
        self._tasks: dict[StepRef, TurnTask] = {}
        self._attempts: Counter[str] = Counter()
        for turn in ledger.entry.turns:
            self._attempts[turn.lane.agent] = max(self._attempts[turn.lane.agent], turn.attempt)

    @property
    def late(self) -> Mapping[StepRef, TurnTask]:
        """Turns that go on although their step has failed with a timeout."""
        return self._tasks

    async def place(self) -> None:
        """Take the places in sessions: for turns left by an earlier process, and for the first agent step.

        Called in the order in which a person's messages were stored, so that ``forget`` divides them.
        """
        for turn in self._entry.turns:
            agent = self._context.agents.get(turn.lane.agent)
            if turn.state in TURN_IN_FLIGHT and agent is not None:
                self._context.sessions.enter(
                    turn.lane, self._entry.key, self._entry.order, None, dispatched=True
                )
                self._tasks[turn.step] = TurnTask(
                    self._context, self._ledger, agent, turn.step, turn.lane, turn, self._next_attempt
                )
                if turn.cancel_asked:
                    self._cancelled.set()
        for step in self._entry.decision.steps:
            if isinstance(step, AgentStep) and self._waits(step):
                await self._enter(step)

    async def perform(self, step: AgentStep, failure: Text | None) -> Result:
        """Ask the agent and send its answer.

        Raises:
            Cancelled: the sender stopped it.
            Suspended: the process stops before it was dispatched.
        """
        ref = StepRef.of(step)
        agent = self._context.agents.get(step.agent)
        if agent is None:
            await self._leave(ref)
            removed = text("delivery.agent-removed", agent=step.agent)
            return NotDone(removed, at_work=self.may_be_at_work(step))
        earlier = self._entry.turn(ref)
        if earlier is not None and earlier.state not in (*TURN_IN_FLIGHT, "prepared", "superseded"):
            if earlier.cancel_asked and earlier.state != "answered":
                raise Cancelled
            return await self._conclude(step, agent, _outcome_of(earlier))
        task = self._tasks.get(ref)
        if task is None:
            begun = await self._begin(step, agent, failure)
            if isinstance(begun, NotDone):
                await self._leave(ref)
                return begun
            task = self._tasks[ref] = begun
        outcome = await self._watch(step, task)
        if outcome is None:
            return NotDone(text("delivery.timed-out"), at_work=not task.agent.settings.retry_safe)
        del self._tasks[ref]
        if self._cancelled.is_set() and not isinstance(outcome, Answered):
            raise Cancelled
        return await self._conclude(step, task.agent, outcome)

    def may_be_at_work(self, step: BoundStep) -> bool:
        """Whether a failed step of an earlier process may have left its agent at work."""
        turn = self._entry.turn(StepRef.of(step))
        if turn is None or turn.state in ("not-started", "prepared", "superseded"):
            return False
        agent = self._context.agents.get(turn.lane.agent)
        return agent is None or not agent.settings.retry_safe

    async def first_to_end(self, steps: Sequence[AgentStep]) -> AgentStep:
        """The first of these steps whose turn has ended, or that has none at work."""
        tasks = [self._tasks.get(StepRef.of(step)) for step in steps]
        at_work = [task.task for task in tasks if task is not None]
        if len(at_work) == len(steps):
            await asyncio.wait(at_work, return_when=asyncio.FIRST_COMPLETED)
        return next(step for step, task in zip(steps, tasks, strict=True) if task is None or task.task.done())

    async def deliver_late(self, step: AgentStep) -> Result | None:
        """Wait for a turn that outlived its timeout, and send its answer; None when there is no such turn."""
        ref = StepRef.of(step)
        task = self._tasks.get(ref)
        if task is None:
            earlier = self._entry.turn(ref)
            agent = self._context.agents.get(step.agent)
            if earlier is None or earlier.state != "answered" or agent is None:
                return None
            # It came after the timeout and just before a restart.
            return await self._conclude(step, agent, _outcome_of(earlier))
        outcome = await task.settled()
        self._tasks.pop(ref, None)
        if outcome is None or (self._cancelled.is_set() and not isinstance(outcome, Answered)):
            raise Cancelled
        return await self._conclude(step, task.agent, outcome)

    async def cancel(self) -> bool:
        """Stop what runs, as far as PRX allows, and what waits; whether something may still be at work."""
        self._cancelled.set()
        at_work = any(task.maybe_at_work for task in self._tasks.values())
        await asyncio.gather(*(task.cancel() for task in self._tasks.values()))
        return at_work

    async def give_up(self, step: AgentStep) -> None:
        """Leave the place of a step that is not going to be performed."""
        await self._leave(StepRef.of(step))

    async def aclose(self) -> None:
        """Leave all places, and give up what is still running in this process."""
        for task in list(self._tasks.values()):
            await task.abandon()
        for ref in list(self._held):
            await self._leave(ref)

    def _has_else(self, ref: StepRef) -> bool:
        """Whether something follows a step in its chain."""
        return any(
            StepRef.of(entry) == ref
            for step in self._entry.decision.steps
            for entry in (step, *step.alternatives)[:-1]
        )

    def _waits(self, step: AgentStep) -> bool:
        ref = StepRef.of(step)
        turn = self._entry.turn(ref)
        return ref not in self._entry.steps and (turn is None or turn.state in ("prepared", "superseded"))

    async def _enter(self, step: AgentStep) -> Lane | None:
        """A place in the session of ``step``; None when too many wait there."""
        ref = StepRef.of(step)
        if ref in self._crowded:
            return None
        if ref in self._held:
            return self._held[ref]
        agent = self._context.agents.get(step.agent)
        if agent is None:
            return None
        lane = Lane(step.agent, await self._session(step))
        waiting = None if self._resumed else agent.settings.waiting
        if not self._context.sessions.enter(lane, self._entry.key, self._entry.order, waiting):
            self._crowded.add(ref)
            return None
        self._held[ref] = lane
        return lane

    async def _session(self, step: AgentStep) -> str:
        decision = self._entry.decision
        person = person_of(decision.message)
        generation = await self._context.journal.generation(person, self._entry.arrival)
        number = generation.conversation if step.session == "conversation" else generation.person
        return session_name(decision.client_id, decision.message, step.session, number)

    def _next_attempt(self, agent: str) -> int:
        """The number of the next attempt to ask ``agent``, whichever step it is for: its keys differ by nothing else."""
        self._attempts[agent] += 1
        return self._attempts[agent]

    async def _leave(self, ref: StepRef) -> None:
        lane = self._held.pop(ref, None)
        if lane is not None:
            self._context.sessions.leave(lane, self._entry.key)

    async def _begin(self, step: AgentStep, agent: Agent, failure: Text | None) -> TurnTask | NotDone:
        """Wait for the session and dispatch."""
        if self._cancelled.is_set():
            raise Cancelled
        ref = StepRef.of(step)
        decision = self._entry.decision
        lane = await self._enter(step)
        if lane is None:
            return NotDone(text("delivery.queue-full"))
        if any(task.lane == lane for task in self._tasks.values()):
            # The turn of an earlier step is still at it: the place is that turn's.
            del self._held[ref]
            return NotDone(text("delivery.busy"))
        try:
            told = render_for_agent(step, decision, failure_of(failure))
        except RenderError as error:
            return NotDone(text(NOTHING_TO_TELL) if error.text.key == RENDERED_NOTHING else error.text)
        body = request_body(told, lane.session)
        if len(body) > MOST_BYTES:
            return NotDone(text("delivery.too-long"))
        waiting = self._context.sessions.await_turn(lane, self._entry.key)
        await unless(waiting, self._cancelled, self._context.closing)

        # It may have waited over a reload.
        present = self._context.agents.get(step.agent)
        if present is None:
            return NotDone(text("delivery.agent-removed", agent=step.agent))
        agent = present
        # A row that was prepared and never sent is the one to be sent now.
        earlier = self._entry.turn(ref)
        unsent = earlier if earlier is not None and earlier.state == "prepared" else None
        attempt = self._next_attempt(agent.name) if unsent is None else unsent.attempt
        noticed = unsent is not None and unsent.noticed

        def record() -> TurnRecord:
            entry = self._entry.key
            key = idempotency_key(decision.client_id, entry.robot, entry.msg_id, agent.name, attempt)
            return TurnRecord(ref, lane, key, body, self._context.clock.now_ms(), attempt, noticed=noticed)

        # From here on the turn itself leaves the lane, once its job has ended.
        del self._held[ref]
        patience = None if step.alternatives or step.is_alternative else step.timeout
        task = TurnTask(
            self._context,
            self._ledger,
            agent,
            ref,
            lane,
            record,
            self._next_attempt,
            throttled_for=patience,
            has_else=self._has_else(ref),
        )
        try:
            await unless(_either(task), self._cancelled, self._context.closing)
        except BaseException:
            await task.abandon()
            raise
        return task

    async def _watch(self, step: AgentStep, task: TurnTask) -> Outcome | None:
        """Wait for the turn, say "still working" once, and give up at the timeout (None) if it may be at work."""
        clock, settings = self._context.clock, task.agent.settings
        deadline = task.dispatched_at_ms + step.timeout * 1000
        notice_at = None
        if settings.notice_after is not None and not (task.turn is not None and task.turn.record.noticed):
            notice_at = task.dispatched_at_ms + settings.notice_after * 1000
        while not task.task.done():
            now = clock.now_ms()
            if now >= deadline:
                if not task.maybe_at_work:
                    return await task.give_up(task.hindrance or text("delivery.timed-out"))
                if not await task.has_ended(_LAST_LOOK):
                    return None
                continue
            if notice_at is not None and now >= notice_at:
                notice_at = None
                await task.note_notice()
                self._outgoing.notice(step, settings.notice)
                continue
            wake = deadline if notice_at is None else min(deadline, notice_at)
            await _first(task.task, clock.sleep((wake - now) / 1000))
        try:
            return task.task.result()
        except asyncio.CancelledError:
            # Somebody else ended it: its sender by `cancel`, or the process.
            raise Cancelled from None

    async def _conclude(self, step: AgentStep, agent: Agent, outcome: Outcome) -> Result:
        at_work = not agent.settings.retry_safe
        match outcome:
            case Answered(answer) if answer.strip():
                reply = RenderedReply(agent.settings.format, answer, ())
                return await self._outgoing.send(step, reply, "answer", at_work=at_work)
            case Answered():
                return NotDone(text("delivery.empty-answer"), at_work=at_work)
            case NotStarted(reason=reason):
                return NotDone(reason)
            case Failed(reason=reason) | Unknown(reason=reason):
                return NotDone(reason, at_work=at_work)


async def _either(task: TurnTask) -> None:
    """Until the turn is dispatched, or over without that."""
    dispatched = asyncio.ensure_future(task.dispatched.wait())
    try:
        await asyncio.wait({dispatched, task.task}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        dispatched.cancel()


async def _first(task: asyncio.Task[Outcome], sleep: Coroutine[Any, Any, None]) -> None:
    """Until the task is done or the time is over, whichever comes first; the task is not touched."""
    timer = asyncio.ensure_future(sleep)
    try:
        await asyncio.wait({task, timer}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        timer.cancel()


def _outcome_of(turn: TurnRecord) -> Outcome:
    """The outcome that a row of an earlier process tells."""
    reason = turn.failure or text("delivery.unknown-outcome")
    match turn.state:
        case "answered":
            return Answered(turn.answer or "")
        case "not-started":
            return NotStarted(reason)
        case "failed":
            return Failed(reason)
        case _:
            return Unknown(reason)
