"""How far one message is: what the journal has of it, and the little that only this process knows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from msgspec import Struct, field

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import AgentStep, Step
from prx_dingtalk_router.delivery.journal import Entry, StepRecord, StepRef, TurnRecord
from prx_dingtalk_router.settings import AgentSettings

FAILURE_POSITION = "failed"
"""Where the journal notes, beside the steps of a message, that its sender was told that nothing came of it."""


@dataclass(frozen=True, slots=True)
class LiveTurn:
    """A turn that this process is at.

    Attributes:
        ended: the journal has how.
        deadline: when its step gives it up, on the monotonic clock.
        notice_at: when "still working" is said; None if it is not, or was.
    """

    ended: bool = False
    deadline: float = 0.0
    notice_at: float | None = None


class Progress(Struct, frozen=True):
    """Everything that decides what is done next about a message.

    After a restart it is made of the entry alone, and what follows is the same as if there had been none.

    Attributes:
        entry: as it is kept.
        agents: the settings of those in the configuration.
        placed: agent steps that are in line for their session, or were turned away there.
        live: the turns that this process is at, by step.
        defect: this program failed on it.
        tells_failures: a sender who is left in silence is told that nothing came of the message.
        mute: nothing more is told.
        turned_away: agent steps that found their session full.
    """

    entry: Entry
    agents: Mapping[str, AgentSettings] = field(default_factory=dict)
    placed: Collection[StepRef] = ()
    live: Mapping[StepRef, LiveTurn] = field(default_factory=dict)
    defect: Text | None = None
    tells_failures: bool = True
    mute: bool = False
    turned_away: Collection[StepRef] = ()

    def record_of(self, ref: StepRef) -> StepRecord | None:
        """How far a step is; None for one that is not begun."""
        return self.entry.steps.get(ref)

    def turn_of(self, step: Step) -> TurnRecord | None:
        """The latest turn of a step."""
        return self.entry.turn(StepRef.of(step))

    def is_at_work(self, step: Step) -> bool:
        """Whether this process is at a turn of the step."""
        live = self.live.get(StepRef.of(step))
        return live is not None and not live.ended

    def may_be_at_work(self, step: AgentStep) -> bool:
        """Whether a failed step may have left its agent at work, so that nobody may be asked instead."""
        turn = self.turn_of(step)
        if turn is None or turn.state in ("not-started", "prepared", "superseded"):
            return False
        settings = self.agents.get(step.agent)
        return settings is None or not settings.retry_safe

    @property
    def failure_ref(self) -> StepRef:
        """Where it is noted that the sender was told of the failure."""
        return StepRef(self.entry.decision.by or "", FAILURE_POSITION)
