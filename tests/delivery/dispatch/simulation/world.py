"""A router that is killed and started again, between people, a DingTalk and an agent that are in trouble at times."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery import AgentPool, Dispatcher, MemoryJournal, Replies
from prx_dingtalk_router.delivery.dingtalk.route import Declined, Part, Posted, Sent
from prx_dingtalk_router.delivery.dispatch.incoming import to_carry_out
from prx_dingtalk_router.errors import DeliveryError, JournalError
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.settings import AgentSettings
from tests.delivery.dispatch.simulation.daemon import TROUBLES, Daemon
from tests.delivery.dispatch.simulation.journal import JournalOfProcess
from tests.delivery.dispatch.simulation.people import Written, write
from tests.delivery.dispatch.simulation.virtual_time import LoopClock

WAITING = 3
NOTHING_MORE = 3_600.0


class Conversation:
    """The way to the one conversation; ``closed_for`` is how long it takes nothing when next written to."""

    name = "webhook"
    most_bytes = 20_000

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.closed_for = 0.0
        self.shown: list[str] = []

    def barred(self, _: Message) -> Text | None:
        """Nothing."""
        return None

    async def post(self, _: Message, part: Part) -> Posted:
        """Show a post, a while later."""
        await asyncio.sleep(self._chance.choice((0.0, 0.02, 0.3)) * self._chance.random())
        if self.closed_for:
            wait, self.closed_for = self.closed_for, 0.0
            return Declined(text("delivery.failed"), "wait", 130101, wait)
        self.shown.append(part.content)
        return Sent()


@dataclass
class Process:
    """One router process."""

    journal: JournalOfProcess
    pool: AgentPool
    dispatcher: Dispatcher
    tasks: set[asyncio.Task[Any]]


class World:
    """All of it, by one seed.

    Args:
        seed: of everything that is left to chance.
        wire: makes the wire of an agent.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.disk = MemoryJournal()
        self.clock = LoopClock()
        self.daemon = Daemon(self.chance, self.clock)
        self.conversation = Conversation(self.chance)
        self.written: list[Written] = []
        self.unacked: list[Written] = []
        self.process: Process | None = None
        self.slowness = 0.02
        self.told: list[str] = []

    def start(self) -> None:
        """Start a router."""
        journal = JournalOfProcess(self.disk, self.chance, self.slowness)
        table = AgentSettings(
            url="http://127.0.0.1:1",
            token=SecretStr(""),
            reach_for=1.0,
            notice_after=None,
            waiting=WAITING,
            in_flight=2,
            api_rate_limit_per_minute=0,
        )
        pool = AgentPool({"desk": table}, clock=self.clock)
        replies = Replies([self.conversation], per_minute=10_000, clock=self.clock)
        dispatcher = Dispatcher(
            journal, pool, replies, observers=[self._note], clock=self.clock, failed_reply=""
        )
        self.process = Process(journal, pool, dispatcher, set())
        self._do(dispatcher.resume())
        self.note("start")
        self._do(self._redeliver())

    async def kill(self) -> None:
        """Kill the router."""
        process, self.process = self.process, None
        assert process is not None
        self.note("kill")
        await self._clear(process)

    async def end(self, drain: float) -> None:
        """End the router with a signal."""
        process, self.process = self.process, None
        assert process is not None
        self.note("end")
        await process.dispatcher.stop(drain)
        await process.pool.aclose()
        await self._clear(process)

    async def _clear(self, process: Process) -> None:
        process.journal.is_dead = True
        me = asyncio.current_task()
        while tasks := asyncio.all_tasks() - {me}:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    def write(self, count: int = 1) -> None:
        """People write."""
        loop = asyncio.get_running_loop()
        new = [write(self.chance, len(self.written) + 1 + n, loop.time()) for n in range(count)]
        self.written += new
        self.unacked += new
        self.note(
            "write "
            + " ".join(each.decision.message.text + "/" + each.decision.message.sender for each in new)
        )
        if self.process is not None:
            for each in new:
                self._do(self._push([each]))

    def redeliver_known(self) -> None:
        """DingTalk delivers something again that was stored."""
        if self.process is not None and self.written:
            self._do(self._push([self.chance.choice(self.written)]))

    async def _redeliver(self) -> None:
        """Deliver again what nobody acknowledged, in batches, in any order."""
        await asyncio.sleep(self.chance.choice((0.0, 0.01, 0.5, 2.0)))
        again = list(self.unacked)
        if self.chance.random() < 0.5:
            self.chance.shuffle(again)
        size = self.chance.choice((1, 3, 100))
        while again:
            batch, again = again[:size], again[size:]
            self._do(self._push(batch))

    async def _push(self, batch: Sequence[Written]) -> None:
        process = self.process
        if process is None:
            return
        await asyncio.sleep(0)  # going on is begun first
        try:
            with process.dispatcher.holding():
                await process.dispatcher.accept_all([to_carry_out(each.decision) for each in batch])
        except (DeliveryError, JournalError):
            await asyncio.sleep(1.0)
            self._do(self._push(batch))
            return
        self.unacked = [each for each in self.unacked if each not in batch]

    def _do(self, work: Any) -> None:
        if self.process is None:
            work.close()
            return
        task = asyncio.create_task(work)
        self.process.tasks.add(task)
        task.add_done_callback(self.process.tasks.discard)

    def make_trouble(self) -> None:
        """Something goes wrong, or is well again."""
        what = self.chance.choice(
            ("agent", "agent", "well", "crash", "conversation", "slow", "full", "clock")
        )
        self.note(what)
        match what:
            case "agent":
                self.daemon.trouble = self.chance.choice(TROUBLES)
                self.note(str(self.daemon.trouble))
            case "well":
                self.heal()
            case "crash":
                self.daemon.crash()
            case "conversation":
                self.conversation.closed_for = self.chance.choice((1.0, 30.0))
            case "slow":
                self.slowness = self.chance.choice((0.001, 0.02, 0.3))
                if self.process is not None:
                    self.process.journal.slowness = self.slowness
            case "full":
                if self.process is not None:
                    self.process.journal.is_full = True
            case "clock":
                # By less than what an agent's clock may differ: with more, a job whose id never came is not found again.
                self.clock.set_by = self.chance.choice((-2.0, 0.0, 2.0))

    def heal(self) -> None:
        """Everything is well."""
        self.daemon.trouble = None
        if self.process is not None:
            self.process.journal.is_full = False

    async def run(self, steps: int) -> None:
        """Let so many things happen, and wait for the end of all."""
        self.start()
        for _ in range(steps):
            await self._step()
            await asyncio.sleep(
                self.chance.choice((0.0, 0.001, 0.01, 0.05, 0.05, 0.3, 2.0)) * self.chance.random()
            )
        self.heal()
        if self.process is None:
            self.start()
        assert self.process is not None
        async with asyncio.timeout(NOTHING_MORE):
            while self.unacked or self.process.tasks:  # noqa: ASYNC110 - it costs no time
                await asyncio.sleep(1.0)
            await self.process.dispatcher.idle()
        await self.end(0)

    async def _step(self) -> None:
        match self.chance.choices(
            ("write", "burst", "again", "trouble", "kill", "end"), (10, 1, 1, 3, 1.5, 0.3)
        )[0]:
            case "write":
                self.write()
            case "burst":
                self.write(self.chance.randrange(2, 9))
            case "again":
                self.redeliver_known()
            case "trouble":
                self.make_trouble()
            case "kill" | "end" if self.process is None:
                self.start()
            case "kill":
                await self.kill()
            case "end":
                await self.end(self.chance.choice((0.0, 1.0)))

    def note(self, what: str) -> None:
        """Tell what happened, for whoever looks for the reason."""
        self.told.append(f"{asyncio.get_running_loop().time():9.3f} {what}")

    def _note(self, event: Any) -> None:
        fields = {
            name: getattr(event, name) for name in ("reason", "position", "result") if hasattr(event, name)
        }
        self.note(f"  {event.msg_id} {type(event).__name__} {fields}")
