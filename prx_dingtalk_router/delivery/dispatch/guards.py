"""The guards of steps: ``at most N per DURATION`` (language.md section 7)."""

from __future__ import annotations

from prx_dingtalk_router.decision.model import BoundStep
from prx_dingtalk_router.delivery.journal import Entry, GuardKey, RoomReturned, RoomTaken, StepRef
from prx_dingtalk_router.message import Message


def room_for(step: BoundStep, message: Message, now_ms: int) -> tuple[RoomTaken, ...]:
    """What counts a step from now on, if there is room; nothing for a step without a guard."""
    if step.guard is None:
        return ()
    return (RoomTaken(guard_key(step, message), step.guard.count, step.guard.per, now_ms),)


def room_of(step: BoundStep, message: Message) -> tuple[RoomReturned, ...]:
    """What takes the count of a step back that was not performed."""
    return (RoomReturned(guard_key(step, message)),) if step.guard is not None else ()


def rooms_of_unperformed(entry: Entry) -> tuple[RoomReturned, ...]:
    """What takes the counts of steps back that were begun and, as the message ends, will not be performed."""
    steps = (each for step in entry.decision.steps for each in (step, *step.alternatives))
    return tuple(
        returned
        for step in steps
        if (record := entry.steps.get(StepRef.of(step))) is not None and record.state == "sending"
        for returned in room_of(step, entry.decision.message)
    )


def guard_key(step: BoundStep, message: Message) -> GuardKey:
    """Which counter a step uses: by rule and position, and by whom it counts for."""
    scope = step.guard.scope if step.guard is not None else "step"
    match scope:
        case "sender":
            return GuardKey(StepRef.of(step), message.sender_key)
        case "conversation":
            return GuardKey(StepRef.of(step), message.conversation)
        case _:
            return GuardKey(StepRef.of(step))
