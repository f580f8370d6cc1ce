"""The door of delivery: decisions in, effects out (interfaces.md section 5)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractContextManager, aclosing
from typing import Any

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk import Calls, Replies, Unmetered
from prx_dingtalk_router.delivery.dispatch.backlog import AT_A_TIME, Backlog
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.delivery import Delivery
from prx_dingtalk_router.delivery.dispatch.incoming import retried, to_carry_out
from prx_dingtalk_router.delivery.dispatch.reactions import ReactionWire
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
    Stored,
)
from prx_dingtalk_router.delivery.journal.entry import TURN_IN_FLIGHT
from prx_dingtalk_router.delivery.prx import AgentPool
from prx_dingtalk_router.delivery.waiting import wait_for_any
from prx_dingtalk_router.errors import DeliveryError, JournalError
from prx_dingtalk_router.message import Message

logger = logging.getLogger(__name__)

REACTION_SECONDS = 3.0
"""How long the end waits until reactions are taken away."""


class Dispatcher:
    """Stores decisions and carries them out: steps in order, sessions one message at a time, messages side by side.

    The journal, the agents and the HTTP client behind ``replies`` belong to the caller, who closes them after ``stop``.

    Args:
        journal: where decisions and their progress are kept.
        agents: the agents by name.
        replies: the way to conversations.
        observers: each called with every event; what one raises is logged and goes no further.
        clock: for guards, timeouts and notices.
        failed_reply: what a sender is told when a message ends dead in silence; empty for nothing, None for the sentence
            of the catalogue in the language of the message.
        calls: says whether the month leaves anything for progress.
        reactions: the calls by which a message shows that its agent is at work; without them it does not.
        is_urgent: whether something waits that must come before anything is begun; what is stored is put off
            meanwhile, for half a second at most.
    """

    def __init__(
        self,
        journal: Journal,
        agents: AgentPool,
        replies: Replies,
        *,
        observers: Sequence[Observer] = (),
        clock: Clock | None = None,
        failed_reply: str | None = None,
        calls: Calls | None = None,
        reactions: ReactionWire | None = None,
        is_urgent: Callable[[], bool] = lambda: False,
    ) -> None:
        self._observers = tuple(observers)
        self._clock: Clock = clock or SystemClock()
        self._closed_at: float | None = None
        self._is_stopped = False
        self._went_on = asyncio.Event()
        self._went_on.set()
        self._context = Context(
            journal,
            agents,
            replies,
            self._clock,
            self._emit,
            failed_reply,
            calls or Unmetered(),
            reactions,
        )
        self._backlog = Backlog(self._begin, is_urgent)
        self._let_in: set[EntryKey] = set()

    @property
    def running(self) -> int:
        """How many messages are being carried out, those that wait, in sessions or to be begun, included."""
        return len(self._context.running) + len(self._backlog)

    @property
    def queued(self) -> int:
        """How many messages wait for an earlier one of their session."""
        return self._context.sessions.waiting

    @property
    def postponed(self) -> int:
        """How many replies wait for the rate of their conversation."""
        return self._context.floors.postponed

    def holding(self) -> AbstractContextManager[None]:
        """Begin nothing while this lasts, so that all of a batch is acknowledged before the work that it brings."""
        return self._backlog.holding()

    async def resume(self) -> int:
        """Go on with what an earlier process left unfinished; called once, and begun before the first ``accept``.

        What is accepted meanwhile is stored, and begun after it.

        Returns:
            How many messages that are.
        """
        self._went_on.clear()
        self._context.sessions.hold()
        try:
            with self._backlog.shut():
                return await self._go_on()
        finally:
            self._context.sessions.release()
            self._went_on.set()

    async def _go_on(self) -> int:
        # Before anything is waited for: what is accepted meanwhile is this process's own.
        last_of_others = self._context.journal.last_arrival
        await self._context.reactions.take_up()
        # Whoever was at an agent comes before all who wait there, whichever arrived first.
        async for entry in self._unfinished(last_of_others, at_work=True):
            self._keep_places(entry)
        count = 0
        async with aclosing(self._unfinished(last_of_others)) as entries:
            async for entry in entries:
                if self._context.closing.is_set():
                    break
                self._emit(Resumed(**self._where(entry.key)))
                self._begin(entry, resumed=True)
                count += 1
                if count % AT_A_TIME == 0:
                    await asyncio.sleep(0)
        return count

    async def _unfinished(self, until: int, *, at_work: bool = False) -> AsyncGenerator[Entry, None]:
        """What has not ended of all arrivals up to ``until``, in their order, read page by page."""
        last = 0
        while last < until and (page := await self._context.journal.unfinished(last, at_work=at_work)):
            for entry in page:
                if entry.arrival > until:
                    return
                yield entry
            last = page[-1].arrival

    def _keep_places(self, entry: Entry) -> None:
        for turn in entry.turns:
            if turn.state in TURN_IN_FLIGHT and self._context.agents.get(turn.lane.agent) is not None:
                self._context.sessions.enter(turn.lane, entry.key, entry.order, None, dispatched=True)

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
            DeliveryError: the router is stopping, and nobody would carry them out; acknowledge none.
        """
        condition = self._context.condition
        if condition.failure.done() or (self._context.closing.is_set() and not self._context.journal.durable):
            raise DeliveryError("delivery.stopping")
        try:
            result = await self._context.journal.store(batch, self._clock.now_ms())
        except JournalError as problem:
            condition.refused(problem)
            raise
        condition.kept()
        now = self._clock.now_ms()
        for stored in result:
            (robot, msg_id), entry = stored.key, stored.entry
            if entry is None:
                self._emit(Duplicate(robot=robot, msg_id=msg_id, at_ms=now))
                continue
            reason = entry.reason
            if entry.state == "dropped" and not isinstance(reason, Text):
                self._emit(Dropped(robot=robot, msg_id=msg_id, at_ms=now, reason=reason, at_once=True))
                continue
            if entry.state == "dead" and isinstance(reason, Text):
                rule = entry.decision.by or ""
                self._emit(Dead(robot=robot, msg_id=msg_id, at_ms=now, reason=reason, rule=rule))
            else:
                self._emit(Accepted(robot=robot, msg_id=msg_id, at_ms=now))
            self._backlog.add(entry)
        return result

    async def retry(self, key: EntryKey, decide: Callable[[Message], Decision] | None = None) -> None:
        """Try a dead message again: an operator's decision, so an agent may be asked a second time.

        Args:
            key: of the message.
            decide: decides about one for which deciding had raised; what it raises is raised.

        Raises:
            DeliveryError: there is no such dead message, the router is stopping, or nothing was decided and nobody does so.
        """
        await self._went_on.wait()
        if self._context.closing.is_set():
            raise DeliveryError("delivery.stopping")
        now = self._clock.now_ms()
        after = await self._change_dead(key, lambda entry: retried(entry, now, decide))
        if after.state == "dropped":
            self._emit(Dropped(**self._where(key), reason=after.decision.reason))
        else:
            self._let_in.add(key)
            self._backlog.add(after)

    async def discard(self, key: EntryKey) -> None:
        """Give a dead message up.

        Raises:
            DeliveryError: there is no such dead message.
        """
        now = self._clock.now_ms()
        await self._change_dead(key, lambda _: [Discarded(now)])
        self._emit(Dropped(**self._where(key), reason="discarded"))

    async def _change_dead(self, key: EntryKey, made: Callable[[Entry], Sequence[Change]]) -> Entry:
        entry = await self._context.journal.get(key)
        after = None
        if entry is not None and entry.state == "dead":
            after = await self._context.journal.apply(entry, made(entry))
        if after is None:
            raise DeliveryError("delivery.not-dead", msg_id=key.msg_id)
        return after

    async def journal_failed(self) -> JournalError:
        """Wait until the journal has failed for good: nothing may be done after that.

        Messages that are not ended stay as the journal has them, and nothing more is accepted; a new process with a
        journal that works goes on from there.
        """
        return await asyncio.shield(self._context.condition.failure)

    @property
    def journal_trouble(self) -> Text | None:
        """Why the journal keeps nothing now, though it may soon; None while it does.

        Meanwhile nothing is acknowledged, and what is being carried out waits for it.
        """
        return self._context.condition.trouble

    async def heartbeat(self) -> None:
        """Keep the claim of the journal, and find out how it is; called every few seconds."""
        try:
            await self._context.journal.heartbeat()
        except JournalError as problem:
            self._context.condition.refused(problem)
        else:
            self._context.condition.kept()

    async def idle(self) -> None:
        """Wait until nothing is being carried out, or nothing more will be because the router is stopping."""
        await self._went_on.wait()
        while self.running:
            await self._backlog.begun()
            if not self._context.closing.is_set():
                await self._none_or_closing()
            elif tasks := self._tasks():
                await asyncio.wait(tasks)
            else:
                return

    def close(self) -> None:
        """Start nothing new from now on.

        With a durable journal messages are still stored, for the next process to carry out; without one none is accepted.
        """
        if self._closed_at is None:
            self._closed_at = asyncio.get_running_loop().time()
            self._context.closing.set()
            self._backlog.close()

    async def drain(self, seconds: float) -> None:
        """Wait for what is running, up to so many seconds after ``close``; not at all once the journal has failed."""
        if self._closed_at is None or self._context.condition.failure.done():
            return
        try:
            async with asyncio.timeout_at(self._closed_at + seconds):
                while True:
                    if tasks := self._tasks():
                        await asyncio.wait(tasks)
                    elif self._context.floors.is_anybody_postponed and not self._context.journal.durable:
                        await self._context.alarms.rung()  # there is no next process to send it
                    else:
                        return
        except TimeoutError:
            pass

    async def stop(self, drain: float = 30.0) -> None:
        """Take nothing more, finish what is running for up to ``drain`` seconds, leave the rest in the journal."""
        self.close()
        await self.drain(drain)
        self._context.condition.let_go()
        deliveries = self._deliveries()
        for each in deliveries:
            each.is_closed = True
        await asyncio.gather(*(each.abandon() for each in deliveries if not each.is_parked))
        await self._context.reactions.aclose(REACTION_SECONDS)
        await self._context.alarms.aclose()
        if self._is_stopped:
            return
        self._is_stopped = True
        left = self.running
        if left and self._context.journal.durable:
            logger.info(text("delivery.left", count=left))
        elif left:
            logger.warning(text("delivery.lost", count=left))

    def _begin(self, entry: Entry, *, resumed: bool = False) -> None:
        # A session that is full turns nobody away whom an operator sends again.
        was_let_in = entry.key in self._let_in
        self._let_in.discard(entry.key)
        delivery = Delivery(self._context, entry, resumed=resumed or was_let_in)
        self._context.running.add(delivery)
        delivery.wake()

    def _deliveries(self) -> list[Delivery]:
        return [each for each in self._context.running if isinstance(each, Delivery)]

    def _tasks(self) -> list[asyncio.Task[None]]:
        return [each.task for each in self._deliveries() if each.task is not None]

    async def _none_or_closing(self) -> None:
        await wait_for_any(self._context.running.none(), self._context.closing.wait())

    def _where(self, key: EntryKey) -> dict[str, Any]:
        return {"robot": key.robot, "msg_id": key.msg_id, "at_ms": self._clock.now_ms()}

    def _emit(self, event: DeliveryEvent) -> None:
        for observer in self._observers:
            try:
                observer(event)
            except Exception:
                logger.exception(text("delivery.observer-failed", msg_id=event.msg_id))
