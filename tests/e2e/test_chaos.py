"""Whatever moment the router is killed at: what was acknowledged is answered once, or dead with a reason."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import random
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

KILLS = int(os.environ.get("CHAOS_KILLS", "4"))
SEED = int(os.environ.get("CHAOS_SEED", "1"))
PATIENCE = 120.0
PEOPLE = ("u1001", "u1002", "u1003", "u1004", "u1005")
TALKS = (*["敲门 {}", "随便 {}", "代开发票 {}"] * 4, "请教 {}", "问 {}")
"""What people write: a reply, a drop, an agent with an alternative, a reply and an agent without one."""
UNDONE = "智能体没有回答："
TURN = 0.2
"""Seconds that a turn takes, so that kills find agents at work."""
LIVES = (0.05, 0.05, 0.5, 2.0)
"""A router lives at most so many seconds more once it has acknowledged something: most are killed while they store, others
while agents work and answers are sent."""
STILLBORN = 0.15
"""How many of the routers are killed before they are connected, perhaps while they go on with what is unfinished."""
ON_ITS_WAY = 1.0
"""For so long a post of a killed router may still be read; the next router takes longer to start."""


@dataclass
class Report:
    """What became of it all."""

    kills: int
    said: int
    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    told: int = 0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.said} messages: {dict(self.states)}, dead by {dict(self.reasons)}; "
            f"posts that were cut off and sent again: {self.told}, of which the first had arrived: {self.repeated}"
        )


class Chaos:
    """One seeded run.

    Args:
        world: DingTalk, an agent, and the files of a router.
        seed: of everything that is left to chance.
    """

    def __init__(self, world: Any, seed: int) -> None:
        self._world = world
        self._chance = random.Random(seed)  # noqa: S311
        self._said: dict[str, str] = {}
        self._number = 0
        self._acked: set[str] = set()
        self._changed = asyncio.Event()
        self._killed_at: list[float] = []
        self._shown_at: dict[tuple[str, str], list[float]] = {}

    async def run(self, kills: int) -> Report:
        """Kill so many routers, let the last one finish, and check everything that is promised."""
        world = self._world
        world.dingtalk.faults.redeliver_after, world.dingtalk.faults.redeliveries = 10.0, 1_000_000
        world.dingtalk.faults.webhook_rate = 0
        world.dingtalk.faults.webhook_life = (
            1_000_000.0  # a long run must not outlive them in the sandbox's faster time
        )
        world.dingtalk.observe(self._seen)
        world.agent.faults.turn_delay = TURN
        traffic = asyncio.create_task(self._talk())
        for _ in range(kills):
            stillborn = self._chance.random() < STILLBORN
            router = await world.run(replies=6000, connected=not stillborn)
            if stillborn:
                await router.logged("starting")
            else:
                await self._until_acked(len(self._acked) + self._chance.randrange(1, 15))
            await asyncio.sleep(self._chance.uniform(0, self._chance.choice(LIVES)))
            self._killed_at.append(asyncio.get_running_loop().time())
            await router.put_away()
        traffic.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await traffic
        last = await world.run(replies=6000)
        await self._settled()
        last.signal(15)
        assert await last.ended() == 0
        return self._check(kills)

    async def _talk(self) -> None:
        while True:
            self._number += 1
            text = self._chance.choice(TALKS).format(self._number)
            group = self._chance.choice((None, "cidITHelpDesk2026A1=="))
            self._said[self._world.say(text, self._chance.choice(PEOPLE), group)] = text
            await asyncio.sleep(self._chance.expovariate(10.0))

    def _seen(self, event: Any) -> None:
        match type(event).__name__:
            case "Wrote" if event.line.author == "robot":
                shown = self._shown_at.setdefault((event.line.in_reply_to, event.line.text), [])
                shown.append(asyncio.get_running_loop().time())
            case "Acked" if event.code == 200:
                self._acked.add(event.msg_id)
                self._changed.set()

    async def _until_acked(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self._acked & set(self._said)) < count:
                self._changed.clear()
                await self._changed.wait()

    async def _settled(self) -> None:
        """Until everything that was said is acknowledged, and nothing of it is unfinished."""
        async with asyncio.timeout(PATIENCE):
            await self._until_acked(len(self._said))
            while self._unfinished():  # noqa: ASYNC110 - another process writes the file
                await asyncio.sleep(0.1)

    def _unfinished(self) -> list[str]:
        return [self._said[msg_id] for msg_id, state, _ in self._rows() if state in ("queued", "running")]

    def _rows(self) -> list[tuple[str, str, str | None]]:
        path: Path = self._world.folder / "prx-router.db"
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as journal:
            return journal.execute("SELECT msg_id, state, reason FROM entry").fetchall()

    def _check(self, kills: int) -> Report:
        report = Report(kills, len(self._said))
        rows = {msg_id: (state, reason) for msg_id, state, reason in self._rows()}
        assert set(rows) == set(self._said)
        turns = Counter(turn.message for turn in self._world.agent.turns)
        assert [text for text, count in turns.items() if count > 1] == []
        logged = itertools.chain.from_iterable(router.log.seen for router in self._world.routers)
        told = Counter(line["msg_id"] for line in logged if line["event"] == "repeated")
        report.told = told.total()
        for msg_id, text in self._said.items():
            state, reason = rows[msg_id]
            report.states[state] += 1
            report.repeated += self._check_replies(msg_id, told[msg_id])
            shown = {content for of, content in self._shown_at if of == msg_id}
            if state == "dead":
                assert reason
                report.reasons[reason] += 1
            elif state == "dropped":
                assert (text.split()[0], shown) == ("代开发票", set())
            else:
                assert state == "done"
                assert self._answered(text, shown), (text, shown)
        return report

    def _answered(self, text: str, shown: set[str]) -> bool:
        """Whether somebody who wrote ``text`` saw all that it asks for."""
        match text.split()[0]:
            case "敲门":
                return shown == {f"请进：{text}"}
            case "请教":
                return shown == {f"**答** {text}"} or [each[: len(UNDONE)] for each in shown] == [UNDONE]
            case "问":
                return shown == {"收到", f"**答** {text}"}
            case _:
                return shown == {"没有这样的规则"}

    def _check_replies(self, msg_id: str, told: int) -> int:
        """How many replies were sent again: each because a kill cut off the post before it, which the router told.

        Args:
            msg_id: to what.
            told: times that a router logged it; what it logs in its last moments is lost with it.
        """
        repeated = untold = 0
        for (of, text), times in self._shown_at.items():
            if of != msg_id:
                continue
            for first, second in itertools.pairwise(times):
                assert self._was_killed(first - ON_ITS_WAY, second), (msg_id, text, times)
                repeated += 1
                untold += self._was_killed(second - ON_ITS_WAY, second + ON_ITS_WAY)
        assert repeated <= told + untold
        return repeated

    def _was_killed(self, since: float, until: float) -> bool:
        return any(since <= killed <= until for killed in self._killed_at)


@pytest.mark.timeout(60 + 30 * KILLS)
async def test_a_killed_router_loses_nothing_and_asks_nobody_twice(world: Any) -> None:
    """Every acknowledged message ends, no turn runs twice, and only a reply whose post was cut off is sent again."""
    report = await Chaos(world, SEED).run(KILLS)
    print(f"seed {SEED}: {report}")
    assert report.states["done"] > 0
    assert report.repeated <= report.kills * 4
