"""The guards of steps: ``at most N per DURATION`` (language.md section 7)."""

from __future__ import annotations

from prx_dingtalk_router.decision.model import BoundStep
from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.journal import EntryKey, GuardKey, Journal, StepRef
from prx_dingtalk_router.message import Message


class Guards:
    """Asks the journal for room, and gives it back for what was not performed."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock

    async def admit(self, step: BoundStep, message: Message, key: EntryKey) -> bool:
        """Whether the step may be performed now; it counts from now on."""
        guard = step.guard
        if guard is None:
            return True
        return await self._journal.take(
            guard_key(step, message), key, guard.count, guard.per, self._clock.now_ms()
        )

    async def give_back(self, step: BoundStep, message: Message, key: EntryKey) -> None:
        """The step was not performed: it does not count."""
        if step.guard is not None:
            await self._journal.release(guard_key(step, message), key)


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
