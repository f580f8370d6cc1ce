"""From an entry of the journal to what became of its message."""

from __future__ import annotations

from dataclasses import replace

from prx_dingtalk_router.decision.model import AgentStep, BoundStep, CancelStep, DropStep, ForgetStep, Step
from prx_dingtalk_router.delivery.dispatch.progress import FAILURE_POSITION
from prx_dingtalk_router.delivery.journal import Entry, StepRecord, StepRef, TurnRecord
from prx_dingtalk_router.delivery.journal.entry import TURN_IN_FLIGHT
from prx_dingtalk_router.delivery.journal.states import ENDED
from prx_dingtalk_router.diagnosis.account.ahead import Ahead
from prx_dingtalk_router.diagnosis.account.model import Account, Attempt, Fate, StepAccount


def account_of(entry: Entry, ahead: Ahead | None = None) -> Account:
    """What became of a message.

    Args:
        entry: as it is kept.
        ahead: knows who comes before it; None where nobody does, as with a message that is over.
    """
    told = entry.steps.get(StepRef(entry.decision.by or "", FAILURE_POSITION))
    steps = tuple(_step(entry, step, ahead) for step in entry.decision.steps)
    return Account(
        entry,
        _held_back(entry, steps, ahead) if ahead is not None else steps,
        told.at_ms or None if told is not None and told.state == "performed" else None,
    )


def _held_back(entry: Entry, steps: tuple[StepAccount, ...], ahead: Ahead) -> tuple[StepAccount, ...]:
    """The steps, of which the first that would speak now waits as long as its conversation takes nothing from anybody."""
    until_ms = ahead.held_until(entry)
    first = next((each for each in steps if each.fate not in ("performed", "limited", "failed")), None)
    if until_ms is None or first is None or first.fate not in ("sending", "next"):
        return steps
    if isinstance(first.step, (ForgetStep, CancelStep, DropStep)):
        return steps
    held = replace(first, fate="held-back", until_ms=until_ms)
    return tuple(held if each is first else each for each in steps)


def _step(entry: Entry, step: Step, ahead: Ahead | None) -> StepAccount:
    ref = StepRef.of(step)
    record = entry.steps.get(ref)
    attempts = tuple(_attempt(turn, step) for turn in entry.turns if turn.step == ref)
    fate = _fate(entry, step, record, entry.turn(ref))
    is_over = fate in ("performed", "limited", "failed")
    return StepAccount(
        step,
        fate,
        begun_at_ms=(record.begun_at_ms or None) if record is not None else None,
        ended_at_ms=(record.at_ms or None) if record is not None and is_over else None,
        until_ms=_until(fate, record, attempts),
        route=record.route if record is not None else "",
        parts=record.parts if record is not None and fate != "performed" else 0,
        behind=ahead.of(entry, step) if ahead is not None and fate == "waiting" else 0,
        failure=record.failure if record is not None else None,
        attempts=attempts,
        alternatives=tuple(_step(entry, each, ahead) for each in _alternatives(entry, step)),
    )


def _alternatives(entry: Entry, step: Step) -> tuple[Step, ...]:
    """The alternatives of a step, before them what it said of a busy session."""
    said = step.busy_reply if isinstance(step, AgentStep) else None
    if said is None or StepRef.of(said) not in entry.steps:
        return step.alternatives
    return (said, *step.alternatives)


def _fate(entry: Entry, step: BoundStep, record: StepRecord | None, turn: TurnRecord | None) -> Fate:
    if record is None and turn is not None and entry.state not in ENDED:
        record = StepRecord("sending")  # only what is counted by `at most` is noted before its agent is asked
    if record is None:
        return _not_begun(entry, step)
    match record.state:
        case "performed":
            return "performed"
        case "refused":
            return "limited"
        case "failed":
            return "failed"
        case "sending":
            return "skipped" if entry.state in ENDED else _under_way(step, record, turn)


def _not_begun(entry: Entry, step: BoundStep) -> Fate:
    if entry.state in ENDED or step.is_alternative:
        return "skipped"
    return "waiting" if isinstance(step, AgentStep) else "next"


def _under_way(step: BoundStep, record: StepRecord, turn: TurnRecord | None) -> Fate:
    if record.due_at_ms:
        return "held-back"
    if not isinstance(step, AgentStep) or (turn is not None and turn.state == "answered"):
        return "sending"
    return "waiting" if turn is None or turn.state == "superseded" else "asking"


def _until(fate: Fate, record: StepRecord | None, attempts: tuple[Attempt, ...]) -> int | None:
    if fate == "held-back" and record is not None:
        return record.due_at_ms
    return attempts[-1].until_ms if fate == "asking" and attempts else None


def _attempt(turn: TurnRecord, step: Step) -> Attempt:
    is_at_work = turn.state in TURN_IN_FLIGHT
    timeout = step.timeout if isinstance(step, AgentStep) else 0.0
    return Attempt(
        turn.attempt,
        turn.lane.agent,
        turn.lane.session,
        turn.state,
        turn.dispatched_at_ms,
        turn.sent_at_ms,
        None if is_at_work or turn.state == "prepared" else turn.at_ms or None,
        turn.dispatched_at_ms + round(timeout * 1000) if is_at_work else None,
        turn.job_id,
        turn.failure,
    )
