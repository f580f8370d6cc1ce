"""How many turns a second an agent gets from the router, and how long after its end an answer is there.

Delivery runs in this process (a journal in memory, replies to session webhooks); the agent and DingTalk's side are processes of
their own. Each message comes from a person of its own, so no session holds another up. Run it with ``make bench``, or with the
name of one line. Machines are noisy: compare the lines with each other, not with other machines.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from dataclasses import dataclass

import peers
from pydantic import SecretStr

from prx_dingtalk_router.decision.model import AgentStep, Decision
from prx_dingtalk_router.delivery import (
    AgentPool,
    Dispatcher,
    Done,
    MemoryJournal,
    Replied,
    Replies,
    SessionWebhook,
)
from prx_dingtalk_router.net import HttpClient
from prx_dingtalk_router.settings import AgentSettings

RUNS = 5


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Attributes:
        turns: messages in all.
        every: seconds from one to the next; 0 for all at once.
        takes: seconds that a turn takes.
        limit: the daemon's ``api_rate_limit_per_minute``.
        runs: times it is measured.
    """

    turns: int
    every: float
    takes: float
    limit: int
    runs: int = RUNS


LINES = {
    "at once, no limit, turns of 0 s": Line(600, 0.0, 0.0, 0),
    "at once, no limit, turns of 0.1 s": Line(600, 0.0, 0.1, 0),
    "at once, limit 600, turns of 0.1 s": Line(300, 0.0, 0.1, 600, 3),
    "1/s, no limit, turns of 1 s": Line(20, 1.0, 1.0, 0, 1),
    "1/s, limit 600, turns of 1 s": Line(20, 1.0, 1.0, 600, 1),
    "1/s, limit 60, turns of 1 s": Line(40, 1.0, 1.0, 60, 1),
}


async def run(line: Line, chat: str) -> tuple[float, float, list[float]]:
    """Turns a second, CPU milliseconds a turn, and seconds from each message to its answer."""
    began: dict[str, float] = {}
    waits: list[float] = []
    ended = asyncio.Event()

    def observe(event: object) -> None:
        if isinstance(event, Replied) and event.result == "sent":
            waits.append(time.perf_counter() - began[event.msg_id])
        elif isinstance(event, Done) and len(waits) == line.turns:
            ended.set()

    async with peers.agent(line.takes, line.limit) as url, HttpClient() as http:
        settings = AgentSettings(
            url=url, token=SecretStr(peers.TOKEN), notice_after=None, api_rate_limit_per_minute=line.limit
        )
        pool = AgentPool({"desk": settings})
        journal = MemoryJournal()
        await journal.claim()
        replies = Replies([SessionWebhook(http, ["127.0.0.1"])], per_minute=1000)
        dispatcher = Dispatcher(journal, pool, replies, observers=[observe])
        start, cpu = time.perf_counter(), time.process_time()
        for number in range(line.turns):
            began[f"m{number}"] = time.perf_counter()
            await dispatcher.accept(decision(number, chat))
            await asyncio.sleep(line.every)
        await ended.wait()
        took, cpu = time.perf_counter() - start, time.process_time() - cpu
        await dispatcher.stop(drain=5)
        await pool.aclose()
    return line.turns / took, 1000 * cpu / line.turns, sorted(waits)


def decision(number: int, chat: str) -> Decision:
    """To ask the agent, for a person of its own."""
    step = AgentStep(rule="r", position="1", agent="desk", timeout=600.0, session="sender")
    message = peers.message(number, chat, time.time_ns() // 1_000_000)
    return Decision(message=message, rules="sha256:0", by="r", steps=(step,), client_id="dingbench")


def main() -> None:
    """Print the table."""
    print("messages to an agent; medians; ms from message to answer, less what the turn takes")
    with peers.chat() as chat:
        for name, line in LINES.items():
            if sys.argv[1:] and sys.argv[1] not in name:
                continue
            results = [asyncio.run(run(line, chat)) for _ in range(line.runs)]
            rate, cpu = (statistics.median(result[at] for result in results) for at in (0, 1))
            lags = sorted(wait - line.takes for result in results for wait in result[2])
            middle, most = (1000 * lags[int(len(lags) * share)] for share in (0.5, 0.9))
            print(
                f"{name:<36}{rate:>7.1f} turns/s{cpu:>7.2f} ms CPU   median {middle:>6.0f}   p90 {most:>6.0f}"
            )


if __name__ == "__main__":
    main()
