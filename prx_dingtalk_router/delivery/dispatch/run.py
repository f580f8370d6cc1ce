"""One message, from its stored decision to its end: steps in order, each by its chain (language.md section 7)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import (
    AgentStep,
    BoundStep,
    CancelStep,
    DropStep,
    ForgetStep,
    ReplyStep,
)
from prx_dingtalk_router.decision.rendering import render_reply
from prx_dingtalk_router.delivery.dispatch import chains
from prx_dingtalk_router.delivery.dispatch.agent_steps import AgentSteps
from prx_dingtalk_router.delivery.dispatch.chains import NotDone, Performed, RefusedByGuard, Result
from prx_dingtalk_router.delivery.dispatch.context import Cancelled, Context, Suspended
from prx_dingtalk_router.delivery.dispatch.failures import shown
from prx_dingtalk_router.delivery.dispatch.outgoing import Outgoing
from prx_dingtalk_router.delivery.dispatch.people import person_of
from prx_dingtalk_router.delivery.events import (
    Dead,
    DeliveryEvent,
    Done,
    Dropped,
    LateAnswer,
    Limited,
    StepFailed,
    StepStarted,
)
from prx_dingtalk_router.delivery.journal import Entry, StepRecord, StepRef
from prx_dingtalk_router.delivery.prx import Answered
from prx_dingtalk_router.errors import JournalError, RenderError

logger = logging.getLogger(__name__)

LIMITED = "limited"
CANCELLED = "cancelled"

Ending = tuple[str | None] | Text | None
"""How a message ended: dropped with a reason (in a tuple), dead with one, or done (None)."""


class Run:
    """Carries out one entry; after a restart it goes on where the journal says it was."""

    def __init__(self, context: Context, entry: Entry) -> None:
        self._context = context
        self._entry = entry
        self._decision = entry.decision
        self._message = entry.decision.message
        self._steps = dict(entry.steps)
        self._outgoing = Outgoing(context, entry)
        self._agents = AgentSteps(context, entry, self._outgoing)
        self._ended = asyncio.Event()

    @property
    def arrival(self) -> int:
        """Its number among all stored messages."""
        return self._entry.arrival

    async def cancel(self) -> None:
        """Stop its agents, if it has any.

        Returns once a restart would not bring it back: the rows of its turns say so, or it has ended.
        """
        if not await self._agents.cancel():
            await self._ended.wait()

    async def carry_out(self) -> bool:
        """Perform all steps and end the entry; False if it is left unfinished because the process stops."""
        person = person_of(self._message)
        self._context.people.enter(person, self)
        try:
            async with self._context.people.in_order(person):
                await self._forget_ahead()
                await self._agents.place()
            try:
                ending = await self._perform_all()
            except Cancelled:
                ending = (CANCELLED,)
            await self._end(ending)
        except Suspended:
            return False
        except JournalError as error:
            logger.exception(text("delivery.journal-failed", msg_id=self._entry.key.msg_id))
            self._context.give_up(error)
            return False
        except Exception:
            logger.exception(text("delivery.not-carried-out", msg_id=self._entry.key.msg_id))
            await self._finish(text("delivery.defect"))
        finally:
            self._context.people.leave(person, self)
            await self._agents.aclose()
            await self._outgoing.aclose()
            self._ended.set()
        return True

    async def perform(self, step: BoundStep, failure: Text | None) -> Result:
        """Perform one entry of a chain, unless it was before a restart."""
        before = self._steps.get(StepRef.of(step))
        if before is not None and before.state != "sending":
            return self._as_before(step, before)
        if not await self._context.guards.admit(step, self._message, self._entry.key):
            if isinstance(step, AgentStep):
                await self._agents.give_up(step)
            self._emit(Limited, rule=step.rule, position=step.position)
            await self._record(step, StepRecord("refused"))
            return RefusedByGuard()
        name = type(step).__name__.removesuffix("Step").lower()
        self._emit(StepStarted, rule=step.rule, position=step.position, step=name)
        result = await self._one(step, failure)
        if isinstance(result, NotDone):
            await self._context.guards.give_back(step, self._message, self._entry.key)
            self._emit(StepFailed, rule=step.rule, position=step.position, reason=result.reason)
            parts = self._outgoing.parts(step)
            await self._record(step, StepRecord("failed", parts, result.reason))
        else:
            await self._record(step, StepRecord("performed"))
        return result

    async def _one(self, step: BoundStep, failure: Text | None) -> Result:
        match step:
            case ReplyStep():
                try:
                    reply = render_reply(step, self._decision, shown(failure))
                except RenderError as error:
                    return NotDone(error.text)
                return await self._outgoing.send(step, reply, "reply")
            case AgentStep():
                return await self._agents.perform(step, failure)
            case ForgetStep():
                person = person_of(self._message)
                await self._context.journal.forget(person, self._entry.key, StepRef.of(step))
            case CancelStep():
                await self._context.people.cancel_before(person_of(self._message), self._entry.arrival)
        return Performed()

    def _as_before(self, step: BoundStep, record: StepRecord) -> Result:
        if record.state == "performed":
            return Performed()
        if record.state == "refused":
            return RefusedByGuard()
        at_work = isinstance(step, AgentStep) and self._agents.may_be_at_work(step)
        return NotDone(record.failure or text("delivery.failed"), at_work=at_work)

    async def _forget_ahead(self) -> None:
        """Perform ``forget`` when the message is taken, so that the sender's next one begins anew however fast it comes."""
        for step in self._decision.steps:
            if not isinstance(step, ForgetStep) or StepRef.of(step) in self._steps:
                continue
            if await self._context.guards.admit(step, self._message, self._entry.key):
                await self._one(step, None)

    async def _perform_all(self) -> Ending:
        undelivered: Text | None = None
        for step in self._decision.steps:
            self._outgoing.undelivered = None
            result = await chains.follow(step, self)
            match result:
                case chains.Done() if result.dropped:
                    return (_reason(result.step),)
                case chains.Exhausted() if isinstance(step, AgentStep):
                    return await self._agent_exhausted(step, result)
                case chains.Exhausted():
                    undelivered = undelivered or self._outgoing.undelivered
        if undelivered is None and self._decision.outcome == "drop" and not self._decision.steps:
            return (self._decision.reason,)
        return undelivered

    async def _agent_exhausted(self, step: AgentStep, result: chains.Exhausted) -> Ending:
        """Nothing was performed instead: an answer that comes late is still the answer."""
        asked = [each for each in (step, *step.alternatives) if isinstance(each, AgentStep)]
        reason = result.reason
        while asked:
            each = await self._agents.first_to_end(asked)
            asked.remove(each)
            late = await self._agents.deliver_late(each)
            if isinstance(late, Performed):
                await self._record(each, StepRecord("performed"))
                return None
            if isinstance(late, NotDone):
                reason = late.reason
        return (LIMITED,) if reason is None else reason

    async def _end(self, ending: Ending) -> None:
        """End the entry, once turns that outlived their step have ended: their session is busy until then."""
        if self._agents.late:
            self._tell(ending)
            for ref, task in list(self._agents.late.items()):
                if isinstance(await task.settled(), Answered):
                    self._emit(LateAnswer, rule=ref.rule, position=ref.position, agent=task.agent.name)
            await self._keep(ending)
        else:
            await self._finish(ending)

    async def _finish(self, ending: Ending) -> None:
        await self._keep(ending)
        self._tell(ending)

    async def _keep(self, ending: Ending) -> None:
        now = self._context.clock.now_ms()
        match ending:
            case None:
                await self._context.journal.finish(self._entry.key, "done", None, now)
            case (reason,):
                await self._context.journal.finish(self._entry.key, "dropped", reason, now)
            case Text() as reason:
                await self._context.journal.finish(self._entry.key, "dead", reason, now)

    def _tell(self, ending: Ending) -> None:
        match ending:
            case None:
                self._emit(Done)
            case (reason,):
                self._emit(Dropped, reason=reason)
            case Text() as reason:
                self._emit(Dead, reason=reason)

    async def _record(self, step: BoundStep, record: StepRecord) -> None:
        ref = StepRef.of(step)
        self._steps[ref] = record
        await self._context.journal.record_step(self._entry.key, ref, record)

    def _emit(self, event: Callable[..., DeliveryEvent], **fields: object) -> None:
        key = self._entry.key
        self._context.emit(
            event(robot=key.robot, msg_id=key.msg_id, at_ms=self._context.clock.now_ms(), **fields)
        )


def _reason(step: BoundStep) -> str | None:
    return step.reason if isinstance(step, DropStep) else None
