"""The retry table of a dispatch as a state machine: signal in, action out, nothing sent or waited for here.

Source: prx-gateway.md section 15.2. Two facts carry it. *Maybe at work* is sticky: once a request may have arrived, no
later refusal proves that the turn did not start. And a resend is safe only to the process that saw the key, while it
remembers it; so the driver verifies the daemon before every such resend.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery.prx.numbers import seconds
from prx_dingtalk_router.delivery.prx.outcome import Answered, Failed, NotStarted, TurnOutcome, Unknown
from prx_dingtalk_router.delivery.prx.signals import NotReady, Response, Row, TurnSignal, row

DEFAULT_RATE_WAIT = 60.0
_MEANINGFUL_WAIT = 0.1


@dataclass(frozen=True, slots=True)
class Resend:
    """Send the same bytes under the same key ``after`` seconds.

    ``verify``: only to the same process while it remembers the key; otherwise look in its jobs.
    ``look``: see first whether the job can be found there.
    """

    after: float
    verify: bool = False
    look: bool = False


@dataclass(frozen=True, slots=True)
class Poll:
    """The turn runs as this job."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Look:
    """Look for the turn in the daemon's jobs; ``otherwise`` is the end if it is not there."""

    otherwise: TurnOutcome


@dataclass(frozen=True, slots=True)
class End:
    """The dispatch is over."""

    outcome: TurnOutcome


Action = Resend | Poll | Look | End


