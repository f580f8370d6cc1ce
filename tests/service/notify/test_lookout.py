"""An agent that stays out of reach, and a connection that does not come back, are told; and so is their end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery import Agent, SystemClock
from prx_dingtalk_router.sandbox.prx import Prx
from prx_dingtalk_router.service.notify.lookout import AGENT_DOWN_SECONDS, DISCONNECTED_SECONDS, Lookout
from prx_dingtalk_router.service.notify.notices import Notices
from prx_dingtalk_router.settings import AgentSettings


class SetClock(SystemClock):
    """A clock whose seconds pass as told."""

    seconds = 0.0

    def monotonic(self) -> float:
        """Seconds that have passed."""
        return self.seconds


@dataclass
class Line:
    """A connection that is as told."""

    connected: bool = True
    last_refusal: Text | None = None


class Watch:
    """A lookout with what it looks at, and what it tells."""

    def __init__(self, *agents: Agent) -> None:
        self.clock = SetClock()
        self.line = Line()
        self.agents = list(agents)
        self.notices = Notices(self.clock.monotonic)
        self.lookout = Lookout(self.line, self.agents, self.notices, self.clock)

    async def after(self, seconds: float) -> list[str]:
        """What is told once so much time has passed, in English."""
        self.clock.seconds += seconds
        await self.lookout.look()
        return [each.render("en") for each in self.notices.due()]


@pytest.fixture
async def prx() -> AsyncIterator[Prx]:
    """A daemon."""
    started = Prx("helpdesk")
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def agent(prx: Prx) -> AsyncIterator[Agent]:
    """An agent on it."""
    made = Agent("helpdesk", AgentSettings(url=prx.base_url), SystemClock())
    yield made
    await made.aclose()


async def test_a_connection_that_is_lost_for_minutes() -> None:
    """Once, with why; a short gap is daily business. Its end is told to whom the loss was."""
    watch = Watch()
    assert await watch.after(0) == []
    watch.line.connected = False
    assert await watch.after(5) == []
    assert await watch.after(DISCONNECTED_SECONDS - 1) == []
    watch.line.connected = True
    assert await watch.after(1) == []
    watch.line.connected, watch.line.last_refusal = False, text("stream.gave-up", seconds="1", why="x")
    assert await watch.after(5) == []
    (told,) = await watch.after(DISCONNECTED_SECONDS)
    assert "gone for 3 min" in told
    assert await watch.after(60) == []
    watch.line.connected = True
    (told,) = await watch.after(60)
    assert "is back, after about 5 min" in told
    assert await watch.after(5) == []


async def test_an_agent_that_stays_out_of_reach(prx: Prx, agent: Agent) -> None:
    """After two minutes, once; when it is ready again that is told, though nobody asked it for anything meanwhile."""
    watch = Watch(agent)
    prx.faults.refuse_connections = True
    agent.breaker.note_unreachable()
    assert await watch.after(0) == []
    assert await watch.after(AGENT_DOWN_SECONDS - 1) == []
    (told,) = await watch.after(1)
    assert "agent helpdesk has been out of reach for 2 min" in told
    assert await watch.after(60) == []
    prx.faults.refuse_connections = False
    (told,) = await watch.after(60)
    assert "agent helpdesk is back, after about 4 min" in told


async def test_an_agent_that_is_up_again_is_not_told_of(agent: Agent) -> None:
    """Where nobody has written since, it is asked before the owner is frightened."""
    watch = Watch(agent)
    agent.breaker.note_unreachable()
    assert await watch.after(0) == []
    assert await watch.after(10 * AGENT_DOWN_SECONDS) == []


async def test_an_agent_that_a_reload_removes_is_forgotten(prx: Prx, agent: Agent) -> None:
    """It is neither down nor back."""
    watch = Watch(agent)
    prx.faults.refuse_connections = True
    agent.breaker.note_unreachable()
    await watch.after(0)
    assert len(await watch.after(AGENT_DOWN_SECONDS)) == 1
    watch.agents.clear()
    assert await watch.after(600) == []
