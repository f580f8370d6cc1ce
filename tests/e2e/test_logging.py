"""A log that nobody reads keeps nobody waiting: standard error as a pipe that is not drained."""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import sys
from typing import Any

PATIENCE = 30.0
MESSAGES = 400


async def test_messages_are_answered_though_nobody_reads_the_log(world: Any) -> None:
    """With a full pipe as standard error everything is acknowledged and answered, and SIGTERM ends the router with 0.

    Each line that found room is whole.
    """
    reading, writing = os.pipe()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "prx_dingtalk_router", "run", "--config", str(world.write_files())),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=writing,
        env={**os.environ, "LANG": "en_US.UTF-8", "DINGTALK_CLIENT_SECRET": "s3cr3t-0f-th3-b0t"},
    )
    try:
        await world.dingtalk.connected()
        for number in range(MESSAGES):
            world.say(f"代开发票 {number}")
        await world.event("Acked", MESSAGES)
        assert not select.select([], [writing], [], 0)[1], "the pipe never filled up: nothing was tested"
        asked = world.say("敲门 在吗")
        assert (await world.reply_to(asked)).text == "请进：敲门 在吗"
        async with asyncio.timeout(PATIENCE):
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as log:
            lines = log.read().splitlines()
    assert len(lines) > 100
    # The last line may have been cut off by the end of the process.
    assert {json.loads(line)["level"] for line in lines[:-1]} <= {"info", "warning"}
