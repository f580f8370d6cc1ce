"""From a callback to its answer: read, decide, store, and only then acknowledge (interfaces.md section 5)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from prx_dingtalk_router.decision.model import DENIED
from prx_dingtalk_router.delivery import Dispatcher, Stored
from prx_dingtalk_router.errors import DeliveryError, JournalError, MessageError
from prx_dingtalk_router.matching import Decision, Router
from prx_dingtalk_router.message import Message, read_message
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.logs import log, log_defect
from prx_dingtalk_router.stream import Callback

OK = 200
UNREADABLE = 400
QUOTA_ALERT_SECONDS = 3600.0

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


class Intake:
    """Takes callbacks and answers them.

    Args:
        active: holds the router that decides.
        dispatcher: stores decisions and carries them out.
        robot_name: whose leading mention is cut off.
        client_id: stands in for a missing robot code.
        observer: told of every new decision.
    """

    def __init__(
        self,
        active: ActiveRouter,
        dispatcher: Dispatcher,
        *,
        robot_name: str,
        client_id: str,
        observer: DecisionObserver | None = None,
    ) -> None:
        self._active = active
        self._dispatcher = dispatcher
        self._robot_name = robot_name
        self._client_id = client_id
        self._observer = observer
        self._quota_alert_due = 0.0
        self.counters = IntakeCounters()

    async def take(self, callbacks: Sequence[Callback]) -> None:
        """Answer callbacks: decided in the order in which they came, stored together, each acknowledged once stored.

        What they ask for is begun after the last answer.
        """
        with self._dispatcher.holding():
            await asyncio.gather(*(self._take(callback) for callback in callbacks))

    async def _take(self, callback: Callback) -> None:
        try:
            await self._answer(callback)
        except (
            Exception
        ) as defect:  # a defect must not end the router; without an answer DingTalk may deliver again
            self.counters.unstored += 1
            log_defect("intake-failed", defect, frame=callback.message_id)

    async def _answer(self, callback: Callback) -> None:
        self.counters.taken += 1
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
            return
        router = self._active.current
        decision = self._decide(router, message)
        stored = await self._store(router, message, decision, callback.raw)
        if stored is None:
            return
        await callback.ack(OK)
        if not stored.new:
            self.counters.duplicates += 1
            log("info", "duplicate", msg_id=message.msg_id)
        elif decision is not None:
            self._tell(router, decision)

    def _decide(self, router: Router, message: Message) -> Decision | None:
        """The decision; ``None`` where deciding raised."""
        try:
            return router.decide(message)
        except Exception as defect:  # a defect must not lose a message: it is kept as dead
            self.counters.undecided += 1
            log_defect("undecided", defect, msg_id=message.msg_id)
            return None

    async def _store(
        self, router: Router, message: Message, decision: Decision | None, callback: str
    ) -> Stored | None:
        """Store a decision, or a message that nothing could be decided about; ``None`` where it cannot be stored."""
        try:
            if decision is not None:
                return await self._dispatcher.accept(decision, callback)
            heard = message.notice is None and router.baseline.admits(message)
            undecided = Decision(message, router.rules.fingerprint, by=None if heard else DENIED)
            return await self._dispatcher.bury(undecided, callback)
        except JournalError as problem:
            self.counters.unstored += 1
            log("error", "unstored", problem=problem.text, msg_id=message.msg_id)
        except DeliveryError:
            # The router is stopping; without an answer DingTalk may deliver again, to whoever runs then.
            self.counters.unstored += 1
        return None

    def _tell(self, router: Router, decision: Decision) -> None:
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
        if self._observer is not None:
            try:
                self._observer(router, decision)
            except Exception as defect:  # whoever watches must not keep a message from its answer
                log_defect("observer-failed", defect, msg_id=decision.message.msg_id)
