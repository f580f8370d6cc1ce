"""A turn at work: it holds its lane and its room at the agent from dispatch until the job has ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger
from prx_dingtalk_router.delivery.events import AgentEnded, AgentFault, AgentResult, AgentStarted
from prx_dingtalk_router.delivery.journal import Lane, StepRef, TurnChanged, TurnRecord
from prx_dingtalk_router.delivery.prx import Agent, Answered, Failed, NotStarted, Outcome, Turn, Unknown
from prx_dingtalk_router.delivery.prx.request import idempotency_key

# An unknown outcome is run again once, and only for an agent that is marked as safe for it.
_MOST_ATTEMPTS = 2

_RESULTS: dict[type[Outcome], AgentResult] = {
    Answered: "answered",
    NotStarted: "not-started",
    Failed: "failed",
    Unknown: "unknown",
}


class TurnTask:
    """Runs the turn of one step in the background.

    Args:
        context: the surroundings.
        ledger: of the message whose step it is.
        agent: who is asked; stays the same whatever a reload does.
        step: which step.
        lane: held already by the entry, left when the turn has ended.
        record: makes the row when the turn is dispatched; or the row of an earlier process.
        next_attempt: numbers the attempts of this entry to ask an agent.
        throttled_for: seconds to bear being told to wait.
        has_else: something follows in the chain if the agent cannot be reached.
    """

    def __init__(
        self,
        context: Context,
        ledger: Ledger,
        agent: Agent,
        step: StepRef,
        lane: Lane,
        record: TurnRecord | Callable[[], TurnRecord],
        next_attempt: Callable[[str], int],
        *,
        throttled_for: float | None = None,
        has_else: bool = False,
    ) -> None:
        self._context = context
        self._ledger = ledger
        self._entry = ledger.entry
        self._agent = agent
        self._step = step
        self._lane = lane
        self._throttled_for = throttled_for
        self._has_else = has_else
        self._left = record if isinstance(record, TurnRecord) else None
        self._make = record
        self._next_attempt = next_attempt
        self.turn: Turn | None = None
        self.dispatched = asyncio.Event()
        self.cancel_asked = self._left is not None and self._left.cancel_asked
        self.task: asyncio.Task[Outcome] = asyncio.create_task(
            self._run(), name=f"turn-{agent.name}-{ledger.entry.key.msg_id}"
        )

    @property
    def agent(self) -> Agent:
        """Who is asked."""
        return self._agent

    @property
    def lane(self) -> Lane:
        """What it keeps busy."""
        return self._lane

    @property
    def maybe_at_work(self) -> bool:
        """Whether the agent may have begun."""
        return self.turn.maybe_at_work if self.turn is not None else self._left is not None

    @property
    def hindrance(self) -> Text | None:
        """Why the agent has not taken the turn so far, where that is known."""
        return self.turn.hindrance if self.turn is not None else None

    @property
    def dispatched_at_ms(self) -> int:
        """When the turn was dispatched; the timeout counts from it."""
        row = self.turn.record if self.turn is not None else self._left
        return row.dispatched_at_ms if row is not None else self._context.clock.now_ms()

    async def cancel(self) -> None:
        """Stop the turn as far as PRX allows; one that is certainly not at work ends at once."""
        self.cancel_asked = True
        if not self.maybe_at_work:
            await self.abandon()
        elif self.turn is not None:
            await self.turn.cancel()

    async def has_ended(self, within: float) -> bool:
        """Look once more whether the turn has ended, and see it to its end if it has; at most ``within`` seconds."""
        last_look = asyncio.create_task(self._last_look())
        timer = asyncio.ensure_future(self._context.clock.sleep(within))
        try:
            await asyncio.wait({last_look, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in (last_look, timer):
                each.cancel()
            await asyncio.gather(last_look, timer, return_exceptions=True)
        return self.task.done()

    async def _last_look(self) -> None:
        if self.turn is not None and await self.turn.look():
            await asyncio.wait({self.task})

    async def settled(self) -> Outcome | None:
        """Wait for the end; None if it was abandoned. Whoever waits may give up without harm to the turn."""
        await asyncio.wait({self.task})
        return None if self.task.cancelled() else self.task.result()

    async def abandon(self) -> None:
        """End the task without asking PRX."""
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def give_up(self, reason: Text) -> NotStarted:
        """End the task of a turn that is certainly not at work, and let the row say so."""
        await self.abandon()
        if self.turn is not None:
            row = replace(self.turn.record, state="not-started", failure=reason)
            await self._ledger.apply(TurnChanged(row))
            self._tell_end(row, NotStarted(reason))
        return NotStarted(reason)

    async def note_notice(self) -> None:
        """Remember that "still working" was said."""
        if self.turn is not None:
            self.turn.record = replace(self.turn.record, noticed=True)
            await self._ledger.apply(TurnChanged(self.turn.record))

    async def _run(self) -> Outcome:
        try:
            async with self._agent.room():
                record = self._make if isinstance(self._make, TurnRecord) else self._make()
                outcome = await self._attempt(record)
                while (
                    isinstance(outcome, Unknown)
                    and self._agent.settings.retry_safe
                    and not self.cancel_asked
                    and record.attempt < _MOST_ATTEMPTS
                ):
                    record = self._again(record)
                    outcome = await self._attempt(record)
                return outcome
        finally:
            self._context.sessions.leave(self._lane, self._entry.key)

    def _again(self, record: TurnRecord) -> TurnRecord:
        """The next attempt: a new key, the same bytes, the same timeout."""
        attempt, entry = self._next_attempt(self._agent.name), self._entry.key
        client_id = self._entry.decision.client_id
        key = idempotency_key(client_id, entry.robot, entry.msg_id, self._agent.name, attempt)
        return TurnRecord(record.step, record.lane, key, record.body, record.dispatched_at_ms, attempt)

    async def _attempt(self, record: TurnRecord) -> Outcome:
        async def save(changed: TurnRecord) -> None:
            await self._ledger.apply(TurnChanged(changed))

        self.turn = Turn(
            self._agent,
            record,
            save,
            self._context.clock,
            throttled_for=self._throttled_for,
            has_else=self._has_else,
            on_fault=self._tell_fault,
        )
        if self.cancel_asked:
            await self.turn.cancel()
        self._context.emit(
            AgentStarted(
                **self._where(),
                at_ms=self._context.clock.now_ms(),
                agent=self._agent.name,
                session=self._lane.session,
                attempt=record.attempt,
            )
        )
        self.dispatched.set()
        outcome = await self.turn.run()
        self._tell_end(record, outcome)
        return outcome

    def _tell_fault(self, reason: Text) -> None:
        now = self._context.clock.now_ms()
        self._context.emit(AgentFault(**self._where(), at_ms=now, agent=self._agent.name, reason=reason))

    def _tell_end(self, record: TurnRecord, outcome: Outcome) -> None:
        now = self._context.clock.now_ms()
        self._context.emit(
            AgentEnded(
                **self._where(),
                at_ms=now,
                agent=self._agent.name,
                result=_RESULTS[type(outcome)],
                seconds=(now - record.dispatched_at_ms) / 1000,
                reason=None if isinstance(outcome, Answered) else outcome.reason,
                alert=isinstance(outcome, (NotStarted, Failed)) and outcome.alert,
            )
        )

    def _where(self) -> dict[str, str]:
        return {
            "robot": self._entry.key.robot,
            "msg_id": self._entry.key.msg_id,
            "rule": self._step.rule,
            "position": self._step.position,
        }
