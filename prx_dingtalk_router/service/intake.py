"""From a callback to its answer: read, decide, store, and only then acknowledge (interfaces.md section 5).

Callbacks are taken in batches. Of a batch all are read and decided, with pauses in which pings are answered; then they are stored
with one call, which tells those that were stored before, and acknowledged with one write. While one batch is stored the next ones
are read and decided. Messages whose quote has to be looked up are a batch of their own (``quoting_lane.py``).
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.delivery import Dispatcher, EntryKey, Quotes, Stored
from prx_dingtalk_router.delivery.journal.callbacks import without_webhook
from prx_dingtalk_router.delivery.quotes import LOOK_UP_SECONDS
from prx_dingtalk_router.errors import DeliveryError, JournalError, MessageError
from prx_dingtalk_router.matching import Decision, Router
from prx_dingtalk_router.message import Message, read_message
from prx_dingtalk_router.message.quoted_ids import quoted_ids
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.bounded_log import BoundedLog
from prx_dingtalk_router.service.decision_log import DecisionLog
from prx_dingtalk_router.service.logs import log, log_defect
from prx_dingtalk_router.service.metrics.distribution import ACKS, SHORT, Distribution
from prx_dingtalk_router.service.pauses import Pauses
from prx_dingtalk_router.service.quoting_lane import QuotingLane
from prx_dingtalk_router.service.taken import Batch, Taken
from prx_dingtalk_router.stream import Callback, acknowledge

UNREADABLE = 400
BATCHES_BEING_STORED = 4
"""So many wait for the journal at most; the next one is taken when the first of them is stored."""

DecisionObserver = Callable[[Router, Decision], None]
"""Told of every decision on a message that was not seen before, and the router that made it."""


@dataclass(slots=True)
class IntakeCounters:
    """Counts, never reset. ``quotes``: those that came without words, by whether these were ``found`` or are ``unknown``."""

    taken: int = 0
    unreadable: int = 0
    undecided: int = 0
    unstored: int = 0
    duplicates: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    quotes: Counter[str] = field(default_factory=Counter)
    decide_seconds: Distribution = field(default_factory=lambda: Distribution(SHORT))
    ack_seconds: Distribution = field(default_factory=lambda: Distribution(ACKS))


class Intake:
    """Takes callbacks and answers them.

    Args:
        active: holds the router that decides.
        dispatcher: stores decisions and carries them out.
        robot_name: whose leading mention is cut off.
        client_id: stands in for a missing robot code.
        quotes: knows the words of quoted messages that come without them.
        observers: each told of every new decision.
    """

    def __init__(
        self,
        active: ActiveRouter,
        dispatcher: Dispatcher,
        *,
        robot_name: str,
        client_id: str,
        quotes: Quotes | None = None,
        observers: Sequence[DecisionObserver] = (),
    ) -> None:
        self._active = active
        self._dispatcher = dispatcher
        self._robot_name = robot_name
        self._client_id = client_id
        self._quotes = quotes
        self._observers = tuple(observers)
        self.recorders: list[Callable[[str], None]] = []
        """Each told the callback of every new message as JSON text, without its session webhook."""
        self._log = DecisionLog()
        self._unstored_log = BoundedLog("unstored", "unstored-more", about="problem")
        self._places = asyncio.Semaphore(BATCHES_BEING_STORED)
        self._storing: set[asyncio.Task[None]] = set()
        self._lane = QuotingLane(self._carry_quoting)
        self.counters = IntakeCounters()

    async def take(self, callbacks: Sequence[Callback]) -> None:
        """Decide about callbacks and have them stored together; each is acknowledged once it is stored.

        Returns once they are decided, but for those whose quote is looked up. Batches are stored and acknowledged in the order in
        which they were taken. What was stored before is only acknowledged, and what is decided about it forgotten: asking the
        journal first would cost every message a look-up, and hardly one is delivered twice. What a batch asks for is begun after
        its answers are given.
        """
        await self._places.acquire()
        try:
            batch = await self._decided(self._lane.set_apart(await self._read(callbacks)))
        except BaseException:
            self._places.release()
            raise
        storing = asyncio.create_task(self._keep(batch), name="intake-storing")
        self._storing.add(storing)
        storing.add_done_callback(self._kept)
        await self._lane.go_on()

    @property
    def is_storing(self) -> bool:
        """Whether something that was taken waits for the journal."""
        return bool(self._storing) or self._lane.is_busy

    async def settled(self) -> None:
        """Wait until everything that was taken is stored and answered, or cannot be."""
        while self._storing:
            await asyncio.wait(self._storing)
        await self._lane.settled()
        self._unstored_log.tell()

    def _kept(self, storing: asyncio.Task[None]) -> None:
        self._storing.discard(storing)
        self._places.release()

    def decide_again(self, message: Message) -> Decision:
        """Decide about a message for which deciding had raised, by the rules in force.

        Raises:
            DeliveryError: it raises again.
        """
        try:
            return self._active.current.decide(message)
        except Exception as defect:
            log_defect("undecided", defect, msg_id=message.msg_id)
            raise DeliveryError("delivery.undecided") from defect

    async def _carry_quoting(self, taken: Sequence[Taken]) -> None:
        """Look up what messages quote, then decide, store and answer."""
        await self._keep(await self._decided(taken, with_quotes=True))

    async def _decided(self, taken: Sequence[Taken], *, with_quotes: bool = False) -> Batch:
        """Decide; a defect leaves all without an answer."""
        try:
            first: dict[EntryKey, Taken] = {}
            for each in taken:
                first.setdefault(each.key, each)
            if with_quotes:
                await self._resolve_quotes(first)
            await self._decide(first.values())
        except Exception as defect:
            self._left_out([each.callback for each in taken], defect)
        else:
            return Batch(taken, first)
        return Batch()

    async def _keep(self, batch: Batch) -> None:
        """Store what was decided, and answer; a defect leaves what is not answered yet without an answer."""
        try:
            with self._dispatcher.holding():
                new = list(batch.first.values())
                stored = await self._store(new) if new else {}
                answered = [each for each in batch.taken if each.key in stored]
                acknowledge(each.callback for each in answered)
                now_ms = time.time() * 1000
                came = Counter([each.callback.received_at_ms for each in answered])
                for received_at_ms, count in came.items():
                    self.counters.ack_seconds.add(max(0.0, now_ms - received_at_ms) / 1000, count)
                for each in answered:
                    if stored[each.key].entry is not None and each is batch.first[each.key]:
                        self._tell(each)
                    else:
                        self.counters.duplicates += 1
                        log("info", "duplicate", msg_id=each.message.msg_id)
        except Exception as defect:  # without an answer DingTalk may deliver again
            self._left_out([each.callback for each in batch.taken], defect)

    async def _read(self, callbacks: Sequence[Callback]) -> list[Taken]:
        """The messages in callbacks; what cannot be read is refused."""
        self.counters.taken += len(callbacks)
        taken: list[Taken] = []
        unreadable: list[Callback] = []
        pauses = Pauses()
        for callback in callbacks:
            try:
                message = read_message(
                    callback.data,
                    received_ms=callback.received_at_ms,
                    robot_name=self._robot_name,
                    client_id=self._client_id,
                )
                quoted = quoted_ids(callback.data) if self._quotes and not message.quoted else None
            except MessageError as problem:
                unreadable.append(callback)
                log("warning", "unreadable-callback", problem=problem.text, frame=callback.message_id)
            except Exception as defect:  # of one, for which the others shall not wait
                self._left_out([callback], defect)
            else:
                key = EntryKey(message.robot, message.msg_id)
                taken.append(Taken(callback, message, key, self._active.current, quoted))
            if pauses.due:
                await pauses.pause()
        self.counters.unreadable += len(unreadable)
        acknowledge(unreadable, UNREADABLE)
        return taken

    async def _resolve_quotes(self, first: Mapping[EntryKey, Taken]) -> None:
        """Give messages that quote without words the words of what they quote, where these are found in time."""
        until = time.monotonic() + LOOK_UP_SECONDS
        if self._storing:  # what is quoted may be among them
            await asyncio.wait(self._storing, timeout=LOOK_UP_SECONDS / 2)
        quoting = [each for each in first.values() if each.quoted is not None]
        words = await asyncio.gather(*(self._words_of(each, first, until) for each in quoting))
        for each, found in zip(quoting, words, strict=True):
            self.counters.quotes["found" if found else "unknown"] += 1
            if found:
                each.message = replace(each.message, quoted=found)

    async def _words_of(self, taken: Taken, first: Mapping[EntryKey, Taken], until: float) -> str:
        assert self._quotes is not None
        assert taken.quoted is not None
        for msg_id in taken.quoted.msg_ids:
            beside = first.get(EntryKey(taken.key.robot, msg_id))
            if beside is not None and beside.message.conversation == taken.message.conversation:
                return beside.message.text
        return await self._quotes.words_of(taken.message, taken.quoted, until - time.monotonic())

    async def _decide(self, taken: Iterable[Taken]) -> None:
        """Decide; where deciding raises there is no decision."""
        pauses = Pauses()
        took: list[float] = []
        try:
            for each in taken:
                each.router = self._active.current
                began = time.perf_counter()
                try:
                    each.decision = each.router.decide(each.message)
                    took.append(time.perf_counter() - began)
                except Exception as defect:  # a defect must not lose a message: it is kept as dead
                    self.counters.undecided += 1
                    log_defect("undecided", defect, msg_id=each.message.msg_id)
                if pauses.due:
                    await pauses.pause()
        finally:
            self.counters.decide_seconds.add_all(took)

    async def _store(self, taken: Sequence[Taken]) -> dict[EntryKey, Stored]:
        """Store decisions, and messages that nothing could be decided about; what cannot be stored is left out."""
        try:
            return await self._store_together(taken)
        except JournalError as problem:
            self._unstored(taken, problem.text)
        except DeliveryError:
            # The router is stopping; without an answer DingTalk may deliver again, to whoever runs then.
            self.counters.unstored += len(taken)
        except Exception as defect:
            if len(taken) == 1:
                self.counters.unstored += 1
                log_defect("intake-failed", defect, frame=taken[0].callback.message_id)
                return {}
            # One that no journal takes must not keep the others from being stored.
            stored: dict[EntryKey, Stored] = {}
            for each in taken:
                stored |= await self._store([each])
            return stored
        return {}

    async def _store_together(self, taken: Sequence[Taken]) -> dict[EntryKey, Stored]:
        stored = await self._dispatcher.accept_all([each.to_store() for each in taken])
        return {each.key: each for each in stored}

    def _unstored(self, taken: Sequence[Taken], problem: Text) -> None:
        self.counters.unstored += len(taken)
        for each in taken:
            self._unstored_log.log(problem, msg_id=each.message.msg_id)

    def _left_out(self, callbacks: Sequence[Callback], defect: Exception) -> None:
        """A defect must not end the router; without an answer DingTalk may deliver again."""
        self.counters.unstored += len(callbacks)
        log_defect("intake-failed", defect, frame=", ".join(each.message_id for each in callbacks))

    def _tell(self, taken: Taken) -> None:
        for record in self.recorders:
            record(without_webhook(taken.callback.raw, taken.message.session_webhook))
        router, decision = taken.router, taken.decision
        if decision is None:
            return
        self.counters.outcomes[decision.outcome] += 1
        self._log.tell(decision, taken.callback.received_at_ms)
        for observer in self._observers:
            try:
                observer(router, decision)
            except Exception as defect:  # whoever watches must not keep a message from its answer
                log_defect("observer-failed", defect, msg_id=decision.message.msg_id)
