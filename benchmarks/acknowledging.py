"""How long the last of a burst of callbacks waits for its answer, by what the callbacks lead to.

The router is a process of its own; DingTalk and the agent of the sandbox share this one, so what they take is in the
figures too. Run it with ``make bench``. Machines are noisy: compare the lines with each other, not with other machines.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory, Said
from prx_dingtalk_router.sandbox.prx import Prx, PrxSettings

RUNS = 5
CALLBACKS = 1_000
PATIENCE = 120.0
CLIENT_ID, SECRET = "dingbench", "bench-secret"
RULES = """
rule dropped when text is "drop" then drop "bench"
rule replied when text is "reply" then reply "OK"
rule asked when text is "agent" then agent helpdesk
otherwise drop "other"
"""
CONFIGURATION = """
[channels_config.dingtalk]
client_id = "{client_id}"
client_secret = "{secret}"
allowed_users = ["*"]
[dingtalk]
api_base = "{dingtalk}"
webhook_hosts = ["127.0.0.1"]
[rules]
path = "main.rules"
[agents.helpdesk]
url = "{prx}"
token = "{token}"
"""


async def burst(word: str) -> list[float]:
    """Seconds from push to answer of each callback, sorted; each comes from a conversation of its own."""
    pushed: dict[str, float] = {}
    waits: dict[str, float] = {}
    answered = asyncio.Event()

    def observe(event: Any) -> None:
        match type(event).__name__:
            case "Pushed":
                pushed.setdefault(event.msg_id, time.perf_counter())
            case "Acked" if event.msg_id in pushed:
                waits.setdefault(event.msg_id, time.perf_counter() - pushed[event.msg_id])
                if len(waits) == CALLBACKS:
                    answered.set()

    dingtalk = DingTalk(Directory.demo(CLIENT_ID, SECRET))
    prx = Prx("helpdesk", settings=PrxSettings(webhook_rate_limit_per_minute=0, api_rate_limit_per_minute=0))
    await dingtalk.start()
    await prx.start()
    dingtalk.observe(observe)
    with tempfile.TemporaryDirectory() as folder:
        process = await _router(Path(folder), dingtalk, prx)
        try:
            async with asyncio.timeout(PATIENCE):
                await dingtalk.connected()
                for number in range(CALLBACKS):
                    dingtalk.say(Said("u1001", text=word, extra={"conversationId": f"cid{number}=="}))
                await answered.wait()
        finally:
            process.kill()
            await process.wait()
            await prx.stop()
            await dingtalk.stop()
    return sorted(waits.values())


async def _router(folder: Path, dingtalk: DingTalk, prx: Prx) -> asyncio.subprocess.Process:
    (folder / "main.rules").write_text(RULES, "utf-8")
    configuration = folder / "prx-router.toml"
    configuration.write_text(
        CONFIGURATION.format(
            client_id=CLIENT_ID,
            secret=SECRET,
            dingtalk=dingtalk.base_url,
            prx=prx.base_url,
            token=prx.token,
        ),
        "utf-8",
    )
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "prx_dingtalk_router", "run", "--config", str(configuration)),
        cwd=folder,
        stderr=asyncio.subprocess.DEVNULL,
    )


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
