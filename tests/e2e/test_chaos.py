"""Whatever goes wrong, and at whatever moment: what was acknowledged is answered once, or dead with a reason.

``chaos/`` has what people write, what goes wrong, what is noted, and what is checked in the end.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.chaos.checks import Checks, Report, Row
from tests.e2e.chaos.chronicle import Chronicle
from tests.e2e.chaos.faults import Weather
from tests.e2e.chaos.machine import Machine
from tests.e2e.chaos.traffic import RULES, Traffic, Written, answering

FAULTS = int(os.environ.get("CHAOS_FAULTS", "24"))
SEED = int(os.environ.get("CHAOS_SEED", "1"))
ARE_LONG = FAULTS >= 200
"""Only a long run has faults for which the router waits for minutes, and answers of a megabyte."""
LINES = 1000 if ARE_LONG else 40
MOST_TOLD = 1_500
PATIENCE = 480.0 if ARE_LONG else 60.0
A_SECOND = (6.0, 8.0)
"""Faults, and messages."""
LIVES = 0.3
"""A router that was started may be killed before it is connected: one in so many."""


class Chaos:
    """One seeded run.

    Args:
        world: DingTalk, an agent, and the files of a router.
        seed: of everything that is left to chance.
    """

    def __init__(self, world: Any, seed: int) -> None:
        self._world = world
        self._chance = random.Random(seed)  # noqa: S311
        self._machine = Machine(world.folder / "machine")
        self._traffic = Traffic(world, self._chance)
        self._chronicle = Chronicle()
        self._weather = Weather(world, self._machine, self._chance, self._restart, are_slow=ARE_LONG)
        self._restarting = asyncio.Lock()
        self._killed_at: list[float] = []

    async def run(self, faults: int) -> Report:
        """Let so many things go wrong, let the last router finish, and check everything that is promised."""
        world, knobs = self._world, self._world.dingtalk.faults
        knobs.redeliver_after, knobs.redeliveries = 10.0, 1_000_000
        knobs.webhook_rate, knobs.webhook_life = 0, 1_000_000.0
        world.agent.faults.turn_delay = 0.1
        world.dingtalk.observe(self._chronicle.of_dingtalk)
        world.agent.observe(self._chronicle.of_agent)
        await self._start()
        async with self._talking():
            strikes: set[asyncio.Task[None]] = set()
            for _ in range(faults):
                await asyncio.sleep(self._chance.expovariate(A_SECOND[0]))
                async with self._restarting:
                    strikes.add(asyncio.create_task(self._weather.strike()))
            await asyncio.gather(*strikes)
        await self._settled()
        world.routers[-1].signal(signal.SIGTERM)
        assert await world.routers[-1].ended() == 0
        tracebacks = "".join(line for router in world.routers for line in _traceback_in(router.raw))
        assert not tracebacks, tracebacks
        kills = [(at, at) for at in self._killed_at]
        checks = Checks(
            self._traffic.written, self._rows(), self._chronicle, LINES, [*kills, *self._weather.cuts]
        )
        return checks.run(Report(self._weather.counted))

    def course_of(self, broken: str) -> str:
        """What routers logged of the messages that a broken promise names, for whoever looks for the reason."""
        named = {
            int(number)
            for numbers in re.findall(r"numbers?=\(?([\d, ]+)", broken)
            for number in re.findall(r"\d+", numbers)
        }
        written = {msg_id: each for msg_id, each in self._traffic.written.items() if each.number in named}
        rows = self._rows()
        told = [f"seed {SEED}", *(f"{each} {msg_id}: {rows.get(msg_id)}" for msg_id, each in written.items())]
        for each in written.values():
            told += self._chronicle.around(each.number, each.conversation)
        for number, router in enumerate(self._world.routers):
            of_all = ("starting", "connected", "stopped", "connection-lost")
            told += [
                f"router {number}: {line.rstrip()[:400]}"
                for line in router.raw
                if any(msg_id in line for msg_id in written)
                or any(f'"event":"{event}"' in line for event in of_all)
            ]
        return "\n".join(told[:MOST_TOLD])

    async def _start(self, *, connected: bool = True) -> None:
        await self._world.run(replies=6000, connected=connected, machine=self._machine.file)

    async def _restart(self, number: signal.Signals) -> None:
        async with self._restarting:
            router = self._world.routers[-1]
            assert router.process.returncode is None, "".join(router.raw[-5:])
            self._killed_at.append(asyncio.get_running_loop().time())
            router.signal(number)
            if number != signal.SIGKILL and self._chance.random() < 0.5:
                await asyncio.sleep(self._chance.uniform(0, 0.5))
                with contextlib.suppress(ProcessLookupError):  # it has ended already
                    router.signal(number)
            await router.process.wait()
            self._killed_at.append(asyncio.get_running_loop().time())
            stillborn = self._chance.random() < LIVES
            await self._start(connected=not stillborn)
            if stillborn:
                await self._world.routers[-1].logged("starting")

    @contextlib.asynccontextmanager
    async def _talking(self) -> AsyncIterator[None]:
        async def talk() -> None:
            while True:
                self._traffic.write()
                await asyncio.sleep(self._chance.expovariate(A_SECOND[1]))

        talking = asyncio.create_task(talk())
        try:
            yield
        finally:
            talking.cancel()
            await asyncio.gather(talking, return_exceptions=True)

    async def _settled(self) -> None:
        """Until everything that was written is acknowledged, and nothing of it is unfinished."""
        written = self._traffic.written
        try:
            async with asyncio.timeout(PATIENCE):
                while written.keys() - self._chronicle.acked.keys():
                    self._chronicle.changed.clear()
                    await self._chronicle.changed.wait()
                while self._unfinished() or self._reactions():  # noqa: ASYNC110 - another process is at it
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(await self._what_is_left()) from None

    async def _what_is_left(self) -> str:
        """What is not settled, and what the router waits for."""
        router, written = self._world.routers[-1], self._traffic.written
        unacked = [each for msg_id, each in written.items() if msg_id not in self._chronicle.acked]
        said = len(router.raw)
        if router.process.returncode is None:
            router.signal(signal.SIGUSR2)
            await asyncio.sleep(2)
        return "\n".join(
            [
                f"never acknowledged: {len(unacked)}, such as {unacked[:2]}",
                *(f"unfinished: {each}" for each in self._unfinished()),
                *(f"with a reaction: {each}" for each in self._reactions()),
                f"exit code {router.process.returncode}; it said last:",
                *router.raw[said - 5 :],
            ]
        )

    def _reactions(self) -> list[Written]:
        """What still carries a reaction of the robot."""
        reactions = self._world.dingtalk._service.reactions
        return [each for msg_id, each in self._traffic.written.items() if reactions.visible(msg_id)]

    def _unfinished(self) -> list[Written]:
        rows = self._rows().items()
        return [self._traffic.written[each] for each, row in rows if row.state in ("queued", "running")]

    def _rows(self) -> dict[str, Row]:
        path: Path = self._world.folder / "prx-router.db"
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as journal:
            rows = journal.execute("SELECT msg_id, state, reason, carrier, arrival FROM entry").fetchall()
        return {msg_id: Row(*rest) for msg_id, *rest in rows}


def _traceback_in(raw: list[str]) -> list[str]:
    """The lines around a traceback."""
    at = next((at for at, line in enumerate(raw) if "Traceback" in line), None)
    return [] if at is None else raw[max(0, at - 3) : at + 40]


@pytest.fixture
async def chaotic_world(tmp_path: Path, world_of: Any) -> AsyncIterator[Any]:
    """A world with rules of every kind, whose addresses are names."""
    world = await world_of(tmp_path, RULES, answering(LINES))
    yield world
    await world.put_away()


@pytest.mark.timeout(120 + 3 * FAULTS)
async def test_whatever_goes_wrong_everything_ends_as_promised(chaotic_world: Any) -> None:
    """Every acknowledged message ends, in its conversation, in order, once, and nothing else is said."""
    chaos = Chaos(chaotic_world, SEED)
    try:
        report = await chaos.run(FAULTS)
    except AssertionError as broken:
        broken.add_note(chaos.course_of(str(broken)))
        raise
    print(f"seed {SEED}: {report}")
    assert report.states["done"] > 0
    assert report.faults.total() == FAULTS
