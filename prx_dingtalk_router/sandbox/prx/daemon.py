"""A daemon without its sockets: what one process holds, and what outlives it (prx-gateway.md section 11)."""

from __future__ import annotations

import itertools
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from prx_dingtalk_router.sandbox.prx.auth import Credentials, Tokens
from prx_dingtalk_router.sandbox.prx.clock import Clock
from prx_dingtalk_router.sandbox.prx.events import Booted, Died, Observer, PrxEvent
from prx_dingtalk_router.sandbox.prx.faults import PrxFaults
from prx_dingtalk_router.sandbox.prx.idempotency import KeyStore
from prx_dingtalk_router.sandbox.prx.jobs import JobStore
from prx_dingtalk_router.sandbox.prx.limits import SlidingWindow
from prx_dingtalk_router.sandbox.prx.memory import Memory
from prx_dingtalk_router.sandbox.prx.pairing import Pairing
from prx_dingtalk_router.sandbox.prx.settings import PrxSettings
from prx_dingtalk_router.sandbox.prx.turns import Turn

logger = logging.getLogger(__name__)

# Other numbers in each run of the program, so that a client takes a simulator that was started again for restarted;
# beyond the largest of Linux, so that no process of the machine is meant.
_LARGEST_PID = 4_194_304
_pids = itertools.count(_LARGEST_PID + secrets.randbelow(1_000_000), 37)


@dataclass(slots=True)
class Process:
    """One life of the daemon: everything here is gone after a restart."""

    pid: int
    started: float
    started_at: str
    jobs: JobStore
    keys: KeyStore
    pairing: Pairing
    webhook_ips: SlidingWindow
    webhook_credentials: SlidingWindow
    pairs: SlidingWindow
    api: SlidingWindow

    @property
    def dead(self) -> bool:
        """Whether the process has ended."""
        return self.jobs.dead


class Daemon:
    """One simulated agent: settings, knobs, tokens, memory, and the process of the moment.

    Args:
        agent_id: ``[a2a].agent_id``, by which the router knows the right port.
        settings: its configuration.
        faults: its knobs.
        crash: called with the process that a turn takes down.
    """

    def __init__(
        self, agent_id: str, settings: PrxSettings, faults: PrxFaults, crash: Callable[[Process], None]
    ) -> None:
        self.agent_id = agent_id
        self.settings = settings
        self.faults = faults
        self.crash = crash
        self.clock = Clock()
        self.memory = Memory(settings)
        self.turns: list[Turn] = []
        self.tokens, self.known_token = _provision(settings)
        self.credentials = Credentials(settings, self.tokens)
        self._observers: list[Observer] = []
        self.process = self._new_process()

    @property
    def autonomy(self) -> str:
        """The autonomy level that is in force."""
        return self.faults.autonomy or self.settings.autonomy

    def boot(self) -> None:
        """Begin a new process: another pid, uptime 0, no jobs, no keys, fresh limits."""
        self.process = self._new_process()
        self.emit(Booted(self.clock.unix_ms(), self.agent_id, self.process.pid))

    async def die(self) -> None:
        """End the process with everything in it; tokens that were persisted and the conversations stay."""
        await self.process.jobs.die()
        self.tokens.restarted()
        self.emit(Died(self.clock.unix_ms(), self.agent_id, self.process.pid))

    def uptime(self) -> float:
        """Seconds since the process began."""
        return self.clock.monotonic() - self.process.started

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Tell ``observer`` every event from now on; the answer ends that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def emit(self, event: PrxEvent) -> None:
        """Tell all observers; one that fails is logged and does not disturb the daemon."""
        for observer in tuple(self._observers):
            try:
                observer(event)
            except Exception:
                logger.exception("an observer of sandbox agent %s failed", self.agent_id)

    def _new_process(self) -> Process:
        settings, clock = self.settings, self.clock
        max_keys = settings.rate_limit_max_keys
        return Process(
            pid=next(_pids),
            started=clock.monotonic(),
            started_at=clock.rfc3339(),
            jobs=JobStore(clock),
            keys=KeyStore(
                clock, ttl_secs=settings.idempotency_ttl_secs, max_keys=settings.idempotency_max_keys
            ),
            pairing=Pairing(clock, active=settings.require_pairing and not self.tokens),
            webhook_ips=SlidingWindow(settings.webhook_rate_limit_per_minute, clock, max_keys),
            webhook_credentials=SlidingWindow(settings.webhook_rate_limit_per_minute, clock, max_keys),
            pairs=SlidingWindow(settings.pair_rate_limit_per_minute, clock, max_keys),
            api=SlidingWindow(settings.api_rate_limit_per_minute, clock, max_keys),
        )


def _provision(settings: PrxSettings) -> tuple[Tokens, str]:
    """The tokens of the configuration, and one of them in plain text if there is one to know."""
    if not settings.require_pairing:
        return Tokens(settings.paired_tokens or ()), ""
    if settings.paired_tokens is None:
        token = f"zc_{secrets.token_hex(32)}"
        return Tokens((token,)), token
    plain = (entry for entry in settings.paired_tokens if entry and not Tokens.is_hash(entry))
    return Tokens(settings.paired_tokens), next(plain, "")
