"""Drives one turn: dispatch by the retry table, then watch its job to the end. The ledger is written before each step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.journal.entry import Identity, TurnRecord
from prx_dingtalk_router.delivery.prx.agent import Agent
from prx_dingtalk_router.delivery.prx.client import CancelResult, Health, NoJob
from prx_dingtalk_router.delivery.prx.jobs import Job, jobs_since, surely_own
from prx_dingtalk_router.delivery.prx.outcome import Answered, Failed, NotStarted, TurnOutcome, Unknown
from prx_dingtalk_router.delivery.prx.request import MOST_BYTES
from prx_dingtalk_router.delivery.prx.retry import Action, Dispatching, End, Look, Poll, Resend
from prx_dingtalk_router.delivery.prx.signals import NotReady, Row, TurnSignal, Unsent, row


class TurnRow(Protocol):
    """The row of a turn in the ledger, which has one writer: it is read here, and changed by asking for it."""

    @property
    def record(self) -> TurnRecord:
        """The row as it is kept."""

    async def keep(self, **fields: Any) -> None:
        """Change fields of the row; returns once that is kept, so that what it says may be acted on."""


class OtherTurns(Protocol):
    """What is kept of other turns: a job of theirs is not this turn's."""

    async def taken(self, job_ids: Collection[str]) -> Collection[str]:
        """Which of these jobs belong to turns."""

    async def jobless(self, turn: TurnRecord) -> Collection[TurnRecord]:
        """The turns before one in its session that may have begun, and whose job was never named."""


# PRX itself ends any turn after 24 h (prx-gateway.md section 10).
_LONGEST_TURN = 25 * 3600.0
_LONGEST_BACKOFF = 30.0
_LOOK_PAUSES = (2.0, 4.0, 8.0)


