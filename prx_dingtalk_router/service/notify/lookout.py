"""Watches for what no single event tells: an agent that stays out of reach, a connection that does not come back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery import Agent, Clock
from prx_dingtalk_router.delivery.prx.client import Health
from prx_dingtalk_router.service.notify.notices import Notice, Notices

LOOK_SECONDS = 5.0
AGENT_DOWN_SECONDS = 120.0
DISCONNECTED_SECONDS = 180.0


class Connection(Protocol):
    """The connection to DingTalk, as far as it is looked at."""

    last_refusal: Text | None

    @property
    def connected(self) -> bool:
        """Whether it is open."""


@dataclass(slots=True)
class _Down:
    """Something that does not work: since when (monotonic), and whether the owner knows."""

    since: float
    is_told: bool = False


class Lookout:
    """Looks at agents and the connection every few seconds.

    An agent counts as out of reach from when a turn could not reach it until one does, or it says that it is ready: it is asked
    before anything is told of it.

    Args:
        connection: to DingTalk.
        agents: those that there are, whenever they are gone through.
        notices: takes what is to be told.
        clock: waits and tells the time.
    """

    def __init__(
        self, connection: Connection, agents: Iterable[Agent], notices: Notices, clock: Clock
    ) -> None:
        self._client = connection
        self._all_agents = agents
        self._notices = notices
        self._clock = clock
        self._agents: dict[str, _Down] = {}
        self._connection: _Down | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await self._clock.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Look once."""
        self._look_at_connection()
        agents = list(self._all_agents)
        for gone in self._agents.keys() - {agent.name for agent in agents}:
            del self._agents[gone]
        for agent in agents:
            await self._look_at_agent(agent)

    def _look_at_connection(self) -> None:
        now, client = self._clock.monotonic(), self._client
        if client.connected:
            if self._connection is not None and self._connection.is_told:
                self._tell("connected", self._minutes(self._connection))
            self._connection = None
            return
        if self._connection is None:
            self._connection = _Down(now)
        elif not self._connection.is_told and now - self._connection.since >= DISCONNECTED_SECONDS:
            self._connection.is_told = True
            refusal = client.last_refusal
            problem = text("service.notify.because", problem=refusal) if refusal is not None else ""
            self._tell("disconnected", self._minutes(self._connection), problem=problem)

    def _tell(self, what: str, minutes: int, **fields: Text | str) -> None:
        sentence = text(f"service.notify.{what}", minutes=minutes, **fields)
        self._notices.tell(Notice("connection", sentence, is_news=what == "connected"))

    async def _look_at_agent(self, agent: Agent) -> None:
        down = self._agents.get(agent.name)
        if not agent.breaker.is_open:
            self._is_up(agent, down)
            return
        if down is None:
            down = self._agents[agent.name] = _Down(self._clock.monotonic())
        if self._clock.monotonic() - down.since < AGENT_DOWN_SECONDS:
            return
        health = await agent.health()
        if isinstance(health, Health) and health.ready:
            self._is_up(agent, down)
        elif not down.is_told:
            down.is_told = True
            sentence = text("service.notify.agent-down", agent=agent.name, minutes=self._minutes(down))
            self._notices.tell(Notice("agent", sentence, agent.name))

    def _is_up(self, agent: Agent, down: _Down | None) -> None:
        if down is None:
            return
        del self._agents[agent.name]
        if down.is_told:
            sentence = text("service.notify.agent-up", agent=agent.name, minutes=self._minutes(down))
            self._notices.tell(Notice("agent", sentence, agent.name, is_news=True))

    def _minutes(self, down: _Down) -> int:
        return max(1, round((self._clock.monotonic() - down.since) / 60))
