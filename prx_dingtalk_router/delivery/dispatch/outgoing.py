"""What one message makes the router say: its replies, answers and notices, each recorded part by part."""

from __future__ import annotations

import asyncio

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import BoundStep
from prx_dingtalk_router.decision.rendering import RenderedReply
from prx_dingtalk_router.delivery.dingtalk import Undelivered
from prx_dingtalk_router.delivery.dispatch.chains import NotDone, Performed, Result
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger
from prx_dingtalk_router.delivery.events import Purpose, Replied, ReplyResult
from prx_dingtalk_router.delivery.journal import StepChanged, StepRecord, StepRef
from prx_dingtalk_router.delivery.journal.entry import StepState
from prx_dingtalk_router.delivery.journal.states import ENDED

FAILURE_POSITION = "failed"
"""Where the journal notes, beside the steps of a message, that its sender was told that nothing came of it."""


class Outgoing:
    """Sends to the conversation of one entry."""

    def __init__(self, context: Context, ledger: Ledger) -> None:
        self._context = context
        self._ledger = ledger
        self._entry = ledger.entry
        self._notices: set[asyncio.Task[None]] = set()
        self._sent = {ref: record.parts for ref, record in ledger.entry.steps.items()}

    def parts_of(self, step: StepRef) -> int:
        """How many parts of the step's reply were sent."""
        return self._sent.get(step, 0)

    async def send(
        self, step: BoundStep, reply: RenderedReply, purpose: Purpose, *, at_work: bool = False
    ) -> Result:
        """Send a reply, going on after the parts that were sent before a restart."""
        ref = StepRef.of(step)
        sent = self.parts_of(ref)

        async def progress(parts: int) -> None:
            self._sent[ref] = parts
            await self._ledger.apply(StepChanged(ref, StepRecord("sending", parts)))

        result = await self._context.replies.send(self._entry.decision.message, reply, progress, sent=sent)
        if isinstance(result, Undelivered):
            self._emit(ref, purpose, result)
            return NotDone(result.reason, at_work=at_work, final=not result.certain)
        self._emit(ref, purpose, result.route)
        return Performed()

    async def tell_failure(self, words: str) -> None:
        """Tell the sender that nothing came of the message: once, whatever becomes of this process, and of the telling.

        Args:
            words: what is said.

        Raises:
            JournalError: it cannot be noted, so nothing is said.
        """
        ref = StepRef(self._entry.decision.by or "", FAILURE_POSITION)
        if ref in self._entry.steps:
            return

        async def note(state: StepState, failure: Text | None = None) -> None:
            # What was buried has ended already, and is not gone on with after a restart.
            if self._entry.state not in ENDED:
                await self._ledger.apply(StepChanged(ref, StepRecord(state, failure=failure)))

        result = await self._context.replies.send_once(
            self._entry.decision.message, RenderedReply("text", words, ()), lambda: note("sending")
        )
        if isinstance(result, Undelivered):
            self._emit(ref, "failure", result)
            await note("failed", result.reason)
        else:
            self._emit(ref, "failure", result.route)
            await note("performed")

    def notice(self, step: BoundStep, words: str) -> None:
        """Say "still working", without making anybody wait for it."""
        task = asyncio.create_task(self._say(step, words), name="notice")
        self._notices.add(task)
        task.add_done_callback(self._notices.discard)

    async def aclose(self) -> None:
        """Give up notices that are still on their way."""
        for task in tuple(self._notices):
            task.cancel()
        await asyncio.gather(*self._notices, return_exceptions=True)

    async def _say(self, step: BoundStep, words: str) -> None:
        async def progress(_: int) -> None:
            """A notice is not worth a row: it is said once, or not at all."""

        reply = RenderedReply("text", words, ())
        result = await self._context.replies.send(self._entry.decision.message, reply, progress)
        self._emit(StepRef.of(step), "notice", result if isinstance(result, Undelivered) else result.route)

    def _emit(self, step: StepRef, purpose: Purpose, result: Undelivered | str) -> None:
        refused = result if isinstance(result, Undelivered) else None
        said: ReplyResult = "sent"
        if refused is not None:
            said = "refused" if refused.certain else "unknown"
        self._context.emit(
            Replied(
                robot=self._entry.key.robot,
                msg_id=self._entry.key.msg_id,
                at_ms=self._context.clock.now_ms(),
                rule=step.rule,
                position=step.position,
                purpose=purpose,
                route=result.route if isinstance(result, Undelivered) else result,
                result=said,
                reason=refused.reason if refused is not None else None,
            )
        )
