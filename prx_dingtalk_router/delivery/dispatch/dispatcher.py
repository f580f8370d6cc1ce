"""The door of delivery: decisions in, effects out (interfaces.md section 5)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from typing import Any

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk import Replies
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.incoming import to_carry_out
from prx_dingtalk_router.delivery.dispatch.run import Run
from prx_dingtalk_router.delivery.dispatch.starter import Starter
from prx_dingtalk_router.delivery.events import (
    Accepted,
    Dead,
    DeliveryEvent,
    Dropped,
    Duplicate,
    Observer,
    Resumed,
)
from prx_dingtalk_router.delivery.journal import (
    Change,
    Discarded,
    Entry,
    EntryKey,
    Journal,
    NewEntry,
    Retried,
    Stored,
)
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
        self._context = Context(journal, agents, replies, self._clock, self._emit, failed_reply)
        self._runs: set[asyncio.Task[bool]] = set()
        self._starter = Starter(self._start, is_urgent)

    @property
    def running(self) -> int:
        """How many messages are being carried out, those that wait, in sessions or to be begun, included."""
        return len(self._runs) + len(self._starter)

    def holding(self) -> AbstractContextManager[None]:
        """Begin nothing while this lasts, so that all of a batch is acknowledged before the work that it brings."""
        return self._starter.holding()

    async def resume(self, announce: Callable[[int], None] = lambda _: None) -> int:
        """Go on with what an earlier process left unfinished; called once, before the first ``accept``.

        Args:
            announce: told how many messages that are, before they are begun.

        Returns:
            How many messages that are.
        """
        left: list[Entry] = []
        while page := await self._context.journal.unfinished(left[-1].arrival if left else 0):
            left += page
        # Whoever was at an agent comes before all who wait there, whichever arrived first.
        for entry in left:
            for turn in entry.turns:
                if turn.state in TURN_IN_FLIGHT and self._context.agents.get(turn.lane.agent) is not None:
                    self._context.sessions.enter(turn.lane, entry.key, entry.order, None, dispatched=True)
        announce(len(left))
        now = self._clock.now_ms()
        for entry in left:
            self._emit(Resumed(robot=entry.key.robot, msg_id=entry.key.msg_id, at_ms=now))
            self._start(entry, resumed=True)
        return len(left)

    async def known(self, keys: Collection[EntryKey]) -> frozenset[EntryKey]:
        """Which messages were stored before, so that nothing need be decided about them.

        Raises:
            JournalError: that cannot be told.
        """
        return await self._context.journal.known(keys)

    async def accept(self, decision: Decision, callback: str = "") -> Stored:
        """Store one message; see ``accept_all``."""
        return (await self.accept_all([to_carry_out(decision, callback)]))[0]

    async def accept_all(self, batch: Sequence[NewEntry]) -> Sequence[Stored]:
        """Store messages to be carried out; returns once they are stored, so their frames may be acknowledged.

        Messages are begun in the order in which they were stored: at once, or when what is urgent is done. What has ended with
        its decision is not begun. A message that was stored before is only reported (``Stored.new`` is False).

        Args:
            batch: made by ``to_carry_out`` or ``undecided``.

        Raises:
            JournalError: they cannot be stored; acknowledge none.
            DeliveryError: the router is stopping; acknowledge none.
        """
        if self._context.closing.is_set():
            raise DeliveryError("delivery.stopping")
        now = self._clock.now_ms()
        result = await self._context.journal.store(batch, now)
        for stored in result:
            where: Any = {"robot": stored.key.robot, "msg_id": stored.key.msg_id, "at_ms": now}
            if stored.entry is None:
                self._emit(Duplicate(**where))
                continue
            self._emit(Accepted(**where))
            match stored.entry.state, stored.entry.reason:
                case "dead", Text() as reason:
                    self._emit(Dead(**where, reason=reason))
                    self._starter.add(stored.entry)
                case "dropped", (str() | None) as word:
                    self._emit(Dropped(**where, reason=word))
                case _:
                    self._starter.add(stored.entry)
        return result

    async def retry(self, key: EntryKey) -> None:
        """Try a dead message again: an operator's decision, so an agent may be asked a second time.

        Raises:
            DeliveryError: there is no such dead message, or the router is stopping.
        """
        if self._context.closing.is_set():
            raise DeliveryError("delivery.stopping")
        self._starter.add(await self._change_dead(key, Retried()))

    async def discard(self, key: EntryKey) -> None:
        """Give a dead message up.

        Raises:
            DeliveryError: there is no such dead message.
        """
        now = self._clock.now_ms()
        await self._change_dead(key, Discarded(now))
        self._emit(Dropped(robot=key.robot, msg_id=key.msg_id, at_ms=now, reason="discarded"))

    async def _change_dead(self, key: EntryKey, change: Change) -> Entry:
        entry = await self._context.journal.get(key)
        after = None
        if entry is not None and entry.state == "dead":
            after = await self._context.journal.apply(entry, [change])
        if after is None:
            raise DeliveryError("delivery.not-dead", msg_id=key.msg_id)
        return after

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

    def _start(self, entry: Entry, *, resumed: bool = False) -> None:
        if self._context.closing.is_set():
            return  # stored while the stop came: the next start finds it
        run = Run(self._context, entry, resumed=resumed)
        work = run.tell_failure() if entry.state == "dead" else run.carry_out()
        task = asyncio.create_task(work, name=f"message-{entry.key.msg_id}")
        self._runs.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[bool]) -> None:
        self._runs.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error(text("delivery.not-ended"), exc_info=error)

    def _emit(self, event: DeliveryEvent) -> None:
        if self._observer is None:
            return
        try:
            self._observer(event)
        except Exception:
            logger.exception(text("delivery.observer-failed", msg_id=event.msg_id))
