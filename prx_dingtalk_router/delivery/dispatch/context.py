"""What carrying out a message needs around it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.dingtalk import Calls, Replies, Unmetered
from prx_dingtalk_router.delivery.dispatch.alarms import Alarms
from prx_dingtalk_router.delivery.dispatch.floors import Floors
from prx_dingtalk_router.delivery.dispatch.journal_condition import JournalCondition
from prx_dingtalk_router.delivery.dispatch.reactions import Reactions, ReactionWire
from prx_dingtalk_router.delivery.dispatch.running import Running
from prx_dingtalk_router.delivery.dispatch.sessions import Sessions
from prx_dingtalk_router.delivery.events import DeliveryEvent
from prx_dingtalk_router.delivery.journal import Journal
from prx_dingtalk_router.delivery.prx import AgentPool


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of all messages, shared by all. ``emit`` never raises.

    Attributes:
        failed_reply: what a sender is told when a message ends dead in silence: None for the sentence of the catalogue, in
            the language of the message; empty for nothing.
        calls: whether the month leaves anything for progress.
        reaction_wire: the calls of reactions; without it none is shown.
        reactions: on messages whose agent is at work.
        closing: nothing new is started any more.
        condition: whether the journal can keep anything.
    """

    journal: Journal
    agents: AgentPool
    replies: Replies
    clock: Clock
    emit: Callable[[DeliveryEvent], None]
    failed_reply: str | None = None
    calls: Calls = field(default_factory=Unmetered)
    reaction_wire: ReactionWire | None = None
    running: Running = field(default_factory=Running)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    sessions: Sessions = field(init=False)
    alarms: Alarms = field(init=False)
    floors: Floors = field(init=False)
    reactions: Reactions = field(init=False)
    condition: JournalCondition = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sessions", Sessions(lambda: self.running.is_reading_many))
        object.__setattr__(self, "alarms", Alarms(self.clock))
        object.__setattr__(self, "floors", Floors(self.alarms))
        reactions = Reactions(self.journal, self.reaction_wire, self.calls, self.clock, self.emit)
        object.__setattr__(self, "reactions", reactions)
        # Once nothing can be recorded any more nothing may be begun.
        object.__setattr__(self, "condition", JournalCondition(self.clock, self.closing.set))
