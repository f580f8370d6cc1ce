"""What is to be done next about a message: a pure function of its progress and the time.

Going on after a restart is the same call as going on. Nothing is sent, asked or kept here; ``delivery`` does what is said and
asks again.
"""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import (
    AgentStep,
    CancelStep,
    DropStep,
    ForgetStep,
    ReplyStep,
    Step,
)
from prx_dingtalk_router.delivery.dispatch import chains
from prx_dingtalk_router.delivery.dispatch.actions import (
    Action,
    Admit,
    Answer,
    Ask,
    AwaitLate,
    Drop,
    End,
    Ending,
    Fail,
    Follow,
    Forget,
    Notify,
    Say,
    StopOthers,
    TakePlace,
    Tell,
    TimeOut,
    Watch,
)
from prx_dingtalk_router.delivery.dispatch.failures import NOTHING_TO_TELL, is_undelivered
from prx_dingtalk_router.delivery.dispatch.progress import Progress
from prx_dingtalk_router.delivery.dispatch.silence import Silence
from prx_dingtalk_router.delivery.journal import StepRef
from prx_dingtalk_router.delivery.journal.entry import TURN_IN_FLIGHT

LIMITED = "limited"
CANCELLED = "cancelled"
REPLACED = "replaced"
WORDLESS = "empty message"
"""Reasons of a drop that the router gives itself."""

TIMED_OUT = "delivery.timed-out"


def next_action(progress: Progress, now: float) -> Action:
    """What is to be done next.

    Args:
        progress: of a message that has not ended.
        now: on the monotonic clock.
    """
    return action_ahead(progress) or _of_those_turned_away(progress) or _of_the_steps(progress, now)


def action_ahead(progress: Progress) -> Action | None:
    """What is to be done before any step is performed, in the order in which a person's messages were stored.

    So ``forget`` divides what they said before it from what they say after it, and sessions are in that order.
    """
    entry = progress.entry
    for step in entry.decision.steps:
        if isinstance(step, ForgetStep) and progress.record_of(StepRef.of(step)) is None:
            return Admit(step) if step.guard is not None and not _is_begun(progress, step) else Forget(step)
    for turn in entry.turns:
        if (
            turn.state in TURN_IN_FLIGHT
            and turn.step not in progress.live
            and turn.lane.agent in progress.agents
        ):
            return Follow(turn)
    for step in entry.decision.steps:
        if isinstance(step, AgentStep) and _waits(progress, step):
            return TakePlace(step)
    return None


def _of_those_turned_away(progress: Progress) -> Action | None:
    """A step whose session is full fails before anything else is performed, however long that may take.

    The next process would not know it, and let it in after those that were asked meanwhile.
    """
    for step in progress.entry.decision.steps:
        for each in (step, *step.alternatives):
            if isinstance(each, AgentStep) and StepRef.of(each) in progress.turned_away:
                return Fail(each, text("delivery.queue-full"))
    return None


def _is_begun(progress: Progress, step: Step) -> bool:
    record = progress.record_of(StepRef.of(step))
    return record is not None and record.state == "sending"


def _is_said(progress: Progress, step: Step) -> bool:
    """Whether a part of what a step says was sent, or may have been."""
    record = progress.record_of(StepRef.of(step))
    return record is not None and (record.parts > 0 or record.posting)


def _waits(progress: Progress, step: AgentStep) -> bool:
    """Whether an agent step needs a place in its session and has none.

    Also where its agent is not in the configuration: it may be again when the step is reached.
    """
    ref, turn = StepRef.of(step), progress.turn_of(step)
    return (
        ref not in progress.placed
        and ref not in progress.live
        and not progress.entry.cancelled
        and (progress.record_of(ref) is None or _is_begun(progress, step))
        and (turn is None or turn.state in ("prepared", "superseded"))
    )


def _of_the_steps(progress: Progress, now: float) -> Action:
    silence = Silence(progress.entry.decision, progress.record_of)
    if progress.defect is not None:
        return _end(progress, Ending("dead", progress.defect), silence)
    undelivered: Text | None = None
    for step in progress.entry.decision.steps:
        silence.begins(step)
        match chains.follow(step, progress.record_of, progress.may_be_at_work):
            case chains.Next(entry, failure):
                if progress.entry.stopped == "replaced" and not _is_said(progress, entry):
                    return _end(progress, Ending("dropped", REPLACED), silence)
                if progress.entry.cancelled and entry.is_alternative and isinstance(step, AgentStep):
                    return _end(progress, Ending("dropped", CANCELLED), silence)
                return _perform(progress, entry, failure, now, silence)
            case chains.Performed() as done:
                silence.ends(done)
                if isinstance(done.step, DropStep):
                    return _end(progress, Ending("dropped", done.step.reason), silence)
            case chains.Exhausted() as exhausted:
                silence.ends(exhausted)
                if isinstance(step, AgentStep):
                    return _without_answer(progress, step, exhausted.reason, silence)
                undelivered = undelivered or _undelivered(progress, step)
    if undelivered is not None:
        return _end(progress, Ending("dead", undelivered), silence)
    if not progress.entry.decision.steps:
        return _end(progress, Ending("dropped", progress.entry.decision.reason), silence)
    return _end(progress, Ending("done"), silence)


