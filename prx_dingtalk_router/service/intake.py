"""From a callback to its answer: read, decide, store, and only then acknowledge (interfaces.md section 5)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import DENIED
from prx_dingtalk_router.delivery import Dispatcher, EntryKey, NewEntry, Stored, to_carry_out, undecided
from prx_dingtalk_router.errors import DeliveryError, JournalError, MessageError
from prx_dingtalk_router.matching import Decision, Router
from prx_dingtalk_router.message import Message, read_message
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.logs import log, log_defect
from prx_dingtalk_router.stream import Callback, acknowledge

UNREADABLE = 400
QUOTA_ALERT_SECONDS = 3600.0
MOST_SECONDS_AT_A_TIME = 0.01
"""For so long deciding may keep everybody else from the loop."""

DecisionObserver = Callable[[Router, Decision], None]
"""Told of every decision on a message that was not seen before, and the router that made it."""


@dataclass(slots=True)
class IntakeCounters:
    """Counts, never reset."""

    taken: int = 0
    unreadable: int = 0
    undecided: int = 0
    unstored: int = 0
    duplicates: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Taken:
    """A callback on its way: read, decided by a router, to be stored."""

    callback: Callback
    message: Message
    router: Router
    decision: Decision | None = None

    @property
    def key(self) -> EntryKey:
        return EntryKey(self.message.robot, self.message.msg_id)

    def to_store(self) -> NewEntry:
        if self.decision is not None:
            return to_carry_out(self.decision, self.callback.raw)
        heard = self.message.notice is None and self.router.baseline.admits(self.message)
        by = None if heard else DENIED
        return undecided(Decision(self.message, self.router.rules.fingerprint, by=by), self.callback.raw)


class Intake:
    """Takes callbacks and answers them.

    Args:
        active: holds the router that decides.
        dispatcher: stores decisions and carries them out.
        robot_name: whose leading mention is cut off.
        client_id: stands in for a missing robot code.
        observers: each told of every new decision.
    """

    def __init__(
        self,
        active: ActiveRouter,
        dispatcher: Dispatcher,
        *,
        robot_name: str,
        client_id: str,
        observers: Sequence[DecisionObserver] = (),
    ) -> None:
        self._active = active
        self._dispatcher = dispatcher
        self._robot_name = robot_name
        self._client_id = client_id
        self._observers = tuple(observers)
        self._quota_alert_due = 0.0
        self.counters = IntakeCounters()

    async def take(self, callbacks: Sequence[Callback]) -> None:
        """Answer callbacks: decided in the order in which they came, stored together, acknowledged once stored.

        What was stored before is only acknowledged; nothing is decided about it. What they ask for is begun after the last
        answer.
        """
        with self._dispatcher.holding():
            try:
                await self._answer(callbacks)
            except (
                Exception
            ) as defect:  # a defect must not end the router; without an answer DingTalk may deliver again
                self.counters.unstored += len(callbacks)
                log_defect("intake-failed", defect, frame=", ".join(each.message_id for each in callbacks))

    async def _answer(self, callbacks: Sequence[Callback]) -> None:
        self.counters.taken += len(callbacks)
        taken = [each for callback in callbacks if (each := await self._read(callback)) is not None]
        try:
            known = await self._dispatcher.known({each.key for each in taken})
        except JournalError as problem:
            self._unstored(taken, problem.text)
            return
        first: dict[EntryKey, _Taken] = {}
        for each in taken:
            if each.key not in known:
                first.setdefault(each.key, each)
        await self._decide(list(first.values()))
        stored = await self._store(list(first.values()))
        await acknowledge(each.callback for each in taken if each.key in known or each.key in stored)
        for each in taken:
            if each.key in stored and stored[each.key].new and each is first[each.key]:
                self._tell(each)
            elif each.key in known or each.key in stored:
                self.counters.duplicates += 1
                log("info", "duplicate", msg_id=each.message.msg_id)

    async def _read(self, callback: Callback) -> _Taken | None:
        """The message in a callback; ``None`` for one that cannot be read, which is refused."""
        try:
            message = read_message(
                callback.data,
                received_ms=callback.received_at_ms,
                robot_name=self._robot_name,
                client_id=self._client_id,
            )
        except MessageError as problem:
            self.counters.unreadable += 1
            await callback.ack(UNREADABLE)
            log("warning", "unreadable-callback", problem=problem.text, frame=callback.message_id)
            return None
        return _Taken(callback, message, self._active.current)

    async def _decide(self, taken: Sequence[_Taken]) -> None:
        """Decide, with pauses in which pings are answered; where deciding raises there is no decision."""
        loop = asyncio.get_running_loop()
        pause_at = loop.time() + MOST_SECONDS_AT_A_TIME
        for each in taken:
            each.router = self._active.current
            try:
                each.decision = each.router.decide(each.message)
            except Exception as defect:  # a defect must not lose a message: it is kept as dead
                self.counters.undecided += 1
                log_defect("undecided", defect, msg_id=each.message.msg_id)
            if loop.time() >= pause_at:
                await asyncio.sleep(0)
                pause_at = loop.time() + MOST_SECONDS_AT_A_TIME

    async def _store(self, taken: Sequence[_Taken]) -> dict[EntryKey, Stored]:
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

    async def _store_together(self, taken: Sequence[_Taken]) -> dict[EntryKey, Stored]:
        stored = await self._dispatcher.accept_all([each.to_store() for each in taken]) if taken else ()
        return {each.key: each for each in stored}

    def _unstored(self, taken: Sequence[_Taken], problem: Text) -> None:
        self.counters.unstored += len(taken)
        for each in taken:
            log("error", "unstored", problem=problem, msg_id=each.message.msg_id)

    def _tell(self, taken: _Taken) -> None:
        router, decision = taken.router, taken.decision
        if decision is None:
            return
        self.counters.outcomes[decision.outcome] += 1
        if decision.message.notice == "quota" and time.monotonic() >= self._quota_alert_due:
            # One alert for an operator, not one for each message of a month (dingtalk-stream.md section 9).
            self._quota_alert_due = time.monotonic() + QUOTA_ALERT_SECONDS
            log("error", "quota", msg_id=decision.message.msg_id)
        log(
            "info",
            "decided",
            msg_id=decision.message.msg_id,
            by=decision.by or decision.reason or "-",
            outcome=decision.outcome,
            agents=",".join(decision.agents()),
            shadow=",".join(each.rule for each in decision.shadow),
        )
        for observer in self._observers:
            try:
                observer(router, decision)
            except Exception as defect:  # whoever watches must not keep a message from its answer
                log_defect("observer-failed", defect, msg_id=decision.message.msg_id)
