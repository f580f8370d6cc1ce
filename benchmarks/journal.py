"""What a big journal costs: a start over it, tidying it, going on with what is unfinished in it, and messages that wait.

The router is a process of its own with its logs on, DingTalk and the agent are the sandbox's. Run it with ``make bench``, or with
the names of lines (``start``, ``prune``, ``resume``, ``wait``). Machines are noisy: compare the lines with each other.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import peers
import routers
from watched import acknowledged, dingtalk

from prx_dingtalk_router.decision.model import AgentStep, BoundStep, Decision, ReplyStep
from prx_dingtalk_router.delivery import NewEntry, SqliteJournal
from prx_dingtalk_router.delivery.journal import Ended, StepChanged, StepRecord, StepRef
from prx_dingtalk_router.delivery.journal.sqlite import rows
from prx_dingtalk_router.sandbox.dingtalk import Said
from prx_dingtalk_router.sandbox.prx import Prx, PrxSettings

RUNS = 5
KEPT = 100_000
OLD = 1_000_000
UNFINISHED = 100_000
WAITING = 5_000
TRAFFIC_SECONDS = 60.0
"""How long answers are watched where nothing is removed."""
MOST_SECONDS = 900.0
BATCH = 1_000
MONTH_MS = 30 * 24 * 3_600_000
CALLBACK = (
    '{"conversationId":"cid","chatbotUserId":"$:LWCP_v1:$bot","msgtype":"text","text":{"content":"hello"}}'
    * 4
)

REPLY = ReplyStep(rule="replied", position="1", template="OK")
ASK = AgentStep(rule="asked", position="1", agent="desk", timeout=600.0, session="sender")


async def start() -> None:
    """From the start of the process to its connection, over an empty journal and over a big one, in turn."""
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as big:
        await fill(Path(big), KEPT, ended_before_ms=3_600_000)
        took: dict[str, list[float]] = {empty: [], big: []}
        async with dingtalk() as (service, _):
            for _ in range(RUNS):
                for folder, seconds in took.items():
                    began = time.perf_counter()
                    async with routers.router(Path(folder), service.base_url) as router:
                        await router.logged("connected")
                        seconds.append(time.perf_counter() - began)
                        await router.stop()
        nothing, much = (statistics.median(seconds) for seconds in took.values())
    print(f"start, nothing in the journal          {nothing:>6.2f} s")
    print(
        f"start, {KEPT} ended messages in it     {much:>6.2f} s, {much - nothing:+.2f} s; the bound is +0.3 s"
    )


async def prune() -> None:
    """How long callbacks wait for their answers while old messages are removed, and without that."""
    print("answers to 100 callbacks a second while old messages are removed; ms")
    for old, ended_before_ms, seconds in ((1_000, 3_600_000, TRAFFIC_SECONDS), (OLD, MONTH_MS, MOST_SECONDS)):
        with tempfile.TemporaryDirectory() as folder:
            await fill(Path(folder), old, ended_before_ms=ended_before_ms)
            async with (
                dingtalk() as (service, waits),
                routers.router(Path(folder), service.base_url) as router,
            ):
                await router.logged("connected")
                began = time.perf_counter()
                while time.perf_counter() - began < seconds and oldest(Path(folder)) < old:
                    for _ in range(50):
                        service.say(Said("u1001", text="drop"))
                        await asyncio.sleep(0.01)
                took, removed = time.perf_counter() - began, oldest(Path(folder)) - 1
                ordered = sorted(waits)
            print(
                f"{removed:>7} removed in {took:>3.0f} s: median {1000 * statistics.median(ordered):>6.1f}   99 % "
                f"{1000 * ordered[int(len(ordered) * 0.99)]:>6.1f}   most {1000 * ordered[-1]:>6.1f}; the bound is 100"
            )


async def resume() -> None:
    """The memory of a router that goes on with many messages: of one agent that does not end, and replies, each to a conversation."""
    for name, step in (("for an agent that does not end", ASK), ("to be replied to", REPLY)):
        with tempfile.TemporaryDirectory() as folder, peers.chat() as chat:
            async with dingtalk() as (service, _), agent() as desk:
                await fill_unfinished(Path(folder), UNFINISHED, step, chat)
                began = time.perf_counter()
                async with routers.router(Path(folder), service.base_url, desk.base_url) as router:
                    await router.logged("going-on")
                    took = time.perf_counter() - began
                    await asyncio.sleep(20) if step is ASK else await nothing_unfinished(Path(folder))
                    done = done_in(Path(folder))
                    seconds, taken = time.perf_counter() - began, router.figures()
        print(
            f"going on with {UNFINISHED} {name}: begun after {took:.1f} s, {done} done after {seconds:.0f} s, at most "
            f"{taken.most_memory:.0f} MB, {taken.tasks} tasks; the bound is 300 MB"
        )


async def wait() -> None:
    """What messages cost that wait for an agent."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            dingtalk() as (service, waits),
            agent() as desk,
            routers.router(Path(folder), service.base_url, desk.base_url) as router,
        ):
            await router.logged("connected")
            await asyncio.sleep(2)
            before = router.figures()
            for number in range(WAITING):
                somebody = {
                    "conversationId": f"cid{number}==",
                    "senderStaffId": f"u{number}",
                    "senderId": f"u{number}",
                }
                service.say(Said("u1001", text="agent", extra=somebody))
                if number % 100 == 99:
                    await asyncio.sleep(0.05)
            await acknowledged(waits, WAITING)
            await asyncio.sleep(3)
            after = router.figures()
            assert unfinished(Path(folder)) == WAITING
    print(
        f"{WAITING} messages that wait for an agent: {before.tasks} -> {after.tasks} tasks, "
        f"{before.memory:.0f} -> {after.memory:.0f} MB"
    )