def _perform(progress: Progress, step: Step, failure: Text | None, now: float, silence: Silence) -> Action:
    if step.guard is not None and progress.record_of(StepRef.of(step)) is None:
        return Admit(step)
    match step:
        case ReplyStep():
            return Say(step, failure)
        case AgentStep():
            return _ask(progress, step, failure, now, silence)
        case CancelStep():
            return StopOthers(step)
        case DropStep():
            return Drop(step)
        case ForgetStep():
            return Forget(step)


def _ask(progress: Progress, step: AgentStep, failure: Text | None, now: float, silence: Silence) -> Action:
    live = progress.live.get(StepRef.of(step))
    if live is not None and not live.ended:
        if now >= live.deadline:
            return TimeOut(step)
        if live.notice_at is not None and now >= live.notice_at and not progress.entry.cancelled:
            return Notify(step)
        awaits_notice = live.notice_at is not None and not progress.entry.cancelled
        return Watch(
            min(live.deadline, live.notice_at) if awaits_notice and live.notice_at else live.deadline
        )
    turn = progress.turn_of(step)
    if turn is not None and turn.state == "answered":
        words = turn.answer or ""
        return Answer(step, words) if words.strip() else Fail(step, text("delivery.empty-answer"))
    if progress.entry.cancelled:
        return _end(progress, Ending("dropped", CANCELLED), silence)
    if turn is not None and turn.state in ("not-started", "failed", "unknown"):
        return Fail(step, turn.failure or text("delivery.unknown-outcome"))
    if step.agent not in progress.agents:
        return Fail(step, text("delivery.agent-removed", agent=step.agent))
    return Ask(step, failure) if StepRef.of(step) in progress.placed else TakePlace(step)


def _without_answer(progress: Progress, step: AgentStep, reason: Text | None, silence: Silence) -> Action:
    """Nothing was performed instead of an agent: an answer that comes late is still the answer."""
    if progress.entry.stopped == "replaced":
        return _end(progress, Ending("dropped", REPLACED), silence)
    asked = [each for each in (step, *step.alternatives) if isinstance(each, AgentStep)]
    late = [each for each in asked if _gave_up(progress, each)]
    for each in late:
        turn = progress.turn_of(each)
        if turn is not None and turn.state == "answered" and not progress.is_at_work(each):
            words = turn.answer or ""
            return Answer(each, words) if words.strip() else Fail(each, text("delivery.empty-answer"))
    if any(progress.is_at_work(each) for each in late):
        return Watch(None)
    if progress.entry.cancelled:
        return _end(progress, Ending("dropped", CANCELLED), silence)
    for each in late:
        turn = progress.turn_of(each)
        if turn is not None and turn.failure is not None:
            reason = turn.failure
    if reason is None:
        return _end(progress, Ending("dropped", LIMITED), silence)
    if reason.key == NOTHING_TO_TELL:
        return _end(progress, Ending("dropped", WORDLESS), silence)
    return _end(progress, Ending("dead", reason), silence)


def _gave_up(progress: Progress, step: AgentStep) -> bool:
    """Whether a step failed because its turn took too long."""
    record = progress.record_of(StepRef.of(step))
    return record is not None and record.failure is not None and record.failure.key == TIMED_OUT


def _undelivered(progress: Progress, step: Step) -> Text | None:
    """Why the last reply of a chain did not arrive; None where there was to be none."""
    records = (progress.record_of(StepRef.of(each)) for each in (*reversed(step.alternatives), step))
    failures = (record.failure for record in records if record is not None)
    return next((each for each in failures if each is not None and is_undelivered(each)), None)


def _end(progress: Progress, ending: Ending, silence: Silence) -> Action:
    """The end, once the sender was told where nothing else told them, and all turns are over."""
    about = None if progress.mute else _last_words(progress, ending, silence)
    if about is not None and progress.record_of(progress.failure_ref) is None:
        return Tell(about)
    if any(not live.ended for live in progress.live.values()):
        return AwaitLate(ending)
    return End(ending)


def _last_words(progress: Progress, ending: Ending, silence: Silence) -> Literal["failed", "wordless"] | None:
    if ending == Ending("dropped", WORDLESS) and silence.is_left():
        return "wordless"
    if progress.tells_failures and isinstance(ending.reason, Text) and silence.is_left(ending.reason):
        return "failed"
    return None
