"""The agents of the configuration, each with its client, its poller and its room."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator, Mapping

from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.journal.entry import Identity
from prx_dingtalk_router.delivery.prx.circuit_breaker import CircuitBreaker
from prx_dingtalk_router.delivery.prx.client import Health, Missed, PrxClient
from prx_dingtalk_router.delivery.prx.polling import JobPoller
from prx_dingtalk_router.delivery.room import Room
from prx_dingtalk_router.settings import AgentSettings

HEALTHY_SECONDS = 1.0
_REMEMBERED_JOBS = 1024
_JOBS_OF_A_SESSION = 16


class Agent:
    """One PRX daemon as the configuration describes it.

    Attributes:
        name: as rules call it.
        settings: its table of the configuration.
        client: the wire to it.
        poller: waits for its jobs.
        breaker: what is remembered of its refusals.
        room: for as many turns as may run at a time.
    """

    def __init__(self, name: str, settings: AgentSettings, clock: Clock) -> None:
        self.name = name
        self.settings = settings
        self.client = PrxClient(settings, clock=clock)
        self.poller = JobPoller(self.client, clock)
        self.breaker = CircuitBreaker(clock)
        self.room = Room(settings.in_flight)
        self._jobs: OrderedDict[str, str] = OrderedDict()
        self._known_as: tuple[int, str] | None = None
        self._clock = clock
        self._health: Health | None = None
        self._healthy_until = 0.0
        self._asking: asyncio.Task[Health | Missed] | None = None

    def remember_job(self, job_id: str, session: str) -> None:
        """Note that a job belongs to a turn of ``session``, so that no other takes it for its own."""
        self._jobs[job_id] = session
        if len(self._jobs) > _REMEMBERED_JOBS:
            self._jobs.popitem(last=False)

    def known_jobs(self, session: str) -> tuple[str, ...]:
        """The last jobs of a session that belong to turns."""
        return tuple(job for job, of in self._jobs.items() if of == session)[-_JOBS_OF_A_SESSION:]

    async def health(self, *, anew: bool = False) -> Health | Missed:
        """Whether it is up, and which process it is; asked once a second however many want to know.

        Args:
            anew: asked now, after whatever went before, and not shared with who asked earlier.
        """
        if anew:
            return await self._ask_health()
        if self._health is not None and self._clock.monotonic() < self._healthy_until:
            return self._health
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask_health(), name=f"agent-health-{self.name}")
        return await asyncio.shield(self._asking)

    async def _ask_health(self) -> Health | Missed:
        health = await self.client.health()
        # What is not well is looked at by each that waits for it, as it may be well again.
        self._health = health if isinstance(health, Health) and health.ready else None
        self._healthy_until = self._clock.monotonic() + HEALTHY_SECONDS
        return health

    async def is_expected(self, identity: Identity | None) -> bool | Missed:
        """Whether the configured ``agent_id`` answers; asked once a process, True when none is configured."""
        expected = self.settings.agent_id
        if not expected:
            return True
        if identity is not None and self._known_as is not None and self._known_as[0] == identity.pid:
            return self._known_as[1] == expected
        card = await self.client.card()
        if isinstance(card, str):
            return card
        if identity is not None:
            self._known_as = (identity.pid, card.name)
        return card.name == expected

    async def aclose(self, *, when_idle: bool = False) -> None:
        """Close the wire; ``when_idle`` waits for running turns first, and for those that wait to run."""
        if when_idle:
            await self.room.emptied()
        await self.poller.aclose()
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)
        await self.client.aclose()


class AgentPool:
    """The agents by name, replaced as a whole when the configuration is reloaded.

    Args:
        settings: the table of each agent by name.
        clock: paces polling.
    """

    def __init__(self, settings: Mapping[str, AgentSettings], *, clock: Clock | None = None) -> None:
        self._clock: Clock = clock or SystemClock()
        self._agents = {name: Agent(name, table, self._clock) for name, table in settings.items()}
        self._settings = {name: agent.settings for name, agent in self._agents.items()}
        self._retired: dict[asyncio.Task[None], Agent] = {}

    @property
    def settings(self) -> Mapping[str, AgentSettings]:
        """The table of each agent by name, as it is now."""
        return self._settings

    def get(self, name: str) -> Agent | None:
        """The agent of that name; None when it is not in the configuration."""
        return self._agents.get(name)

    def __iter__(self) -> Iterator[Agent]:
        return iter(self._agents.values())

    def replace(self, settings: Mapping[str, AgentSettings]) -> None:
        """Take over new settings: unchanged agents stay, turns that run end with the agent they began with.

        Faults are forgotten: whoever reloads may have mended them.
        """
        kept = {name: agent for name, agent in self._agents.items() if settings.get(name) == agent.settings}
        for name, agent in self._agents.items():
            if name in kept:
                agent.breaker.close()
            else:
                task = asyncio.create_task(agent.aclose(when_idle=True), name=f"retire-agent-{name}")
                self._retired[task] = agent
                task.add_done_callback(lambda done: self._retired.pop(done, None))
        self._agents = {
            name: kept.get(name) or Agent(name, table, self._clock) for name, table in settings.items()
        }
        self._settings = {name: agent.settings for name, agent in self._agents.items()}

    async def aclose(self) -> None:
        """Close every wire at once."""
        retired = dict(self._retired)
        for task in retired:
            task.cancel()
        await asyncio.gather(*retired, return_exceptions=True)
        for agent in (*self._agents.values(), *retired.values()):
            await agent.aclose()
