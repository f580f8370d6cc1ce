"""What one message makes the router say: its replies, answers and notices, each recorded before it is on its way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import Step
from prx_dingtalk_router.decision.rendering import RenderedReply
from prx_dingtalk_router.delivery.dingtalk import Later, Sending, Undelivered
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.floors import conversation_of
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger
from prx_dingtalk_router.delivery.events import Purpose, Repeated, Replied, ReplyResult
from prx_dingtalk_router.delivery.journal import StepChanged, StepRecord, StepRef
from prx_dingtalk_router.delivery.journal.entry import StepState
from prx_dingtalk_router.delivery.journal.states import ENDED
from prx_dingtalk_router.message import Message

T = TypeVar("T")


NOTED_WAIT_SECONDS = 1.0
"""From so long a wait on the journal has until when, for people who ask."""


@dataclass(frozen=True, slots=True)
class Said:
    """All of a reply was taken; the last part went by ``route``."""

    route: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """A reply that did not arrive whole: ``parts`` of it did; the next one was refused on ``route``, empty where none was tried."""

    reason: Text
    parts: int
    route: str = ""


class Parked:
    """It has to be waited for; whoever waits is woken then."""


@dataclass(slots=True)
class Unfinished:
    """A reply that is on its way in this process: it is not begun again when its conversation takes something again."""

    step: StepRef | None = None
    sending: Sending | None = None

    def of(self, step: StepRef, begin: Callable[[], Sending]) -> Sending:
        """The sending of a step, begun if it was not."""
        if self.sending is None or self.step != step:
            self.step, self.sending = step, begin()
        return self.sending

    def over(self) -> None:
        """It was sent, or given up."""
        self.step = self.sending = None


class Outgoing:
    """Sends to the conversation of one message, once that has the floor there.

    Args:
        context: the surroundings.
        ledger: of the message.
        unfinished: of the message.
        wake: called when what it waits for has come.
    """

    def __init__(
        self, context: Context, ledger: Ledger, unfinished: Unfinished, wake: Callable[[], None]
    ) -> None:
        self._wake = wake
        self._context = context
        self._ledger = ledger
        self._unfinished = unfinished
        self._notices: set[asyncio.Task[None]] = set()

    async def send(
        self, step: Step, reply: Callable[[], RenderedReply], purpose: Purpose
    ) -> Said | Unsent | Parked:
        """Send a reply, going on after the parts that were sent; not where too many wait in the conversation already.

        A part that was on its way when an earlier process ended may have arrived: it is sent again, which is told.

        Args:
            step: whose reply it is.
            reply: renders it, once its turn has come; what it raises is raised.
            purpose: what it is for.

        Raises:
            JournalError: it cannot be noted that a part is on its way, so it is not sent.
        """
        if self._is_crowded():
            crowded, ref = self._crowded(), StepRef.of(step)
            self._unfinished.over()
            self._emit(ref, purpose, crowded)
            return Unsent(crowded.reason, self._record_of(ref).parts)
        return await self._speak(lambda: self._send(step, reply, purpose))

    async def tell_failure(self, ref: StepRef, words: str) -> Parked | None:
        """Tell the sender that nothing came of the message: once, whatever becomes of this process, and of the telling.

        Args:
            ref: where it is noted.
            words: what is said.

        Raises:
            JournalError: it cannot be noted, so nothing is said.
        """
        if self._is_crowded():
            await self._note_telling(ref, "failed", self._crowded())
            return None
        return await self._speak(lambda: self._tell_failure(ref, words))

    def notice(self, step: Step, words: str) -> None:
        """Say "still working", without making anybody wait for it."""
        task = asyncio.create_task(self._say(step, words), name="notice")
        self._notices.add(task)
        task.add_done_callback(self._notices.discard)

    async def aclose(self) -> None:
        """Give up notices that are still on their way."""
        for task in tuple(self._notices):
            task.cancel()
        if self._notices:
            await asyncio.gather(*self._notices, return_exceptions=True)

    async def _send(
        self, step: Step, reply: Callable[[], RenderedReply], purpose: Purpose
    ) -> Said | Unsent | Later:
        ref = StepRef.of(step)

        def begin() -> Sending:
            record = self._record_of(ref)
            if record.posting:
                self._context.emit(Repeated(**self._where(ref), part=record.parts + 1))
            return self._context.replies.begin(self._message, reply(), sent=record.parts)

        async def about_to(parts: int) -> None:
            await self._ledger.apply(StepChanged(ref, StepRecord("sending", parts, posting=True)))

        result = await self._unfinished.of(ref, begin).go_on(about_to)
        parts = self._record_of(ref).parts
        if isinstance(result, Later):
            # If it was refused it has not arrived: whoever goes on after the end of this process need not fear it.
            if self._record_of(ref).posting or result.seconds >= NOTED_WAIT_SECONDS:
                due_at_ms = self._context.clock.now_ms() + round(result.seconds * 1000)
                await self._ledger.apply(StepChanged(ref, StepRecord("sending", parts, due_at_ms=due_at_ms)))
            return result
        self._unfinished.over()
        self._emit(ref, purpose, result if isinstance(result, Undelivered) else result.route)
        if isinstance(result, Undelivered):
            return Unsent(result.reason, parts, "" if result.route == "none" else result.route)
        return Said(result.route)

    async def _tell_failure(self, ref: StepRef, words: str) -> Later | None:
        sending = self._context.replies.begin(self._message, RenderedReply("text", words, ()), once=True)
        result = await sending.go_on(lambda _: self._note_telling(ref, "sending"))
        if isinstance(result, Later):
            return result
        if isinstance(result, Undelivered):
            await self._note_telling(ref, "failed", result)
        else:
            await self._note_telling(ref, "performed", result.route)
        return None

    async def _note_telling(self, ref: StepRef, state: StepState, result: Undelivered | str = "") -> None:
        """Record how far the telling of a failure is; nothing where the message has ended, and is not gone on with after a restart."""
        if result:
            self._emit(ref, "failure", result)
        if self._ledger.entry.state not in ENDED:
            failure = result.reason if isinstance(result, Undelivered) else None
            await self._ledger.apply(StepChanged(ref, StepRecord(state, failure=failure)))

    def _is_crowded(self) -> bool:
        return self._context.floors.is_full(conversation_of(self._message), self._ledger.entry.key)

    def _crowded(self) -> Undelivered:
        return Undelivered(text("delivery.conversation-full", most=self._context.floors.most_waiting), "none")

    async def _speak(self, say: Callable[[], Awaitable[T | Later]]) -> T | Parked:
        """Say something, unless others have the floor, or the conversation takes nothing now."""
        floors, conversation, who = (
            self._context.floors,
            conversation_of(self._message),
            self._ledger.entry.key,
        )
        if not floors.take(conversation, who, self._wake):
            return Parked()
        try:
            result = await say()
        except BaseException:
            floors.leave(conversation, who)
            raise
        if isinstance(result, Later):
            floors.postpone(conversation, who, self._wake, result.seconds)
            return Parked()
        floors.leave(conversation, who)
        return result

    async def _say(self, step: Step, words: str) -> None:
        async def about_to(_: int) -> None:
            """A notice is not worth a row: it is said once, or not at all."""

        conversation, floors = conversation_of(self._message), self._context.floors
        who, has_floor = (self._ledger.entry.key, "notice"), asyncio.Event()
        if floors.is_full(conversation, who):
            self._emit(StepRef.of(step), "notice", self._crowded())
            return
        sending = self._context.replies.begin(self._message, RenderedReply("text", words, ()))
        try:
            if not floors.take(conversation, who, has_floor.set):
                await has_floor.wait()
            while isinstance(result := await sending.go_on(about_to), Later):
                has_floor.clear()
                floors.postpone(conversation, who, has_floor.set, result.seconds)
                await has_floor.wait()
        finally:
            floors.leave(conversation, who)
        self._emit(StepRef.of(step), "notice", result if isinstance(result, Undelivered) else result.route)

    @property
    def _message(self) -> Message:
        return self._ledger.entry.decision.message

    def _record_of(self, step: StepRef) -> StepRecord:
        return self._ledger.entry.steps.get(step) or StepRecord("sending")

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
