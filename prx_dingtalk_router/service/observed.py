"""The parts of a running router that status and metrics look at."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from prx_dingtalk_router.delivery import Agent
from prx_dingtalk_router.errors import JournalError
from prx_dingtalk_router.service.engine import Engine
from prx_dingtalk_router.service.intake import IntakeCounters
from prx_dingtalk_router.service.metrics.tally import Tally
from prx_dingtalk_router.service.reload.reloader import Reloader
from prx_dingtalk_router.service.robot import Robot
from prx_dingtalk_router.service.waits import Waits
from prx_dingtalk_router.stream import StreamClient


@dataclass(slots=True)
class Observed:
    """A running router, for those who only look.

    Attributes:
        engine: journal, agents, replies.
        robot: its connection and intake.
        reloader: its rules and settings.
        tally: what is counted of it.
        began: when it began, of the monotonic clock.
        waits: what waits, and since when.
    """

    engine: Engine
    robot: Robot
    reloader: Reloader
    tally: Tally
    began: float = field(default_factory=time.monotonic)
    waits: Waits = field(init=False)

    def __post_init__(self) -> None:
        self.waits = Waits(self.waiting)

    @property
    def client(self) -> StreamClient:
        """The connection to DingTalk."""
        return self.robot.client

    @property
    def intake(self) -> IntakeCounters:
        """What is counted of messages that come."""
        return self.robot.intake.counters

    @property
    def agents(self) -> Iterator[Agent]:
        """The agents of the configuration."""
        return iter(self.engine.agents)

    @property
    def uptime(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.began

    async def journal_rows(self) -> Mapping[str, int]:
        """Return how many messages are in each state; nothing while the journal does not tell."""
        try:
            counts = await self.engine.journal.counts()
            return {str(state): count for state, count in counts.items()}
        except JournalError:
            return {}

    def waiting(self) -> Mapping[str, int]:
        """Return how much waits, by what it waits for."""
        dispatcher = self.engine.dispatcher
        return {
            "frames": self.client.waiting_frames,
            "rate": dispatcher.postponed,
            "session": dispatcher.queued,
            "agent": sum(agent.room.waiting for agent in self.engine.agents),
        }

    def not_ready(self) -> tuple[str, ...]:
        """Return what keeps it from being ready: rules, journal, stream."""
        found = []
        if not self.client.connected:
            found.append("stream")
        if self.client.is_overflowing or self.engine.dispatcher.journal_trouble is not None:
            found.append("journal")
        return tuple(found)