@contextlib.asynccontextmanager
async def agent() -> Any:
    """An agent whose turns do not end."""
    settings = PrxSettings(
        webhook_rate_limit_per_minute=0, api_rate_limit_per_minute=0, paired_tokens=(peers.TOKEN,)
    )
    desk = Prx("desk", settings=settings)
    desk.faults.hang = True
    await desk.start()
    try:
        yield desk
    finally:
        await desk.stop()


async def fill(folder: Path, count: int, *, ended_before_ms: int) -> None:
    """Put so many messages into a journal that were replied to so long ago: one, and copies of its rows."""
    path = folder / routers.JOURNAL
    now = time.time_ns() // 1_000_000
    journal = SqliteJournal(path, retention=10 * MONTH_MS)
    await journal.claim()
    (stored,) = await journal.store([new(0, REPLY, "http://127.0.0.1:9", now)], now)
    assert stored.entry is not None
    done = StepChanged(StepRef.of(REPLY), StepRecord("performed", 1))
    await journal.apply(stored.entry, [done, Ended("done", None, now)])
    await journal.close()
    copies = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO"
    entry = rows.ENTRY.replace("arrival", "arrival + i", 1).replace(
        "msg_id", "'msg' || hex(randomblob(12))", 1
    )
    step = rows.STEP.replace("arrival", "arrival + i", 1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for table, columns, copied in (("entry", rows.ENTRY, entry), ("step", rows.STEP, step)):
            copy = f"{copies} {table} ({columns}) SELECT {copied} FROM {table}, n WHERE arrival = 1"  # noqa: S608
            connection.execute(copy, (count - 1,))
        at = f"{now - ended_before_ms} - {count} + arrival"
        connection.execute(f"UPDATE entry SET stored_at_ms = {at}, finished_at_ms = {at}")  # noqa: S608
        connection.commit()
    with path.open("rb+") as file:
        os.fsync(
            file.fileno()
        )  # else the first commit that is measured waits until all of this is on the disk


def oldest(folder: Path) -> int:
    """The number of the oldest message that a journal holds."""
    with closing(sqlite3.connect(folder / routers.JOURNAL)) as connection:
        return int(connection.execute("SELECT min(arrival) FROM entry").fetchone()[0])


def unfinished(folder: Path) -> int:
    """How many messages of a journal have not ended."""
    with closing(sqlite3.connect(folder / routers.JOURNAL)) as connection:
        query = "SELECT count(*) FROM entry WHERE state IN ('queued', 'running')"
        return int(connection.execute(query).fetchone()[0])


def done_in(folder: Path) -> int:
    """How many messages of a journal were carried out."""
    with closing(sqlite3.connect(folder / routers.JOURNAL)) as connection:
        return int(connection.execute("SELECT count(*) FROM entry WHERE state = 'done'").fetchone()[0])


async def nothing_unfinished(folder: Path) -> None:
    """Wait until all messages of a journal have ended."""
    while unfinished(folder):  # noqa: ASYNC110 - the router is another process
        await asyncio.sleep(0.5)


async def fill_unfinished(folder: Path, count: int, step: BoundStep, chat: str) -> None:
    """Put so many messages into a journal that nothing was done about yet."""
    journal = SqliteJournal(folder / routers.JOURNAL)
    await journal.claim()
    now = time.time_ns() // 1_000_000
    for first in range(0, count, BATCH):
        batch = [new(number, step, chat, now) for number in range(first, first + BATCH)]
        await journal.store(batch, now)
    await journal.close()


def new(number: int, step: BoundStep, chat: str, now_ms: int) -> NewEntry:
    """A message to be carried out."""
    message = peers.message(number, chat, now_ms)
    decision = Decision(
        message=message, rules="sha256:0", by=step.rule, steps=(step,), client_id=routers.CLIENT_ID
    )
    return NewEntry(decision, CALLBACK)


LINES = {"start": start, "prune": prune, "resume": resume, "wait": wait}


def main() -> None:
    """Print the lines asked for, or all."""
    for name, line in LINES.items():
        if not sys.argv[1:] or name in sys.argv[1:]:
            asyncio.run(line())


if __name__ == "__main__":
    main()
