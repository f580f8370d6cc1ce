"""A router that is killed and started again, between people, a DingTalk and an agent that are in trouble at times."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery import AgentPool, Dispatcher, EntryKey, MemoryJournal, Replies
from prx_dingtalk_router.delivery.dingtalk.route import Declined, Part, Posted, Sent
from prx_dingtalk_router.delivery.dispatch.incoming import to_carry_out
from prx_dingtalk_router.errors import DeliveryError, JournalError
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.settings import AgentSettings
from tests.delivery.dispatch.simulation.daemon import TROUBLES, Daemon, Wire, numbers_in
from tests.delivery.dispatch.simulation.journal import JournalOfProcess
from tests.delivery.dispatch.simulation.people import Written, write
from tests.delivery.dispatch.simulation.virtual_time import LoopClock

WAITING = 3
NOTHING_MORE = 3_600.0
HAPPENINGS = {
    "write": 10, "burst": 1, "again": 1, "trouble": 3, "kill": 1.5, "end": 0.3, "reload": 0.5, "retry": 0.5,
}  # fmt: skip


class Conversation:
    """The way to the one conversation; ``closed_for`` is how long it takes nothing when next written to.

    ``answers`` has of each answer of an agent which message it was sent to, and which it is about.
    """

    name = "webhook"
    most_bytes = 20_000

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.closed_for = 0.0
        self.answers: list[tuple[int, tuple[int, ...]]] = []

    def barred(self, _: Message) -> Text | None:
        """Nothing."""
        return None

    async def post(self, message: Message, part: Part) -> Posted:
        """Show a post, a while later."""
        await asyncio.sleep(self._chance.choice((0.0, 0.02, 0.3)) * self._chance.random())
        if self.closed_for:
            wait, self.closed_for = self.closed_for, 0.0
            return Declined(text("delivery.failed"), "wait", 130101, wait)
        if part.content.startswith("答"):
            self.answers.append((*numbers_in(message.text), numbers_in(part.content)))
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
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.disk = MemoryJournal()
        self.clock = LoopClock()
        self.daemons = {name: Daemon(name, self.chance, self.clock) for name in ("desk", "other")}
        self.tables = self._configuration()
        self.retried: Counter[int] = Counter()
        self.conversation = Conversation(self.chance)
        self.written: list[Written] = []
        self.unacked: list[Written] = []
        self.process: Process | None = None
        self.slowness = 0.02
        self.told: list[str] = []

    def start(self) -> None:
        """Start a router."""
        journal = JournalOfProcess(self.disk, self.chance, self.slowness)
        pool = AgentPool(self.tables, clock=self.clock)
        replies = Replies([self.conversation], per_minute=10_000, clock=self.clock)
        dispatcher = Dispatcher(
            journal, pool, replies, observers=[self._note], clock=self.clock, failed_reply=""
        )
        self.process = Process(journal, pool, dispatcher, set())
        self._do(dispatcher.resume())
        self.note("start")
        self._do(self._redeliver())

    def wire(self, settings: AgentSettings, **_: Any) -> Wire:
        """What a router has in place of ``PrxClient``."""
        return Wire(self.daemons[settings.agent_id])

    def reload(self) -> None:
        """Another configuration: an agent is gone, is there again, or has other settings."""
        self.tables = self._configuration(self.chance.randrange(1, 5))
        for name in self.chance.choice(((), (), ("desk",), ("other",), ("desk", "other"))):
            del self.tables[name]
        self.note(f"reload {[*self.tables]}")
        if self.process is not None:
            self.process.pool.replace(self.tables)

    def retry(self) -> None:
        """An operator tries a dead message again."""
        dead = [entry.key for entry in self.disk._entries.values() if entry.state == "dead"]
        if self.process is not None and dead:
            key = self.chance.choice(dead)
            self.retried[int(key.msg_id[3:])] += 1
            self._do(self._retry(self.process, key))

    async def _retry(self, process: Process, key: EntryKey) -> None:
        with contextlib.suppress(DeliveryError):
            await process.dispatcher.retry(key)

    def _configuration(self, waiting: int = WAITING) -> dict[str, AgentSettings]:
        table = AgentSettings(
            url="http://127.0.0.1:1",
            token=SecretStr(""),
            reach_for=1.0,
            notice_after=None,
            waiting=waiting,
            in_flight=2,
            api_rate_limit_per_minute=0,
        )
        return {name: table.model_copy(update={"agent_id": name}) for name in self.daemons}

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
            for task in sorted(tasks, key=asyncio.Task.get_name):  # the same course each time
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
                daemon = self.chance.choice([*self.daemons.values()])
                daemon.trouble = self.chance.choice(TROUBLES)
                self.note(str(daemon.trouble))
            case "well":
                self.heal()
            case "crash":
                self.chance.choice([*self.daemons.values()]).crash()
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
        for daemon in self.daemons.values():
            daemon.trouble = None
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
        self.tables = self._configuration()
        if self.process is None:
            self.start()
        assert self.process is not None
        self.process.pool.replace(self.tables)
        async with asyncio.timeout(NOTHING_MORE):
            while self.unacked or self.process.tasks:  # noqa: ASYNC110 - it costs no time
                await asyncio.sleep(1.0)
            await self.process.dispatcher.idle()
        await self.end(0)

    async def _step(self) -> None:
        match self.chance.choices([*HAPPENINGS], [*HAPPENINGS.values()])[0]:
            case "write":
                self.write()
            case "burst":
                self.write(self.chance.randrange(2, 9))
            case "again":
                self.redeliver_known()
            case "reload":
                self.reload()
            case "retry":
                self.retry()
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
