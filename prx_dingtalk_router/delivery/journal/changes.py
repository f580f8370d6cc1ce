"""What can happen to a message that is kept, as data, and what it comes to: the same for every journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from msgspec import Struct, structs

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery.journal.entry import (
    EarlierTry,
    Entry,
    GuardKey,
    Person,
    StepRecord,
    StepRef,
    StopReason,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.states import TRANSITIONS, Happening
from prx_dingtalk_router.errors import JournalError

MOST_EARLIER = 20
"""So many earlier tries of a message are kept."""


class StepChanged(Struct, frozen=True):
    """How far one step is."""

    step: StepRef
    record: StepRecord


class TurnChanged(Struct, frozen=True):
    """The ledger's row of a turn, by step and attempt."""

    turn: TurnRecord


@dataclass(frozen=True, slots=True)
class RoomTaken:
    """A step counts against its guard from ``at_ms`` on, if fewer than ``count`` were within the last ``per`` seconds.

    An entry that is counted already keeps its count. Without room nothing of the changes it comes with is kept.
    """

    guard: GuardKey
    count: int
    per: float
    at_ms: int


@dataclass(frozen=True, slots=True)
class RoomReturned:
    """The step was not performed: it does not count."""

    guard: GuardKey


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A new generation of a person's sessions begins, once for each step of an entry."""

    person: Person
    step: StepRef


@dataclass(frozen=True, slots=True)
class StopAsked:
    """No agent is asked any more, and what runs is stopped as far as PRX allows.

    ``cancelled``: its sender asked for that. ``replaced``: another message has taken its place, and that stays so.
    """

    reason: StopReason = "cancelled"


class Ended(Struct, frozen=True):
    """The message is done, dropped or dead.

    Of one that is not dead the bodies and answers of its turns are not kept: nothing is carried out any more. ``carrier`` is the
    message id of the one with which it was told to their agent, where that is how it ended.
    """

    state: Literal["done", "dropped", "dead"]
    reason: Text | str | None
    at_ms: int
    carrier: str | None = None


@dataclass(frozen=True, slots=True)
class Retried:
    """A dead message is queued again.

    What was performed stays done, parts that were sent stay sent (the step is ``sending``), answers are kept; other turns are
    ``superseded``, and the rest is tried anew. How it had failed is kept as an earlier try, of which the last twenty stay.

    Attributes:
        decision: takes the place of the one that is kept, where that asks for nothing because deciding had raised.
    """

    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Discarded:
    """A dead message is given up."""

    at_ms: int


Change = (
    StepChanged | TurnChanged | RoomTaken | RoomReturned | Forgotten | StopAsked | Ended | Retried | Discarded
)


def changed(entry: Entry, changes: Sequence[Change]) -> Entry:
    """The entry after all of the changes, one revision on.

    Raises:
        JournalError: the state that it is in does not allow one of them.
    """
    for change in changes:
        entry = _after(entry, change)
    return structs.replace(entry, revision=entry.revision + 1)


def _after(entry: Entry, change: Change) -> Entry:
    match change:
        case StepChanged(step, record):
            steps = MappingProxyType({**entry.steps, step: record})
            return structs.replace(_moved(entry, "progress"), steps=steps)
        case TurnChanged(turn):
            return structs.replace(_moved(entry, "progress"), turns=_with(entry.turns, turn))
        case RoomTaken() | RoomReturned() | Forgotten():
            return _moved(entry, "progress")
        case StopAsked(reason):
            stopped = "replaced" if entry.stopped == "replaced" else reason
            return structs.replace(_moved(entry, "progress"), stopped=stopped)
        case Ended(state, reason, at_ms, carrier):
            turns = entry.turns if state == "dead" else tuple(turn.outlined() for turn in entry.turns)
            moved = _moved(entry, state)
            return structs.replace(moved, reason=reason, finished_at_ms=at_ms, turns=turns, carrier=carrier)
        case Retried(decision):
            return _retried(_moved(entry, "retried"), decision or entry.decision)
        case Discarded(at_ms):
            turns = tuple(turn.outlined() for turn in entry.turns)
            moved = _moved(entry, "discarded")
            return structs.replace(moved, reason="discarded", finished_at_ms=at_ms, turns=turns)


def _moved(entry: Entry, happening: Happening) -> Entry:
    state = TRANSITIONS[entry.state].get(happening)
    if state is None:
        raise JournalError("delivery.journal-conflict", msg_id=entry.key.msg_id)
    return entry if state == entry.state else structs.replace(entry, state=state)


def _with(turns: Sequence[TurnRecord], turn: TurnRecord) -> tuple[TurnRecord, ...]:
    """The turns with one of them changed, or added at the end."""
    where = [(each.step, each.attempt) for each in turns]
    if (turn.step, turn.attempt) not in where:
        return (*turns, turn)
    at = where.index((turn.step, turn.attempt))
    return (*turns[:at], turn, *turns[at + 1 :])


def _retried(entry: Entry, decision: Decision) -> Entry:
    kept = {
        step: structs.replace(record, state="sending", failure=None, posting=False)
        if record.state == "failed"
        else record
        for step, record in entry.steps.items()
        if record.state in ("performed", "sending") or record.parts
    }
    turns = tuple(
        turn if turn.state == "answered" else replace(turn, state="superseded") for turn in entry.turns
    )
    failures = tuple((step, record) for step, record in entry.steps.items() if record.state == "failed")
    failed = EarlierTry(entry.finished_at_ms or entry.stored_at_ms, entry.reason, failures)
    return structs.replace(
        entry,
        decision=decision,
        reason=None,
        finished_at_ms=None,
        stopped=None,
        steps=MappingProxyType(kept),
        turns=turns,
        earlier=(*entry.earlier, failed)[-MOST_EARLIER:],
    )
