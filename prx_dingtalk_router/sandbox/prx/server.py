"""A simulated PRX daemon on a real socket: routes, faults on the wire, kill and restart (prx-gateway.md section 18)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine

from aiohttp import web

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.prx.clock import Clock
from prx_dingtalk_router.sandbox.prx.daemon import Daemon, Process
from prx_dingtalk_router.sandbox.prx.echo import echo
from prx_dingtalk_router.sandbox.prx.events import Observer
from prx_dingtalk_router.sandbox.prx.faults import PrxFaults
from prx_dingtalk_router.sandbox.prx.listener import Listener
from prx_dingtalk_router.sandbox.prx.routes import application
from prx_dingtalk_router.sandbox.prx.settings import PrxSettings
from prx_dingtalk_router.sandbox.prx.turns import Answer, Turn, TurnRunner

logger = logging.getLogger(__name__)


class Prx:
    """One PRX daemon, which is one agent.

    Args:
        agent_id: its ``[a2a].agent_id``, shown by `/.well-known/agent.json`.
        settings: its configuration; PRX's defaults if not given.
        faults: its knobs, which may be turned at any time.
        answer: makes the agent's text; by default an echo that shows the last turns of the conversation.
    """

    def __init__(
        self,
        agent_id: str,
        *,
        settings: PrxSettings | None = None,
        faults: PrxFaults | None = None,
        answer: Answer | None = None,
    ) -> None:
        self.agent_id = agent_id
        self.faults = faults if faults is not None else PrxFaults()
        self._daemon = Daemon(agent_id, settings or PrxSettings(), self.faults, self._crash)
        self._runner = web.AppRunner(
            application(self._daemon, TurnRunner(self._daemon, answer or echo)),
            shutdown_timeout=1.0,
        )
        self._listener: Listener | None = None
        self._host = ""
        self._alive = False
        self._stopped = False
        self._down = False
        self._unobserve: Callable[[], None] = lambda: None
        self._tasks: set[asyncio.Task[None]] = set()
        self._following: asyncio.Task[None] | None = None

    @property
    def base_url(self) -> str:
        """``http://HOST:PORT``; the port stays the same across restarts."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._listener.port if self._listener else 0}"

    @property
    def token(self) -> str:
        """A bearer token that works; "" when pairing is off, nobody has paired yet, or only hashes are configured."""
        return self._daemon.known_token

    @property
    def pairing_code(self) -> str | None:
        """The six digits that PRX prints at its start, until they are used; ``None`` when there are none."""
        return self._daemon.process.pairing.code

    @property
    def turns(self) -> list[Turn]:
        """Every turn that ran, oldest first, across restarts."""
        return self._daemon.turns

    @property
    def autosaved(self) -> list[str]:
        """Messages that went into the daemon-wide semantic store."""
        return self._daemon.memory.autosaved

    @property
    def clock(self) -> Clock:
        """The daemon's clock; ``advance`` it to let windows, lifetimes and retention pass."""
        return self._daemon.clock

    @property
    def pid(self) -> int:
        """The process id of the moment, as `/health` shows it."""
        return self._daemon.process.pid

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Tell ``observer`` every event from now on; the answer ends that."""
        return self._daemon.observe(observer)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Boot the daemon and listen; port 0 takes a free one.

        Raises:
            SandboxError: the address cannot be listened on, is not loopback (see ``allow_public_bind``), or the daemon was started before.
        """
        if self._listener is not None:
            raise SandboxError("sandbox.prx-started", agent=self.agent_id)
        await self._runner.setup()
        public = self._daemon.settings.allow_public_bind
        listener = Listener(self._runner, host, port, allow_public=public)
        try:
            listener.open()
        except SandboxError:
            await self._runner.cleanup()
            raise
        self._host, self._listener = host, listener
        await listener.opened()
        self._alive = True
        self._daemon.boot()
        self._unobserve = self.faults.observe(self._knobs_turned)
        self._knobs_turned()

    async def stop(self) -> None:
        """End the process and everything that belongs to the simulator; safe to call twice."""
        self._stopped = True
        self._unobserve()
        self._unobserve = lambda: None
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.kill()
        await self._runner.cleanup()

    async def kill(self) -> None:
        """End the process at once, as by SIGKILL: connections are reset, turns, jobs and keys are gone."""
        if self._listener is None:
            return
        self._alive = False
        await self._listener.opened()
        self._listener.close()
        if not self._daemon.process.dead:
            await self._daemon.die()

    async def restart(self) -> None:
        """Kill the process and boot another: new pid, uptime 0, no jobs, no keys, same port and conversations.

        Raises:
            SandboxError: the port was taken in between, or the daemon was never started.
        """
        await self.kill()
        if self._listener is None or self._stopped:
            raise SandboxError("sandbox.prx-not-started", agent=self.agent_id)
        if not self.faults.refuse_connections:
            self._listener.open()
            await self._listener.opened()
        self._alive = True
        self._daemon.boot()

    def _crash(self, process: Process) -> None:
        async def crash() -> None:
            if self._daemon.process is process:
                await self.kill()
            await asyncio.sleep(self.faults.down_secs)
            if self._daemon.process is process and not self._down:  # nobody has restarted it meanwhile
                await self.restart()

        self._in_background(crash())

    def _knobs_turned(self) -> None:
        if self.faults.down != self._down and self._following is None:
            self._following = self._in_background(self._follow_down())
            return
        listener = self._listener
        if listener is None or not self._alive or listener.is_open != self.faults.refuse_connections:
            return
        if not listener.settled:
            asyncio.get_running_loop().call_soon(self._knobs_turned)
        elif self.faults.refuse_connections:
            listener.close()
        else:
            listener.open()

    async def _follow_down(self) -> None:
        """Be down for as long as the knob says so, however fast it is turned."""
        try:
            while self.faults.down != self._down:
                self._down = self.faults.down
                await (self.kill() if self._down else self.restart())
        finally:
            self._following = None

    def _in_background(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=f"prx {self.agent_id}")
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("sandbox agent %s could not come back: %s", self.agent_id, error)