class Turn:
    """One turn of one agent, from its ledger row to its outcome.

    Args:
        agent: who is asked.
        row: of the ledger, new or left by an earlier process; kept by whoever drives the message.
        others: what is kept of other turns.
        clock: waits between resends.
        throttled_for: seconds to bear being told to wait (429) before it counts as a refusal.
        has_else: somebody or something else follows, so an agent that is down is not waited for.
        on_fault: told when the daemon begins to refuse questions about jobs, as it does for a revoked token.

    Attributes:
        maybe_at_work: whether the agent may have begun.
        hindrance: why the agent has not taken the turn so far, where it or the network said.
    """

    def __init__(
        self,
        agent: Agent,
        row: TurnRow,
        others: OtherTurns,
        clock: Clock,
        *,
        throttled_for: float | None = None,
        has_else: bool = False,
        on_fault: Callable[[Text], None] | None = None,
    ) -> None:
        self._agent = agent
        self._on_fault = on_fault
        self._row = row
        self._others = others
        self._clock = clock
        self._throttled_for = throttled_for
        self._has_else = has_else
        self._ended = False
        self._admitted = False
        self._sent_at: float | None = None
        self.hindrance: Text | None = None
        self.maybe_at_work = row.record.state != "prepared"

    @property
    def record(self) -> TurnRecord:
        """The row as it is kept."""
        return self._row.record

    async def run(self) -> TurnOutcome:
        """Carry the turn to its end; the row says how it ended."""
        outcome = await self._outcome()
        await self._row.keep(**_ended(outcome))
        return outcome

    async def cancel(self) -> CancelResult | None:
        """Ask the daemon to stop the turn; None while it has no job yet: it is asked as soon as there is one."""
        if not self.record.cancel_asked:
            await self._row.keep(cancel_asked=True)
        if self.record.job_id is None:
            return None
        return await self._agent.client.cancel(self.record.job_id)

    async def look(self) -> bool:
        """Look once more, outside the schedule, whether the turn has ended: True if ``run`` is about to return."""
        if self._ended or self.record.job_id is None:
            return self._ended
        job = await self._agent.poller.look(self.record.job_id)
        # An unknown outcome may be followed by another attempt.
        return job is not None and not isinstance(job.outcome(), Unknown)

    async def _outcome(self) -> TurnOutcome:
        if self.record.state == "accepted" and self.record.job_id is not None:
            return await self._follow(self.record.job_id)
        return await self._dispatch()

    async def _dispatch(self) -> TurnOutcome:
        settings = self._agent.settings
        if len(self.record.body) > MOST_BYTES:
            return NotStarted(text("delivery.too-long"))
        began = self._clock.monotonic()
        # Whoever has an alternative does not wait for an agent that is down, but tries once: it may be back.
        waits = not self._has_else or self._agent.breaker.waits()
        table = Dispatching(
            reach_for=settings.reach_for if waits else 0.0,
            throttled_for=settings.reach_for if self._throttled_for is None else self._throttled_for,
            maybe_at_work=self.maybe_at_work,
        )
        # A row left as sent by an earlier process: nothing may be sent before the daemon is known to be the same.
        action: Action = Resend(0.0, verify=self.maybe_at_work, look=self.maybe_at_work)
        while True:
            match action:
                case End(outcome):
                    return outcome
                case Poll(job_id):
                    return await self._accepted(job_id)
                case Look(otherwise):
                    job = await self._find()
                    return await self._accepted(job.job_id) if job is not None else otherwise
                case Resend(after, verify, look):
                    if self.record.state == "sent" and not self.maybe_at_work:
                        # Kept before the wait: after a restart it is still certain that nobody is at work.
                        await self._row.keep(state="prepared")
                    if after > 0:
                        await self._clock.sleep(after)
                    if self.record.cancel_asked and not table.is_taken:
                        # If it did not arrive, sending it again would begin what is to be stopped.
                        action = Look(Unknown(text("delivery.unknown-outcome")))
                        continue
                    if look:
                        job = await self._find()
                        if job is not None:
                            return await self._accepted(job.job_id)
                    action = await self._send(table, began, verify=verify)
                    self.maybe_at_work = table.maybe_at_work

    async def _send(self, table: Dispatching, began: float, *, verify: bool) -> Action:
        """One attempt to send, after a look at who is there."""
        if not self._admitted and not self.maybe_at_work:
            fault = self._agent.breaker.admit()
            if fault is not None:
                return End(NotStarted(fault))
            self._admitted = True
        # Whether it is still the same process is known only of an answer that was given after the first send.
        health = await self._agent.health(anew=verify)
        if health == "unreachable":
            return self._judge(table, Unsent(), began)
        if isinstance(health, Health) and not health.ready:
            return self._judge(table, NotReady(), began)
        identity = health.identity if isinstance(health, Health) else None
        if verify:
            if not self._surely_remembered(identity):
                key = "delivery.restarted" if self._restarted(identity) else "delivery.unknown-outcome"
                return Look(Unknown(text(key)))
        else:
            expected = await self._agent.is_expected(identity)
            if expected == "unreachable":
                return self._judge(table, Unsent(), began)
            if expected is not True:
                return table.not_started(text("delivery.wrong-agent"), alert=True)
            now, others = self._clock.now_ms(), self._agent.known_jobs(self.record.lane.session)
            await self._row.keep(state="sent", sent_at_ms=now, daemon=identity, other_jobs=others)
            # Nothing that was sent before has arrived: the daemon's time for the key begins now.
            self._sent_at = self._clock.monotonic()
        # Set before the send: whoever gives up in the middle of it must know.
        self.maybe_at_work = True
        signal = await self._agent.client.dispatch(self.record.body, self.record.key)
        return self._judge(table, signal, began)

    def _judge(self, table: Dispatching, signal: TurnSignal, began: float) -> Action:
        """The table's action, and what later messages to the agent have to know."""
        action = table.on(signal, self._clock.monotonic() - began)
        self.hindrance = table.hindrance
        breaker = self._agent.breaker
        match row(signal):
            case Row.UNSENT:
                if isinstance(action, (End, Look)):
                    breaker.note_unreachable()
            case Row.INTERRUPTED:
                pass
            case Row.ACCEPTED | Row.ANSWERED | Row.STARTED:
                breaker.close()
            case Row.MISCONFIGURED:
                breaker.note_contact()
                match action:
                    case End(NotStarted(reason=reason)) if not breaker.note_fault(reason):
                        return End(NotStarted(reason))
            case _:
                breaker.note_contact()
        return action

    def _restarted(self, identity: Identity | None) -> bool:
        """Whether the daemon is surely another process than the one that was asked."""
        first = self.record.daemon
        return identity is not None and first is not None and not identity.continues(first)

    def _replaced(self, identity: Identity | None) -> bool:
        """Whether the daemon is another process by its own word, whatever our clock says."""
        first = self.record.daemon
        return identity is not None and first is not None and identity.replaces(first)

    def _surely_remembered(self, identity: Identity | None) -> bool:
        """Whether the daemon is the process that saw the key first, within the time it keeps keys."""
        first = self.record.daemon
        if identity is None or first is None or self.record.sent_at_ms is None:
            return False
        return identity.continues(first) and self._age(identity, first) < self._agent.settings.idempotency_ttl

    def _age(self, identity: Identity, first: Identity) -> float:
        """Seconds since the key was sent first: by our own count, or after a restart by the daemon's and the wall clock."""
        by_daemon = identity.uptime - first.uptime
        if self._sent_at is not None:
            return max(by_daemon, self._clock.monotonic() - self._sent_at)
        assert self.record.sent_at_ms is not None
        return max(by_daemon, (self._clock.now_ms() - self.record.sent_at_ms) / 1000)

    async def _accepted(self, job_id: str) -> TurnOutcome:
        self.maybe_at_work = True
        self._agent.remember_job(job_id, self.record.lane.session)
        await self._row.keep(state="accepted", job_id=job_id)
        if self.record.cancel_asked:
            await self._agent.client.cancel(job_id)
        return await self._follow(job_id)

    async def _follow(self, job_id: str) -> TurnOutcome:
        """Watch the job; a lost job is explained by what became of the process."""
        self._agent.remember_job(job_id, self.record.lane.session)
        misses = 0
        began = self._clock.monotonic() - self._earlier()
        while (since := self._clock.monotonic()) - began < _LONGEST_TURN:
            seen = await self._agent.poller.watch(job_id)
            if self._clock.monotonic() - since > _LONGEST_BACKOFF:
                misses = 0  # it was seen all the while
            if isinstance(seen, Job):
                self._ended = True
                return seen.outcome()
            if seen == "too-large":
                return Failed(text("delivery.answer-too-long"))
            if seen == "refused":
                self._refused()
            health = await self._agent.health(anew=True)
            identity = health.identity if isinstance(health, Health) else None
            if isinstance(seen, NoJob):
                if health != "unreachable":
                    lost = "delivery.restarted" if self._restarted(identity) else "delivery.answer-lost"
                    return Unknown(text(lost))
            elif self._replaced(identity):
                return Unknown(text("delivery.restarted"))
            await self._clock.sleep(min(_LONGEST_BACKOFF, 2.0**misses))
            misses += 1
        return Unknown(text("delivery.unknown-outcome"))

    def _earlier(self) -> float:
        """Seconds that the turn had run when this process began to follow it, as far as the wall clock can tell."""
        passed = (self._clock.now_ms() - self.record.dispatched_at_ms) / 1000
        return min(max(0.0, passed), _LONGEST_TURN - _LONGEST_BACKOFF)

    async def _find(self) -> Job | None:
        """This turn's job, if the daemon has it and can be asked."""
        if self.record.sent_at_ms is None:
            return None
        for pause in _LOOK_PAUSES:
            jobs = await self._agent.client.jobs()
            if not isinstance(jobs, str):
                return await self._own(jobs_since(jobs, self.record.lane.session, self.record.sent_at_ms))
            if jobs == "refused":
                self._refused()
            if jobs not in ("throttled", "unreachable"):
                break
            await self._clock.sleep(pause)
        return None

    async def _own(self, candidates: Sequence[Job]) -> Job | None:
        """The one that can belong to no other turn, of this process or of an earlier one."""
        known = (*self.record.other_jobs, *self._agent.known_jobs(self.record.lane.session))
        taken = {*known, *await self._others.taken([job.job_id for job in candidates])}
        free = [job for job in candidates if job.job_id not in taken]
        if not free:
            return None
        jobless = await self._others.jobless(self.record)
        return surely_own(free, [turn.state for turn in jobless if not self._is_past(turn.daemon)])

    def _is_past(self, other: Identity | None) -> bool:
        """Whether another turn was sent to an earlier process of the daemon, which took its jobs along."""
        mine = self.record.daemon
        # The uptime tells less: of two answers of one process the older may have come last.
        return mine is not None and other is not None and mine.pid != other.pid

    def _refused(self) -> None:
        """A fault of the configuration (section 15.2): nothing more is dispatched, and one alert is given."""
        reason = text("delivery.misconfigured")
        if self._agent.breaker.note_fault(reason) and self._on_fault is not None:
            self._on_fault(reason)


def _ended(outcome: TurnOutcome) -> dict[str, object]:
    """What the row says of an outcome."""
    match outcome:
        case Answered(answer):
            return {"state": "answered", "answer": answer}
        case NotStarted(reason=reason):
            return {"state": "not-started", "failure": reason}
        case Failed(reason=reason):
            return {"state": "failed", "failure": reason}
        case Unknown(reason=reason):
            return {"state": "unknown", "failure": reason}
