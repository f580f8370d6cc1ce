"""How long the last of a burst of callbacks waits for its answer, by what the callbacks lead to.

The router and the agent are processes of their own; the sandbox's DingTalk is in this one, so what it takes is in the figures
too. Run it with ``make bench``. Machines are noisy: compare the lines with each other, not with other machines.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from pathlib import Path

import peers
import routers
from watched import acknowledged, dingtalk

from prx_dingtalk_router.sandbox.dingtalk import Said

RUNS = 5
CALLBACKS = 1_000


async def burst(word: str) -> list[float]:
    """Seconds from push to answer of each callback, sorted; each comes from a conversation of its own."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            dingtalk() as (service, waits),
            peers.agent(0.0, 0) as agent,
            routers.router(Path(folder), service.base_url, agent),
        ):
            await service.connected()
            for number in range(CALLBACKS):
                service.say(Said("u1001", text=word, extra={"conversationId": f"cid{number}=="}))
            await acknowledged(waits, CALLBACKS)
    return sorted(waits)


def main() -> None:
    """Print the table."""
    print(f"{CALLBACKS} callbacks pushed at once, medians of {RUNS} runs; ms from push to answer")
    for word in ("drop", "reply", "agent"):
        runs = [asyncio.run(burst(word)) for _ in range(RUNS)]
        middle = statistics.median(statistics.median(waits) for waits in runs)
        last = statistics.median(waits[-1] for waits in runs)
        print(f"{word:<8} median {1000 * middle:>6.0f}   last {1000 * last:>6.0f}")


if __name__ == "__main__":
    main()
