"""A whole world on loopback: DingTalk, the agents, and the page to chat on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory
from prx_dingtalk_router.sandbox.page import ChatPage
from prx_dingtalk_router.sandbox.prx import Answer, Prx, PrxSettings


class Sandbox:
    """What `run --sandbox` connects the router to.

    Attributes:
        dingtalk: the simulated DingTalk; its ``base_url`` is the router's API base.
        agents: the simulated PRX daemons by the names that rules use, each with ``base_url`` and ``token``.
        page: the chat page; its ``url`` is what a person opens, and ``show_decision`` is called for each decision.
    """

    dingtalk: DingTalk
    agents: dict[str, Prx]
    page: ChatPage

    def __init__(self) -> None:
        self._running: AsyncExitStack | None = None

    async def start(
        self,
        *,
        client_id: str,
        client_secret: str,
        agents: Sequence[str],
        host: str = "127.0.0.1",
        page_port: int = 0,
        suggestions: Sequence[str] = (),
        answers: Mapping[str, Answer] | None = None,
        prx: PrxSettings | None = None,
    ) -> None:
        """Start everything; when one part cannot start, those before it are stopped again.

        Args:
            client_id: the only application's client id.
            client_secret: its secret.
            agents: a name for each agent that rules may use.
            host: the address to listen on, for all parts.
            page_port: the page's port; 0 takes a free one. The other ports are always free ones.
            suggestions: messages to try, shown in empty conversations.
            answers: what agents say, by name; the others show what they were told and remember.
            prx: settings of all agents; PRX's defaults if not given.

        Raises:
            SandboxError: a port is taken, two agents have one name, or the sandbox was started before.
        """
        if self._running is not None:
            raise SandboxError("sandbox.world-started")
        twice = next((name for name in agents if list(agents).count(name) > 1), None)
        if twice is not None:
            raise SandboxError("sandbox.world-agents", name=twice)
        said = answers or {}
        self.dingtalk = DingTalk(Directory.demo(client_id, client_secret))
        self.agents = {name: Prx(name, settings=prx, answer=said.get(name)) for name in agents}
        self.page = ChatPage(self.dingtalk, self.agents, suggestions=suggestions)
        async with AsyncExitStack() as stack:
            for agent in self.agents.values():
                stack.push_async_callback(agent.stop)
                await agent.start(host)
            stack.push_async_callback(self.dingtalk.stop)
            await self.dingtalk.start(host)
            stack.push_async_callback(self.page.stop)
            await self.page.start(host, page_port)
            self._running = stack.pop_all()

    async def stop(self) -> None:
        """Stop the page, DingTalk and the agents; safe to call twice."""
        running, self._running = self._running, None
        if running is not None:
            await running.aclose()
