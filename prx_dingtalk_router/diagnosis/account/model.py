"""What became of a message, as plain data. Times are Unix milliseconds; None where the journal does not have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import BoundStep
from prx_dingtalk_router.delivery.journal import Entry
from prx_dingtalk_router.delivery.journal.entry import TurnState

Fate = Literal[
    "performed",  # done
    "limited",  # its `at most` had no room
    "failed",
    "sending",  # a part of the reply is on its way, or the next one is about to be
    "held-back",  # the conversation takes nothing now
    "asking",  # the agent has it, or is being reached
    "waiting",  # for its session, or for room at the agent
    "next",  # not begun, and it will be
    "skipped",  # not needed, or not reached before the end
]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One turn of an agent.

    Attributes:
        number: 1 for the first.
        state: how far it came.
        begun_at_ms: when it was to be dispatched.
        sent_at_ms: when the daemon was last asked for it.
        ended_at_ms: when it ended.
        until_ms: when its step gives it up, while it is at work.
        job_id: by which PRX knows it.
        failure: why it gave no answer.
    """

    number: int
    agent: str
    session: str
    state: TurnState
    begun_at_ms: int
    sent_at_ms: int | None = None
    ended_at_ms: int | None = None
    until_ms: int | None = None
    job_id: str | None = None
    failure: Text | None = None


@dataclass(frozen=True, slots=True)
class StepAccount:
    """What became of one step.

    Attributes:
        step: as it was decided.
        fate: what became of it.
        begun_at_ms: when it was begun.
        ended_at_ms: when it was over.
        until_ms: until when it waits, where that is known.
        route: by which a reply went, or was refused: ``webhook`` or ``api``; empty where none was tried, or nothing was noted.
        parts: of a reply that is not over, those that were sent.
        behind: messages of the same session that come first.
        failure: why it was not done.
        attempts: turns of its agent, in order.
        alternatives: its ``else`` steps.
    """

    step: BoundStep
    fate: Fate
    begun_at_ms: int | None = None
    ended_at_ms: int | None = None
    until_ms: int | None = None
    route: str = ""
    parts: int = 0
    behind: int = 0
    failure: Text | None = None
    attempts: tuple[Attempt, ...] = ()
    alternatives: tuple[StepAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a message.

    Attributes:
        entry: as it is kept.
        steps: those of its decision, in order.
        told_at_ms: when the sender was told that nothing came of it.
    """

    entry: Entry
    steps: tuple[StepAccount, ...]
    told_at_ms: int | None = None
