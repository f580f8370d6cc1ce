"""What one message makes the router say: its replies, answers and notices, each recorded before it is on its way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import Step
from prx_dingtalk_router.decision.rendering import RenderedReply
from prx_dingtalk_router.delivery.dingtalk import Undelivered
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger
from prx_dingtalk_router.delivery.events import Purpose, Repeated, Replied, ReplyResult
from prx_dingtalk_router.delivery.journal import StepChanged, StepRecord, StepRef
from prx_dingtalk_router.delivery.journal.entry import StepState
from prx_dingtalk_router.delivery.journal.states import ENDED


@dataclass(frozen=True, slots=True)
class Unsent:
    """A reply that did not arrive whole: ``parts`` of it did."""

    reason: Text
    parts: int


class Outgoing:
    """Sends to the conversation of one message.

    Args:
        context: the surroundings.
        ledger: of the message.
    """

    def __init__(self, context: Context, ledger: Ledger) -> None:
        self._context = context
        self._ledger = ledger
        self._notices: set[asyncio.Task[None]] = set()

    async def send(self, step: Step, reply: RenderedReply, purpose: Purpose) -> Unsent | None:
        """Send a reply, going on after the parts that were sent; None when all of it was taken.

        A part that was on its way when an earlier process ended may have arrived: it is sent again, which is told.

        Raises:
            JournalError: it cannot be noted that a part is on its way, so it is not sent.
        """
        ref = StepRef.of(step)
        record = self._ledger.entry.steps.get(ref) or StepRecord("sending")
        sent = record.parts
        if record.posting:
            self._context.emit(Repeated(**self._where(ref), part=sent + 1))

        async def about_to(parts: int) -> None:
            nonlocal sent
            sent = parts
            await self._ledger.apply(StepChanged(ref, StepRecord("sending", parts, posting=True)))

        message = self._ledger.entry.decision.message
        result = await self._context.replies.send(message, reply, about_to, sent=record.parts)
        self._emit(ref, purpose, result if isinstance(result, Undelivered) else result.route)
        return Unsent(result.reason, sent) if isinstance(result, Undelivered) else None

    async def tell_failure(self, ref: StepRef, words: str) -> None:
        """Tell the sender that nothing came of the message: once, whatever becomes of this process, and of the telling.

        Args:
            ref: where it is noted.
            words: what is said.

        Raises:
            JournalError: it cannot be noted, so nothing is said.
        """

        async def note(state: StepState, failure: Text | None = None) -> None:
            # What was buried has ended already, and is not gone on with after a restart.
            if self._ledger.entry.state not in ENDED:
                await self._ledger.apply(StepChanged(ref, StepRecord(state, failure=failure)))

        message = self._ledger.entry.decision.message
        result = await self._context.replies.send_once(
            message, RenderedReply("text", words, ()), lambda: note("sending")
        )
        if isinstance(result, Undelivered):
            self._emit(ref, "failure", result)
            await note("failed", result.reason)
        else:
            self._emit(ref, "failure", result.route)
            await note("performed")

    def notice(self, step: Step, words: str) -> None:
        """Say "still working", without making anybody wait for it."""
        task = asyncio.create_task(self._say(step, words), name="notice")
        self._notices.add(task)
        task.add_done_callback(self._notices.discard)

    async def aclose(self) -> None:
        """Give up notices that are still on their way."""
        for task in tuple(self._notices):
            task.cancel()
        await asyncio.gather(*self._notices, return_exceptions=True)

    async def _say(self, step: Step, words: str) -> None:
        async def about_to(_: int) -> None:
            """A notice is not worth a row: it is said once, or not at all."""

        message = self._ledger.entry.decision.message
        result = await self._context.replies.send(message, RenderedReply("text", words, ()), about_to)
        self._emit(StepRef.of(step), "notice", result if isinstance(result, Undelivered) else result.route)

    def _emit(self, step: StepRef, purpose: Purpose, result: Undelivered | str) -> None:
        refused = result if isinstance(result, Undelivered) else None
        said: ReplyResult = "sent"
        if refused is not None:
            said = "refused" if refused.certain else "unknown"
        self._context.emit(
            Replied(
                **self._where(step),
                purpose=purpose,
                route=result.route if isinstance(result, Undelivered) else result,
                result=said,
                reason=refused.reason if refused is not None else None,
            )
        )

    def _where(self, step: StepRef) -> dict[str, Any]:
        key = self._ledger.entry.key
        return {
            "robot": key.robot,
            "msg_id": key.msg_id,
            "at_ms": self._context.clock.now_ms(),
            "rule": step.rule,
            "position": step.position,
        }