class Dispatching:
    """One dispatch, from the first send to an accepted job or an end.

    Args:
        reach_for: seconds to try to reach the daemon.
        throttled_for: seconds to bear being told to wait; longer than ``reach_for`` where no alternative is left.
        maybe_at_work: a request may have arrived before this process began.
        jitter: a number from 0 to 1.

    Attributes:
        hindrance: why it was last not taken; None while nothing was in the way.
    """

    def __init__(
        self,
        *,
        reach_for: float,
        throttled_for: float | None = None,
        maybe_at_work: bool = False,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._reach_for = reach_for
        self._throttled_for = reach_for if throttled_for is None else throttled_for
        self._jitter = jitter
        self._unsent = 0
        self._processing = 0
        self.hindrance: Text | None = None
        self.maybe_at_work = maybe_at_work

    @property
    def is_taken(self) -> bool:
        """Whether the daemon has said that a request under the key runs."""
        return self._processing > 0

    def on(self, signal: TurnSignal, elapsed: float) -> Action:
        """What to do after ``signal``, ``elapsed`` seconds into the dispatch."""
        return _ON[row(signal)](self, signal, elapsed)

    def on_unsent(self, signal: TurnSignal, elapsed: float) -> Action:
        """Nothing left: back off and try again, within the reach."""
        backoff = min(30.0, 2.0**self._unsent)
        self._unsent += 1
        key = "delivery.not-ready" if isinstance(signal, NotReady) else "delivery.unreachable"
        return self._again(backoff * (0.5 + self._jitter() / 2), elapsed, self._reach_for, key)

    def on_interrupted(self, _: TurnSignal, elapsed: float) -> Action:
        """It may have arrived: from now on nothing proves that it did not."""
        if not self.maybe_at_work:
            # Worth one more send even after the reach: not to know is worse than to wait.
            self.maybe_at_work = True
            self._unsent += 1
            return Resend(0.5 + self._jitter() / 2, verify=True)
        return self.on_unsent(_, elapsed)

    def on_accepted(self, signal: TurnSignal, _: float) -> Action:
        """The turn runs."""
        self.maybe_at_work = True
        return Poll(str(_payload(signal)["job_id"]))

    def on_answered(self, signal: TurnSignal, _: float) -> Action:
        """The answer, of this request or of an earlier one under its key."""
        return End(Answered(str(_payload(signal)["response"])))

    def on_started(self, _: TurnSignal, __: float) -> Action:
        """It was taken, but neither its job nor its answer was named: the jobs list has both."""
        self.maybe_at_work = True
        return Look(Unknown(text("delivery.odd-answer")))

    def on_processing(self, _: TurnSignal, __: float) -> Action:
        """An earlier request under the key runs, and its job id never came."""
        self.maybe_at_work = True
        wait = min(15.0, 2.0 ** (self._processing + 1))
        self._processing += 1
        return Resend(wait, verify=True, look=True)

    def on_rate_limited(self, signal: TurnSignal, elapsed: float) -> Action:
        """Told to wait before anything ran."""
        wait = _rate_wait(signal)
        return self._again(wait * (1 + self._jitter() / 10), elapsed, self._throttled_for, "delivery.busy")

    def on_store_full(self, _: TurnSignal, elapsed: float) -> Action:
        """No room for keys: nothing ran."""
        return self._again(5.0 + 25.0 * self._jitter(), elapsed, self._throttled_for, "delivery.busy")

    def on_replay_unavailable(self, _: TurnSignal, __: float) -> Action:
        """Done, but the answer is too big to be replayed: the jobs list has it for an hour."""
        return Look(Failed(text("delivery.answer-lost")))

    def _again(self, wait: float, elapsed: float, within: float, key: str) -> Action:
        self.hindrance = text(key)
        if elapsed + wait <= within:
            return Resend(wait, verify=self.maybe_at_work)
        if self.maybe_at_work:
            return Look(Unknown(text("delivery.unknown-outcome")))
        left = within - elapsed
        # One last try at the very end, if there is time for a meaningful wait at all.
        if key != "delivery.busy" and left > _MEANINGFUL_WAIT:
            return Resend(left)
        return End(NotStarted(text(key)))

    def not_started(self, reason: Text, *, alert: bool = False) -> Action:
        """The end of a request that was refused before anything ran."""
        if self.maybe_at_work:
            return Look(Unknown(text("delivery.unknown-outcome")))
        return End(NotStarted(reason, alert))


def _refused(key: str, *, alert: bool = False) -> Callable[[Dispatching, TurnSignal, float], Action]:
    return lambda self, _, __: self.not_started(text(key), alert=alert)


def _ended(kind: type[Failed | Unknown], key: str) -> Callable[[Dispatching, TurnSignal, float], Action]:
    return lambda _, __, ___: End(kind(text(key)))


_ON: Mapping[Row, Callable[[Dispatching, TurnSignal, float], Action]] = {
    Row.UNSENT: Dispatching.on_unsent,
    Row.NOT_READY: Dispatching.on_unsent,
    Row.INTERRUPTED: Dispatching.on_interrupted,
    Row.ACCEPTED: Dispatching.on_accepted,
    Row.ANSWERED: Dispatching.on_answered,
    Row.BAD_REQUEST: _refused("delivery.refused"),
    Row.TOO_LARGE: _refused("delivery.too-long"),
    Row.MISCONFIGURED: _refused("delivery.misconfigured", alert=True),
    Row.STARTED: Dispatching.on_started,
    Row.PROCESSING: Dispatching.on_processing,
    Row.RETRY_UNAVAILABLE: _ended(Failed, "delivery.failed"),
    Row.REPLAY_UNAVAILABLE: Dispatching.on_replay_unavailable,
    Row.CONFLICT: lambda _, __, ___: End(Failed(text("delivery.defect"), alert=True)),
    Row.RATE_LIMITED: Dispatching.on_rate_limited,
    Row.FAILED: _ended(Failed, "delivery.failed"),
    Row.STORE_FULL: Dispatching.on_store_full,
    Row.CANCELLED: _ended(Failed, "delivery.cancelled"),
    Row.RESULT_LOST: _ended(Unknown, "delivery.unknown-outcome"),
}


def _payload(signal: TurnSignal) -> Mapping[str, object]:
    payload = signal.payload if isinstance(signal, Response) else None
    return payload if payload is not None else {}


def _rate_wait(signal: TurnSignal) -> float:
    """Seconds that a 429 asks for: its header, else its body, else a minute."""
    if isinstance(signal, Response) and signal.retry_after is not None:
        return signal.retry_after
    told = seconds(_payload(signal).get("retry_after"))
    return DEFAULT_RATE_WAIT if told is None else told
