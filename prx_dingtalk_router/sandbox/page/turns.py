"""Which agent's turn belongs to which message: found by the session and the text of the decision's steps."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from prx_dingtalk_router.sandbox.prx import TurnEnded, TurnStarted

KEPT = 500


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn as the page shows it.

    ``started`` is Unix milliseconds of the daemon, whose clock may have been put forward; how long the turn takes goes by a
    clock that nobody puts: it ``began`` at one of its seconds and ``took_ms``, ``None`` while it runs.
    """

    id: str
    agent: str
    session: str
    message: str
    status: str
    started: int
    began: float
    took_ms: int | None = None
    msg_id: str | None = None

    def to_json(self, now: float) -> dict[str, object]:
        """The turn as plain data, with the milliseconds that it has run so far."""
        return {
            "id": self.id,
            "agent": self.agent,
            "message": self.message,
            "status": self.status,
            "started": self.started,
            "ended": self.took_ms is not None,
            "ran_ms": round((now - self.began) * 1000) if self.took_ms is None else self.took_ms,
            "msg_id": self.msg_id,
        }


@dataclass(frozen=True, slots=True)
class _Expected:
    agent: str
    session: str
    message: str
    msg_id: str

    def fits(self, turn: ShownTurn) -> bool:
        """A session that was begun anew has ``:g<n>`` behind it (interfaces.md section 2)."""
        same = turn.session == self.session or turn.session.startswith(f"{self.session}:g")
        return same and turn.agent == self.agent and turn.message == self.message


class TurnLedger:
    """The turns that agents ran, each with the message it answers once a decision tells.

    Args:
        clock: seconds that pass as they do for people.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turns: dict[str, ShownTurn] = {}
        self._expected: list[_Expected] = []

    def to_json(self, turn: ShownTurn) -> dict[str, object]:
        """A turn as plain data, as of now."""
        return turn.to_json(self._clock())

    @property
    def turns(self) -> list[ShownTurn]:
        """The latest turns, oldest first."""
        return list(self._turns.values())

    def decided(self, msg_id: str, decision: Mapping[str, object]) -> list[ShownTurn]:
        """Take a decision (interfaces.md section 2); the answer are the turns whose message is known by it."""
        found = []
        for agent, session, message in _agents(decision.get("steps")):
            wanted = _Expected(agent, session, message, msg_id)
            turn = next((t for t in self._turns.values() if t.msg_id is None and wanted.fits(t)), None)
            if turn is None:
                self._expected.append(wanted)
            else:
                found.append(self._keep(replace(turn, msg_id=msg_id)))
        del self._expected[:-KEPT]
        return found

    def started(self, agent: str, event: TurnStarted) -> ShownTurn:
        """A turn began."""
        turn = ShownTurn(
            f"{agent}/{event.job_id}",
            agent,
            event.reply_target,
            event.message,
            "running",
            event.at,
            self._clock(),
        )
        expected = next((each for each in self._expected if each.fits(turn)), None)
        if expected is not None:
            self._expected.remove(expected)
            turn = replace(turn, msg_id=expected.msg_id)
        return self._keep(turn)

    def ended(self, agent: str, event: TurnEnded) -> ShownTurn | None:
        """A turn is over; ``None`` when its begin was not seen."""
        turn = self._turns.get(f"{agent}/{event.job_id}")
        if turn is None:
            return None
        if event.status == "succeeded":
            # its alternatives will not be asked any more
            self._expected = [each for each in self._expected if each.msg_id != turn.msg_id]
        took_ms = round((self._clock() - turn.began) * 1000)
        return self._keep(replace(turn, status=event.status, took_ms=took_ms))

    def _keep(self, turn: ShownTurn) -> ShownTurn:
        self._turns[turn.id] = turn
        while len(self._turns) > KEPT:
            del self._turns[next(iter(self._turns))]
        return turn


def _agents(steps: object) -> Iterator[tuple[str, str, str]]:
    """Agent, session and told text of every ``agent`` step, alternatives included."""
    for step in steps if isinstance(steps, (list, tuple)) else ():
        if not isinstance(step, Mapping):
            continue
        if step.get("step") == "agent":
            yield str(step.get("agent", "")), str(step.get("session", "")), str(step.get("message", ""))
        yield from _agents(step.get("else"))
