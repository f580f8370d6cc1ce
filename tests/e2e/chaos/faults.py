"""What goes wrong in a chaotic run: each fault begins, lasts for a moment, and is over."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.e2e.chaos.machine import Machine
from tests.e2e.chaos.traffic import GROUP

SHORT = (0.05, 0.6)
"""Seconds that most faults last."""


@dataclass(frozen=True)
class Fault:
    """Knobs to be turned for a moment.

    Attributes:
        name: what it is.
        of: whose knobs: ``dingtalk`` or ``agent``.
        knobs: the knobs, each with the values that it may get.
        weight: how often it comes.
        cuts: a post may have arrived although nobody was told so, and may come again.
        is_slow: the router waits for minutes because of it.
    """

    name: str
    of: str
    knobs: dict[str, tuple[Any, ...]]
    weight: float = 1.0
    cuts: bool = False
    is_slow: bool = False


FAULTS: tuple[Fault, ...] = (
    # DingTalk: replies
    Fault("webhook cut off", "dingtalk", {"webhook": ("cut-before", "cut-after"), "webhook_for": (1, 2)}, cuts=True),
    Fault("webhook fails", "dingtalk", {"webhook": ("http-500", "empty", "-1", "88"), "webhook_for": (1, 2)}, cuts=True),
    Fault("webhook gone", "dingtalk", {"webhook": ("300001", "300005"), "webhook_for": (1, 2, 3)}, 2),
    Fault("webhooks expire", "dingtalk", {"webhook_life": (0.5, 3.0, 10.0)}, 2),
    Fault("too many posts", "dingtalk", {"webhook_rate": (2,), "webhook_block": (60.0,)}, 0.3, is_slow=True),
    Fault("throttled", "dingtalk", {"webhook": ("throttled", "130101", "660026"), "webhook_for": (1,)}, 0.3, is_slow=True),
    Fault("unsuitable", "dingtalk", {"webhook": ("430102", "430101"), "webhook_for": (1,)}, 0.5),
    Fault("group dissolved", "dingtalk", {"dissolved": (GROUP,)}, 0.3),
    Fault("slow webhook", "dingtalk", {"webhook_delay": (0.3, 1.0)}),
    Fault("slow loris: DingTalk", "dingtalk", {"slow_body": (0.3, 1.5)}),
    Fault("token refused", "dingtalk", {"token": ("http-500",), "token_for": (1, 2)}),
    Fault("tokens short-lived", "dingtalk", {"token_life": (1.0,)}),
    Fault("API refuses", "dingtalk", {"api": ("html-403", "http-429", "empty"), "api_for": (1, 2)}, cuts=True),
    Fault("API cut off", "dingtalk", {"api": ("cut-before", "cut-after"), "api_for": (1,)}, cuts=True),
    # A page in place of an answer is a ban of the address, which is waited out for minutes.
    Fault("banned: webhook", "dingtalk", {"webhook": ("html",), "webhook_for": (1,)}, 0.2, is_slow=True),
    Fault("banned: token", "dingtalk", {"token": ("html", "throttled"), "token_for": (1,)}, 0.2, is_slow=True),
    Fault("banned: API", "dingtalk", {"api": ("html",), "api_for": (1,)}, 0.2, is_slow=True),
    Fault("banned: registration", "dingtalk", {"register": ("html",), "register_for": (1,)}, 0.2, is_slow=True),
    # DingTalk: the connection
    Fault("connection drops", "dingtalk", {"drop_after": (0.5, 2.0), "dead_socket": (0.0, 5.0)}),
    Fault("connections close", "dingtalk", {"close_on_open": (1, 2)}),
    Fault("rotation", "dingtalk", {"rotate_after": (1.0,), "disconnect_quiet": (2.0,)}),
    Fault("black hole", "dingtalk", {"black_hole": (True,)}),
    Fault("pushes lost", "dingtalk", {"lose_pushes": (1, 3)}, 2),
    Fault("pushed twice", "dingtalk", {"push_twice": (True,)}),
    Fault("bad frames", "dingtalk", {"bad_frame": ("bad-json", "binary", "unknown-topic", "empty-data", "no-id")}),
    Fault("registration fails", "dingtalk", {"register": ("unavailable",), "register_for": (1, 2)}, 0.5),
    # the agent
    Fault("slow agent", "agent", {"turn_delay": (0.5, 1.5)}, 3),
    Fault("agent hangs", "agent", {"hang": (True,)}, 2),
    Fault("agent dies", "agent", {"crash_in_turn": (1,), "down_secs": (0.0, 0.3)}, 2),
    Fault("agent down", "agent", {"down": (True,)}),
    Fault("agent refuses", "agent", {"refuse_connections": (True,)}),
    Fault("agent's answers lost", "agent", {"drop_answers": (1, 2)}),
    Fault("slow loris: agent", "agent", {"slow_body": (0.3, 1.5)}),
    Fault("agent's latency", "agent", {"answer_latency": (0.3, 1.0)}),
    Fault("agent busy", "agent", {"rate_limited": (1, 2), "retry_after": (1,)}),
    Fault("proxy before", "agent", {"bad_gateway": (1, 3), "proxy_status": (502, 503, 504)}),
    Fault("proxy after", "agent", {"bad_gateway_after": (1, 2), "proxy_status": (502, 504)}),
    Fault("store full", "agent", {"store_full": (True,)}),
    Fault("turns fail", "agent", {"fail": ("error", "denied", "unstored", "abnormal")}),
    Fault("nothing answered", "agent", {"empty_answer": (True,)}, 0.5),
    Fault("no cancel", "agent", {"cancel": ("requested", "not_killable")}),
    Fault("supervised", "agent", {"autonomy": ("supervised",)}, 0.5),
)  # fmt: skip
"""Faults that are knobs of the sandbox."""


class Weather:
    """Makes things go wrong, one after the other.

    Args:
        world: whose knobs are turned.
        machine: of the router.
        chance: what decides which.
        restart: kills the router, or ends it with a signal, and starts another.
        are_slow: faults for which the router waits a minute, too.

    Attributes:
        counted: how often each came.
        cuts: when something could arrive without being told (event loop time): begin and end.
    """

    def __init__(
        self,
        world: Any,
        machine: Machine,
        chance: random.Random,
        restart: Callable[[signal.Signals], Awaitable[None]],
        *,
        are_slow: bool,
    ) -> None:
        self._world = world
        self._machine = machine
        self._chance = chance
        self._restart = restart
        self._knobs = [fault for fault in FAULTS if are_slow or not fault.is_slow]
        self.counted: Counter[str] = Counter()
        self._turned: set[tuple[str, str]] = set()
        self.cuts: list[tuple[float, float]] = []
        self._others: dict[str, tuple[float, Callable[[], Awaitable[None]]]] = {
            "kill -9": (2.5, lambda: self._restart(signal.SIGKILL)),
            "SIGTERM": (0.5, lambda: self._restart(signal.SIGTERM)),
            "reload": (0.5, self._reload),
            "clock set": (2, self._set_clock),
            "no names": (2, self._no_names),
            "slow loris: admin": (0.5, self._loris),
        }

    async def strike(self) -> None:
        """Let one thing go wrong, and be over."""
        free = [
            fault
            for fault in self._knobs
            if self._turned.isdisjoint((fault.of, knob) for knob in fault.knobs)
        ]
        names = [fault.name for fault in free] + [*self._others]
        weights = [fault.weight for fault in free] + [weight for weight, _ in self._others.values()]
        name = self._chance.choices(names, weights)[0]
        self.counted[name] += 1
        if name in self._others:
            await self._others[name][1]()
        else:
            await self._turn(next(fault for fault in self._knobs if fault.name == name))

    async def _turn(self, fault: Fault) -> None:
        knobs = getattr(self._world, fault.of).faults
        before = {name: getattr(knobs, name) for name in fault.knobs}
        mine = {(fault.of, name) for name in fault.knobs}
        self._turned |= mine
        loop = asyncio.get_running_loop()
        began = loop.time()
        for name, values in fault.knobs.items():
            setattr(knobs, name, self._chance.choice(values))
        await self._moment()
        for name, value in before.items():
            setattr(knobs, name, value)
        self._turned -= mine
        if fault.cuts:
            self.cuts.append((began, loop.time()))

    async def _moment(self) -> None:
        await asyncio.sleep(self._chance.uniform(*SHORT))

    async def _set_clock(self) -> None:
        self._machine.set_clock(self._chance.choice((-7200.0, -60.0, -2.0, 2.0, 60.0, 7200.0)))

    async def _no_names(self) -> None:
        self._machine.resolve(works=False)
        await self._moment()
        self._machine.resolve(works=True)

    async def _reload(self) -> None:
        router = self._world.routers[-1]
        if not any(line["event"] == "admin-address" for line in router.log.seen):
            return  # it is starting, and does not listen to signals yet
        with contextlib.suppress(ProcessLookupError):  # it is being restarted
            router.signal(signal.SIGHUP)

    async def _loris(self) -> None:
        """Somebody begins requests at the admin address, and says no more."""
        (line, *_) = await self._world.routers[-1].logged("admin-address")
        host, port = line["url"].removeprefix("http://").rstrip("/").split(":")
        opened: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        with contextlib.suppress(
            OSError
        ):  # it is being restarted: those that stand by then are closed as well
            while len(opened) < 5:
                opened.append(await asyncio.open_connection(host, int(port)))
        for _, writer in opened:
            writer.write(b"GET /metrics HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        await self._moment()
        for _, writer in opened:
            writer.close()
