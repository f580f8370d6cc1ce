"""A turn at work in this process: it holds its lane and its room at the agent until the job has ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger, LedgerRow
from prx_dingtalk_router.delivery.dispatch.progress import LiveTurn
from prx_dingtalk_router.delivery.dispatch.requests import another_attempt
from prx_dingtalk_router.delivery.events import AgentEnded, AgentFault, AgentResult, AgentStarted
from prx_dingtalk_router.delivery.journal import TurnRecord
from prx_dingtalk_router.delivery.prx import Agent, Answered, Failed, NotStarted, Turn, TurnOutcome, Unknown
from prx_dingtalk_router.delivery.waiting import wait_for_any

# An unknown outcome is run again once, and only for an agent that is marked as safe for it.
_MOST_ATTEMPTS = 2
# A daemon that does not even answer a look is not waited for any longer.
_LAST_LOOK = 3.0

_RESULTS: dict[type[TurnOutcome], AgentResult] = {
    Answered: "answered",
    NotStarted: "not-started",
    Failed: "failed",
    Unknown: "unknown",
}


class Asking:
    """Runs the turn of one step in the background, and keeps its row of the ledger.

    Args:
        context: the surroundings.
        ledger: of the message whose step it is.
        agent: who is asked, with room for it; stays the same whatever a reload does.
        record: the row, new or of an earlier process.
        timeout: seconds after which its step gives it up.
        throttled_for: seconds to bear being told to wait; None for as long as the agent may be out of reach.
        has_else: something follows in the chain if the agent cannot be reached.
        on_end: called once it is over, however; it has no room any more then, and gives its lane back by this.
    """

    def __init__(
        self,
        context: Context,
        ledger: Ledger,
        agent: Agent,
        record: TurnRecord,
        *,
        timeout: float,
        throttled_for: float | None = None,
        has_else: bool = False,
        on_end: Callable[[], None],
    ) -> None:
        self._context = context
        self._ledger = ledger
        self._key = ledger.entry.key
        self.agent = agent
        self.lane = record.lane
        self._step = record.step
        self._throttled_for = throttled_for
        self._has_else = has_else
        self._on_end = on_end
        # After a restart the time that has passed can only be told by the wall clock.
        passed = (
            (context.clock.now_ms() - record.dispatched_at_ms) / 1000 if record.state != "prepared" else 0.0
        )
        self._began = context.clock.monotonic() - max(0.0, passed)
        self._deadline = self._began + timeout
        notice_after = agent.settings.notice_after
        self._notice_at = None if notice_after is None or record.noticed else self._began + notice_after
        self._turn = self._turn_of(record)
        self._given_up: Text | None = None
        self._task = asyncio.create_task(self._run(), name=f"turn-{agent.name}-{self._key.msg_id}")
        self._task.add_done_callback(lambda _: self._over())

    def view(self) -> LiveTurn:
        """What it comes to for what is done next."""
        return LiveTurn(self._task.done(), self._deadline, self._notice_at)

    def raise_defect(self) -> None:
        """Raise what ended it, if that was neither an outcome nor its being given up."""
        if self._task.done() and not self._task.cancelled() and (defect := self._task.exception()):
            raise defect

    async def cancel(self) -> None:
        """Stop the turn as far as PRX allows; one that is certainly not at work ends at once."""
        if self._task.done():
            return
        if self._turn.maybe_at_work:
            await self._turn.cancel()
        else:
            await self._give_up(text("delivery.cancelled"))

    async def time_out(self, reason: Text) -> bool:
        """Look once more whether it has ended; one that is certainly not at work is given up, and its row says why.

        Args:
            reason: why, where nothing else kept the agent from taking it.

        Returns:
            Whether it is over; if not, it goes on although its step does not wait for it any more.
        """
        if not self._turn.maybe_at_work:
            outcome = NotStarted(self._turn.hindrance or reason)
            await self._give_up(outcome.reason)
            self._tell_end(outcome)
            return True
        await wait_for_any(self._look(), self._context.clock.sleep(_LAST_LOOK))
        return self._task.done()

    async def note_notice(self) -> None:
        """Remember that "still working" was said."""
        self._notice_at = None
        await self._row.keep(noticed=True)

    async def abandon(self) -> None:
        """End it without asking PRX."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _give_up(self, reason: Text) -> None:
        """End a turn that is certainly not at work; its row says so before anybody follows in its session."""
        self._given_up = reason
        await self.abandon()

    async def _look(self) -> None:
        if await self._turn.look():
            await asyncio.wait({self._task})

    async def _run(self) -> TurnOutcome:
        try:
            return await self._attempts()
        except asyncio.CancelledError:
            if self._given_up is not None:
                # That it is sent may be on its way to the journal, and the next process would believe it.
                await self._row.keep(state="not-started", failure=self._given_up)
            raise

    async def _attempts(self) -> TurnOutcome:
        outcome = await self._attempt()
        while (
            isinstance(outcome, Unknown)
            and self.agent.settings.retry_safe
            and not self._ledger.entry.cancelled
            and self._turn.record.attempt < _MOST_ATTEMPTS
        ):
            self._turn = self._turn_of(another_attempt(self._ledger.entry, self._turn.record))
            outcome = await self._attempt()
        return outcome

    async def _attempt(self) -> TurnOutcome:
        if self._ledger.entry.cancelled:
            await self._turn.cancel()
        self._context.emit(
            AgentStarted(
                **self._where(),
                at_ms=self._context.clock.now_ms(),
                agent=self.agent.name,
                session=self.lane.session,
                attempt=self._turn.record.attempt,
            )
        )
        outcome = await self._turn.run()
        self._tell_end(outcome)
        return outcome

    def _turn_of(self, record: TurnRecord) -> Turn:
        self._row = LedgerRow(self._ledger, record)
        return Turn(
            self.agent,
            self._row,
            _OtherTurns(self._context, self._ledger.entry.arrival),
            self._context.clock,
            throttled_for=self._throttled_for,
            has_else=self._has_else,
            on_fault=self._tell_fault,
        )

    def _over(self) -> None:
        self.agent.room.leave((self._key, self._step))
        self._on_end()

    def _tell_fault(self, reason: Text) -> None:
        now = self._context.clock.now_ms()
        self._context.emit(AgentFault(**self._where(), at_ms=now, agent=self.agent.name, reason=reason))

    def _tell_end(self, outcome: TurnOutcome) -> None:
        self._context.emit(
            AgentEnded(
                **self._where(),
                at_ms=self._context.clock.now_ms(),
                agent=self.agent.name,
                result=_RESULTS[type(outcome)],
                seconds=self._context.clock.monotonic() - self._began,
                reason=None if isinstance(outcome, Answered) else outcome.reason,
                alert=isinstance(outcome, (NotStarted, Failed)) and outcome.alert,
            )
        )

    def _where(self) -> dict[str, str]:
        return {
            "robot": self._key.robot,
            "msg_id": self._key.msg_id,
            "rule": self._step.rule,
            "position": self._step.position,
        }


class _OtherTurns:
    """What the journal knows of turns beside one of a message."""

    def __init__(self, context: Context, arrival: int) -> None:
        self._context = context
        self._arrival = arrival

    async def taken(self, job_ids: Collection[str]) -> Collection[str]:
        """Which of these jobs belong to turns."""
        return await self._context.condition.outlast(lambda: self._context.journal.jobs_taken(job_ids))

    async def jobless(self, turn: TurnRecord) -> Collection[TurnRecord]:
        """The turns before one in its session that may have begun, and whose job was never named."""
        return await self._context.condition.outlast(
            lambda: self._context.journal.jobless(self._arrival, turn)
        )
