"""A thousand reloads under traffic: nothing lost, nothing twice, and no message decided by two versions of the rules."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest

SWAPS = int(os.environ.get("CHAOS_SWAPS", "20"))
PATIENCE = 30.0
AT_A_TIME = 25
"""Messages that are under way between two edits."""

VERSIONED = """rule one
  when text starts with "问候"
  then reply "第 {number} 版 之一 {{{{ text }}}}"
  then next

rule two
  when text starts with "问候"
  then reply "第 {number} 版 之二 {{{{ text }}}}"

otherwise reply "?"
"""


@pytest.mark.timeout(1800)
async def test_a_storm_of_reloads(world: Any) -> None:
    """Each message gets both its replies once, and both of one version."""
    world.rules = VERSIONED.format(number=0)
    world.dingtalk.faults.webhook_rate = 0
    router = await world.run(replies=1_000_000)
    entry = world.folder / "rules" / "main.rules"
    said: list[str] = []
    # By message, as looking through all that happened for each of a hundred thousand messages would take hours.
    replies: defaultdict[str, list[str]] = defaultdict(list)
    came = asyncio.Event()

    def note(event: Any) -> None:
        if type(event).__name__ == "Wrote" and event.line.in_reply_to:
            replies[event.line.in_reply_to].append(event.line.text)
            came.set()

    async def answered(messages: Iterable[str]) -> None:
        for msg_id in messages:
            async with asyncio.timeout(PATIENCE):
                while len(replies[msg_id]) < 2:
                    came.clear()
                    await came.wait()

    world.dingtalk.observe(note)

    async def talk() -> None:
        number = 0
        while True:
            batch = [
                world.say(f"问候 {number + count}", person=f"u100{count % 5 + 1}")
                for count in range(AT_A_TIME)
            ]
            number += AT_A_TIME
            said.extend(batch)
            await answered(batch)

    traffic = asyncio.create_task(talk())
    for number in range(1, SWAPS + 1):
        beside = entry.with_name(".new")
        beside.write_text(VERSIONED.format(number=number), "utf-8")
        beside.replace(entry)
        await router.logged("reloaded", number=number + 1)
    traffic.cancel()
    await asyncio.gather(traffic, return_exceptions=True)
    await answered(said)
    versions = set()
    for msg_id in said:
        first, second = replies[msg_id]
        assert ("之一" in first, "之二" in second) == (True, True)
        assert first.split(" 版")[0] == second.split(" 版")[0]
        versions.add(first.split(" 版")[0])
    assert len(versions) > min(10, SWAPS // 4)
    assert "Traceback" not in router.said
