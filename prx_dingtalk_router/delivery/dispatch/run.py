"""One message, from its stored decision to its end: steps in order, each by its chain (language.md section 7)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import (
    DENIED,
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
from prx_dingtalk_router.delivery.dispatch.failures import (
    NOTHING_TO_TELL,
    failure_of,
    is_unconfirmed,
    is_undelivered,
)
from prx_dingtalk_router.delivery.dispatch.guards import room_for, room_of
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger
from prx_dingtalk_router.delivery.dispatch.outgoing import Outgoing
from prx_dingtalk_router.delivery.dispatch.people import person_of
from prx_dingtalk_router.delivery.dispatch.silence import Silence, worded
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
from prx_dingtalk_router.delivery.journal import (
    Change,
    Ended,
    Entry,
    Forgotten,
    StepChanged,
    StepRecord,
    StepRef,
)
from prx_dingtalk_router.delivery.prx import Answered
from prx_dingtalk_router.errors import JournalError, RenderError

logger = logging.getLogger(__name__)

EMPTY = "empty message"
LIMITED = "limited"
CANCELLED = "cancelled"

Ending = tuple[str | None] | Text | None
"""How a message ended: dropped with a reason (in a tuple), dead with one, or done (None)."""


class Run:
    """Carries out one entry; after a restart it goes on where the journal says it was.

    Args:
        context: the surroundings.
        entry: as it was stored, or found at the last start.
        resumed: an earlier process may have begun with it.
    """

    def __init__(self, context: Context, entry: Entry, *, resumed: bool = False) -> None:
        self._context = context
        self._entry = entry
        self._ledger = Ledger(context.journal, entry)
        self._decision = entry.decision
        self._message = entry.decision.message
        self._steps = dict(entry.steps)
        self._outgoing = Outgoing(context, self._ledger)
        self._agents = AgentSteps(context, self._ledger, self._outgoing, resumed=resumed)
        self._silence = Silence(entry.decision, self._record_of)
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
            await self._end(await self._ending())
        except Suspended:
            return False
        except JournalError as error:
            logger.exception(text("delivery.journal-failed", msg_id=self._entry.key.msg_id))
            self._context.give_up(error)
            return False
        finally:
            self._context.people.leave(person, self)
            await self._agents.aclose()
            await self._outgoing.aclose()
            self._ended.set()
        return True

    async def tell_failure(self) -> bool:
        """Tell the sender of a message that is dead already; True, as there is nothing more to do."""
        if self._decision.by != DENIED:
            await self._say(self._failed_reply())
        return True

    async def perform(self, step: BoundStep, failure: Text | None) -> Result:
        """Perform one entry of a chain, unless it was before a restart."""
        before = self._steps.get(StepRef.of(step))
        if before is not None and before.state != "sending":
            return self._as_before(step, before)
        if not await self._admit(step):
            if isinstance(step, AgentStep):
                await self._agents.give_up(step)
            self._emit(Limited, rule=step.rule, position=step.position)
            await self._record(step, StepRecord("refused"))
            return RefusedByGuard()
        name = type(step).__name__.removesuffix("Step").lower()
        self._emit(StepStarted, rule=step.rule, position=step.position, step=name)
        result = await self._one(step, failure)
        if isinstance(result, NotDone):
            self._emit(StepFailed, rule=step.rule, position=step.position, reason=result.reason)
            parts = self._outgoing.parts_of(StepRef.of(step))
            failed = StepRecord("failed", parts, result.reason)
            await self._record(step, failed, *room_of(step, self._message))
        else:
            await self._record(step, StepRecord("performed"))
        return result

    async def _one(self, step: BoundStep, failure: Text | None) -> Result:
        match step:
            case ReplyStep():
                try:
                    reply = render_reply(step, self._decision, failure_of(failure))
                except RenderError as error:
                    return NotDone(error.text)
                return await self._outgoing.send(step, reply, "reply")
            case AgentStep():
                return await self._agents.perform(step, failure)
            case ForgetStep():
                await self._ledger.apply(Forgotten(person_of(self._message), StepRef.of(step)))
            case CancelStep():
                await self._context.people.cancel_before(person_of(self._message), self._entry.arrival)
        return Performed()

    def _as_before(self, step: BoundStep, record: StepRecord) -> Result:
        if record.state == "performed":
            return Performed()
        if record.state == "refused":
            return RefusedByGuard()
        at_work = isinstance(step, AgentStep) and self._agents.may_be_at_work(step)
        reason = record.failure or text("delivery.failed")
        return NotDone(reason, at_work=at_work, final=is_unconfirmed(reason))

    async def _forget_ahead(self) -> None:
        """Perform ``forget`` when the message is taken, so that the sender's next one begins anew however fast it comes."""
        for step in self._decision.steps:
            if not isinstance(step, ForgetStep) or StepRef.of(step) in self._steps:
                continue
            if await self._admit(step):
                await self._one(step, None)

    async def _admit(self, step: BoundStep) -> bool:
        """Whether the guard of a step has room for it; it counts from now on."""
        room = room_for(step, self._message, self._context.clock.now_ms())
        return not room or await self._ledger.apply(*room)

    async def _ending(self) -> Ending:
        """Carry everything out; a defect makes the message dead."""
        try:
            async with self._context.people.in_order(person_of(self._message)):
                await self._forget_ahead()
                await self._agents.place()
            return await self._perform_all()
        except Cancelled:
            return (CANCELLED,)
        except (Suspended, JournalError):
            raise
        except Exception:
            logger.exception(text("delivery.not-carried-out", msg_id=self._entry.key.msg_id))
            return text("delivery.defect")

    async def _perform_all(self) -> Ending:
        undelivered: Text | None = None
        for step in self._decision.steps:
            self._silence.begins(step)
            result = await chains.follow(step, self)
            self._silence.ends(result)
            match result:
                case chains.Done() if result.dropped:
                    return (_reason(result.step),)
                case chains.Exhausted() if isinstance(step, AgentStep):
                    return await self._agent_exhausted(step, result)
                case chains.Exhausted():
                    undelivered = undelivered or self._undelivered(step)
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
        if reason is None:
            return (LIMITED,)
        return (EMPTY,) if reason.key == NOTHING_TO_TELL else reason

    async def _end(self, ending: Ending) -> None:
        """End the entry, once turns that outlived their step have ended: their session is busy until then."""
        if words := self._last_words(ending):
            await self._say(words)
        if self._agents.late:
            self._tell(ending)
            for ref, task in list(self._agents.late.items()):
                if isinstance(await task.settled(), Answered):
                    self._emit(LateAnswer, rule=ref.rule, position=ref.position, agent=task.agent.name)
            await self._keep(ending)
        else:
            await self._keep(ending)
            self._tell(ending)

    def _last_words(self, ending: Ending) -> str:
        """What the sender is told in place of what they waited for; empty where nothing is."""
        match ending:
            case (reason,) if reason == EMPTY and self._silence.is_left():
                return worded("delivery.describe-in-words", self._message)
            case Text() as reason if self._silence.is_left(reason):
                return self._failed_reply()
        return ""

    def _failed_reply(self) -> str:
        own = self._context.failed_reply
        return worded("delivery.failed-reply", self._message) if own is None else own

    async def _say(self, words: str) -> None:
        """Tell the sender how it ended. What goes wrong with that changes nothing about the end."""
        try:
            if words:
                await self._outgoing.tell_failure(words)
        except JournalError:
            raise
        except Exception:
            logger.exception(text("delivery.not-carried-out", msg_id=self._entry.key.msg_id))

    async def _keep(self, ending: Ending) -> None:
        now = self._context.clock.now_ms()
        match ending:
            case None:
                await self._ledger.apply(Ended("done", None, now))
            case (reason,):
                await self._ledger.apply(Ended("dropped", reason, now))
            case Text() as reason:
                await self._ledger.apply(Ended("dead", reason, now))

    def _tell(self, ending: Ending) -> None:
        match ending:
            case None:
                self._emit(Done)
            case (reason,):
                self._emit(Dropped, reason=reason)
            case Text() as reason:
                self._emit(Dead, reason=reason)

    def _undelivered(self, step: BoundStep) -> Text | None:
        """Why the last reply of a chain did not arrive, in this process or an earlier one; None where none was sent."""
        records = (self._steps.get(StepRef.of(each)) for each in (*reversed(step.alternatives), step))
        failures = (record.failure for record in records if record is not None)
        return next((each for each in failures if each is not None and is_undelivered(each)), None)

    def _record_of(self, ref: StepRef) -> StepRecord | None:
        """How far a step is: as the journal has it, and with the parts that were sent since."""
        record = self._steps.get(ref)
        parts = self._outgoing.parts_of(ref)
        return replace(record, parts=parts) if record else StepRecord("sending", parts) if parts else None

    async def _record(self, step: BoundStep, record: StepRecord, *more: Change) -> None:
        ref = StepRef.of(step)
        self._steps[ref] = record
        await self._ledger.apply(StepChanged(ref, record), *more)

    def _emit(self, event: Callable[..., DeliveryEvent], **fields: object) -> None:
        key = self._entry.key
        self._context.emit(
            event(robot=key.robot, msg_id=key.msg_id, at_ms=self._context.clock.now_ms(), **fields)
        )


def _reason(step: BoundStep) -> str | None:
    return step.reason if isinstance(step, DropStep) else None
