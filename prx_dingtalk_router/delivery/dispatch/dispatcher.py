"""The door of delivery: decisions in, effects out (interfaces.md section 5)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk import Replies
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.guards import Guards
from prx_dingtalk_router.delivery.dispatch.run import Run
from prx_dingtalk_router.delivery.dispatch.starter import Starter
from prx_dingtalk_router.delivery.events import Accepted, Dead, DeliveryEvent, Dropped, Duplicate, Observer
from prx_dingtalk_router.delivery.journal import Entry, EntryKey, Journal, Stored
from prx_dingtalk_router.delivery.journal.entry import TURN_IN_FLIGHT
from prx_dingtalk_router.delivery.prx import AgentPool
from prx_dingtalk_router.errors import DeliveryError, JournalError

logger = logging.getLogger(__name__)


class Dispatcher:
    """Stores decisions and carries them out: steps in order, sessions one message at a time, messages side by side.

    The journal, the agents and the HTTP client behind ``replies`` belong to the caller, who closes them after ``stop``.

    Args:
        journal: where decisions and their progress are kept.
        agents: the agents by name.
        replies: the way to conversations.
        observer: called with every event; what it raises is logged and goes no further.
        clock: for guards, timeouts and notices.
        failed_reply: what a sender is told when a message ends dead in silence; empty for nothing, None for the sentence
            of the catalogue in the language of the message.
        is_urgent: whether something waits that must come before anything is begun; what is stored is put off
            meanwhile, for half a second at most.
    """

    def __init__(
        self,
        journal: Journal,
        agents: AgentPool,
        replies: Replies,
        *,
        observer: Observer | None = None,
        clock: Clock | None = None,
        failed_reply: str | None = None,
        is_urgent: Callable[[], bool] = lambda: False,
    ) -> None:
        self._observer = observer
        self._clock: Clock = clock or SystemClock()
        self._context = Context(
            journal, agents, replies, Guards(journal, self._clock), self._clock, self._emit, failed_reply
        )
        self._runs: set[asyncio.Task[bool]] = set()
        self._starter = Starter(self._start, is_urgent)

    @property
    def running(self) -> int:
        """How many messages are being carried out, those that wait, in sessions or to be begun, included."""
        return len(self._runs) + len(self._starter)

    def holding(self) -> AbstractContextManager[None]:
        """Begin nothing while this lasts, so that all of a batch is acknowledged before the work that it brings."""
        return self._starter.holding()

    async def resume(self) -> int:
        """Go on with what an earlier process left unfinished; called once, before the first ``accept``.

        Returns:
            How many messages that are.
        """
        left = await self._context.journal.unfinished()
        # Whoever was at an agent comes before all who wait there, whichever arrived first.
        for entry in left:
            for turn in entry.turns:
                if turn.state in TURN_IN_FLIGHT and self._context.agents.get(turn.lane.agent) is not None:
                    await self._context.journal.enter(turn.lane, entry.key, None, dispatched=True)
        for entry in left:
            self._start(entry)
        return len(left)

    async def accept(self, decision: Decision, callback: str = "") -> Stored:
        """Store a decision to be carried out; returns once it is stored, so the frame may be acknowledged.

        Messages are begun in the order in which they were stored: at once, or when what is urgent is done. A message that
        was stored before is only reported (``Stored.new`` is False).

        Args:
            decision: what is to be done about the message.
            callback: the message as it came, as JSON text; kept beside the decision.

        Raises:
            JournalError: it cannot be stored; do not acknowledge.
            DeliveryError: the router is stopping; do not acknowledge.
        """
        self._still_taking()
        stored = await self._context.journal.store(decision, callback, self._clock.now_ms())
        self._report(stored)
        if stored.new:
            self._starter.add(stored.entry)
        return stored

    async def bury(self, decision: Decision, callback: str = "", reason: Text | None = None) -> Stored:
        """Store a message as dead, because deciding about it raised (interfaces.md section 5); its sender is told.

        Args:
            decision: the message, without steps; ``by`` is ``denied`` where the sender is not to hear of it.
            callback: the message as it came, as JSON text.
            reason: why; by default that deciding failed.

        Raises:
            JournalError: it cannot be stored; do not acknowledge.
            DeliveryError: the router is stopping; do not acknowledge.
        """
        self._still_taking()
        reason = reason or text("delivery.undecided")
        stored = await self._context.journal.bury(decision, callback, reason, self._clock.now_ms())
        self._report(stored)
        if stored.new:
            key, now = stored.entry.key, self._clock.now_ms()
            self._emit(Dead(robot=key.robot, msg_id=key.msg_id, at_ms=now, reason=reason))
            self._starter.add(stored.entry)
        return stored

    async def retry(self, key: EntryKey) -> None:
        """Try a dead message again: an operator's decision, so an agent may be asked a second time.

        Raises:
            DeliveryError: there is no such dead message, or the router is stopping.
        """
        self._still_taking()
        entry = await self._context.journal.revive(key)
        if entry is None:
            raise DeliveryError("delivery.not-dead", msg_id=key.msg_id)
        self._starter.add(entry)

    async def discard(self, key: EntryKey) -> None:
        """Give a dead message up.

        Raises:
            DeliveryError: there is no such dead message.
        """
        now = self._clock.now_ms()
        if not await self._context.journal.give_up(key, now):
            raise DeliveryError("delivery.not-dead", msg_id=key.msg_id)
        self._emit(Dropped(robot=key.robot, msg_id=key.msg_id, at_ms=now, reason="discarded"))

    async def journal_failed(self) -> JournalError:
        """Wait until the journal could not keep how far a message is: nothing may be done after that.

        Messages that are not ended stay as the journal has them, and nothing more is accepted; a new process with a
        journal that works goes on from there.
        """
        return await asyncio.shield(self._context.failure)

    async def idle(self) -> None:
        """Wait until nothing is being carried out."""
        while self.running:
            await self._starter.begun()
            if self._runs:
                await asyncio.wait(self._runs)

    async def stop(self, drain: float = 30.0) -> None:
        """Take nothing more, finish what is running for up to ``drain`` seconds, leave the rest in the journal.

        What waits for a session has not begun and is left at once.
        """
        self._starter.begin_all()
        self._context.closing.set()
        runs = tuple(self._runs)
        if runs:
            await asyncio.wait(runs, timeout=drain)
        for task in runs:
            task.cancel()
        results = await asyncio.gather(*runs, return_exceptions=True)
        left = sum(result is False or isinstance(result, asyncio.CancelledError) for result in results)
        if left and self._context.journal.durable:
            logger.info(text("delivery.left", count=left))
        elif left:
            logger.warning(text("delivery.lost", count=left))

    def _start(self, entry: Entry) -> None:
        if self._context.closing.is_set():
            return  # stored while the stop came: the next start finds it
        run = Run(self._context, entry)
        work = run.tell_failure() if entry.state == "dead" else run.carry_out()
        task = asyncio.create_task(work, name=f"message-{entry.key.msg_id}")
        self._runs.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[bool]) -> None:
        self._runs.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error(text("delivery.not-ended"), exc_info=error)

    def _still_taking(self) -> None:
        if self._context.closing.is_set():
            raise DeliveryError("delivery.stopping")

    def _report(self, stored: Stored) -> None:
        event = Accepted if stored.new else Duplicate
        key = stored.entry.key
        self._emit(event(robot=key.robot, msg_id=key.msg_id, at_ms=self._clock.now_ms()))

    def _emit(self, event: DeliveryEvent) -> None:
        if self._observer is None:
            return
        try:
            self._observer(event)
        except Exception:
            logger.exception(text("delivery.observer-failed", msg_id=event.msg_id))
