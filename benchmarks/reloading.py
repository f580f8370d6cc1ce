"""What a reload takes: from saving one edited rule until it is in force, and how long the event loop is held meanwhile.

The real path: watched files, the helper process, pieces, the swap; medians of several edits, beside the same time without one.
Then memory after a hundred reloads, and the metrics page. Run it with ``make bench``. Machines are noisy: compare the lines with
each other, not with other machines.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from checking import rules

from prx_dingtalk_router.delivery import MemoryJournal
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.engine import Engine
from prx_dingtalk_router.service.metrics.page import MetricsPage
from prx_dingtalk_router.service.metrics.tally import Tally
from prx_dingtalk_router.service.observed import Observed
from prx_dingtalk_router.service.reload.boot import boot
from prx_dingtalk_router.service.reload.build import Origin
from prx_dingtalk_router.service.reload.kept_sets import KeptSets
from prx_dingtalk_router.service.reload.reloader import Reloader
from prx_dingtalk_router.service.reload.running import reloading
from prx_dingtalk_router.service.robot import Robot
from prx_dingtalk_router.settings import load_settings

EDITS = 5
RELOADS = 100
TICK_SECONDS = 0.001
CONFIG = """[channels_config.dingtalk]
client_id = "ding1abc"
client_secret = "secret"
allowed_users = ["*"]
[journal]
url = "memory:"
"""
AGENTS = ("tracker", "helpdesk", "people", "general")


class Gaps:
    """Measures for how long the event loop does not come round."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def run(self) -> None:
        """Measure until cancelled."""
        last = time.perf_counter()
        while True:
            await asyncio.sleep(TICK_SECONDS)
            now = time.perf_counter()
            self.longest = max(self.longest, now - last - TICK_SECONDS)
            last = now

    def taken(self) -> float:
        """Return the longest since the last call."""
        longest, self.longest = self.longest, 0.0
        return longest


@contextlib.asynccontextmanager
async def running(folder: Path, count: int) -> AsyncIterator[tuple[Reloader, Observed, Path]]:
    """A router with so many rules; who reloads it, what is seen of it, and its file."""
    entry = folder / "rules" / "main.rules"
    entry.parent.mkdir()
    entry.write_text("".join(rules(count)), "utf-8")
    config = folder / "prx-router.toml"
    agents = "".join(f'[agents.{name}]\nurl = "http://127.0.0.1:1"\n' for name in AGENTS)
    config.write_text(CONFIG + agents, "utf-8")
    settings = load_settings(config, os.environ)
    kept, origin = KeptSets(folder / "state"), Origin()
    start = boot(settings, origin, kept)
    assert start is not None
    active, tally = ActiveRouter(start.router), Tally()
    async with Engine(settings, journal=MemoryJournal(3600.0)) as engine:
        robot = Robot(settings, active, engine.dispatcher, calls=engine.calls, opened=asyncio.Event())
        async with reloading(engine, active, start, origin, kept) as reloader:
            await reloader.warm_up()
            yield reloader, Observed(engine, robot, reloader, tally), entry


def edit(entry: Path, text: str, number: int) -> None:
    """Save the set with one rule changed, as editors do."""
    beside = entry.with_name(".main.rules.new")
    beside.write_text(text.replace('"reason 4"', f'"reason {number}"'), "utf-8")
    beside.replace(entry)


async def applied(reloader: Reloader, number: int) -> None:
    """Wait until so many sets were put in force."""
    happened = asyncio.Event()
    reloader.observers.append(lambda _: happened.set())
    while reloader.running.number < number:
        await happened.wait()
        happened.clear()
    reloader.observers.pop()


async def edits(count: int) -> None:
    """Print how long one edited rule takes, and the gaps."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), count) as (reloader, _, entry):
            text, gaps = entry.read_text("utf-8"), Gaps()
            measuring = asyncio.create_task(gaps.run())
            live, held, idle = [], [], []
            for number in range(EDITS):
                await reloader.settled()
                gaps.taken()
                began = time.perf_counter()
                edit(entry, text, 1_000_000 + number)
                await applied(reloader, number + 2)
                live.append(time.perf_counter() - began)
                await reloader.settled()
                held.append(gaps.taken())
                await asyncio.sleep(live[-1])
                idle.append(gaps.taken())
            measuring.cancel()
    print(
        f"{count:>6} rules  live {statistics.median(live):.2f} s ({min(live):.2f} to {max(live):.2f}), longest gap "
        f"{statistics.median(held) * 1000:.0f} ms ({max(held) * 1000:.0f} at most), without a reload "
        f"{statistics.median(idle) * 1000:.0f} ms"
    )


def resident() -> float:
    """Return the memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def memory(count: int) -> None:
    """Print the memory after some reloads, and after a hundred more."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), count) as (reloader, _, entry):
            text = entry.read_text("utf-8")
            seen = []
            for number in range(RELOADS + 5):
                edit(entry, text, number)
                await reloader.reload("admin")
                await reloader.settled()
                if number in (4, RELOADS + 4):
                    gc.collect()
                    seen.append(resident())
    print(f"{count:>6} rules  {seen[0]:.0f} MB after 5 reloads, {seen[1]:.0f} MB after {RELOADS} more")


async def page() -> None:
    """Print how long the metrics page takes with two hundred rules."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), 10) as (_, observed, _):
            for number in range(250):
                observed.tally.matches.add(f"rule-{number}")
                observed.tally.shadow_matches.add(f"rule-{number}")
            shown, taken = MetricsPage(observed), []
            for _ in range(50):
                began = time.perf_counter()
                size = len(await shown.text())
                taken.append(time.perf_counter() - began)
    print(f"   /metrics   {statistics.median(taken) * 1000:.1f} ms, {size / 1024:.0f} KB, 200 rules shown")


def main() -> None:
    """Print the table."""
    print(
        f"{platform.python_implementation()} {platform.python_version()}, medians of {EDITS} edits, load {os.getloadavg()[0]:.1f}"
    )
    sizes = [int(each) for each in sys.argv[1:]] or [10, 1_000, 10_000]
    for count in sizes:
        asyncio.run(edits(count))
    asyncio.run(memory(1_000))
    asyncio.run(page())


if __name__ == "__main__":
    main()
