"""``prx-router run`` as a process, and what it takes of the machine."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import peers

CLIENT_ID, SECRET = "dingbench", "bench-secret"
PATIENCE = 300.0
RULES = """language 1
rule dropped when text is "drop" then drop "bench"
rule replied when text is "reply" then reply "OK"
rule asked when text is "agent" then agent desk
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
replies_per_minute = 6000
failed_reply = ""
[rules]
path = "main.rules"
[agents.desk]
url = "{agent}"
token = "{token}"
api_rate_limit_per_minute = 0
notice_after = ""
waiting = 1000000
"""
JOURNAL = "prx-router.db"


@dataclass(frozen=True)
class Figures:
    """What a router takes: MB of memory now and at most, open files, threads, asyncio's tasks."""

    memory: float
    most_memory: float
    files: int
    threads: int
    tasks: int


class RouterProcess:
    """A router that runs; its log goes to a file."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self._process = process
        self._folder = folder

    async def logged(self, event: str) -> None:
        """Wait until it has logged an event; looked for every few milliseconds."""
        needle = f'"event":"{event}"'.encode()
        async with asyncio.timeout(PATIENCE):
            while needle not in (self._folder / "log").read_bytes().replace(b": ", b":"):
                assert self._process.returncode is None, (self._folder / "log").read_text("utf-8")[-2000:]
                await asyncio.sleep(0.005)

    def figures(self) -> Figures:
        """What it takes now."""
        proc = Path(f"/proc/{self._process.pid}")
        status = dict(line.split(":", 1) for line in (proc / "status").read_text().splitlines())
        tasks = self._folder / "tasks"
        return Figures(
            int(status["VmRSS"].split()[0]) / 1024,
            int(status["VmHWM"].split()[0]) / 1024,
            len(list((proc / "fd").iterdir())),
            int(status["Threads"]),
            int(tasks.read_text()) if tasks.exists() else 0,
        )

    def write_rules(self, rules: str) -> None:
        """Give it other rules, which it reads as soon as it notices."""
        (self._folder / "main.rules").write_text(rules, "utf-8")

    async def stop(self) -> None:
        """End it as an operator would, or at once if it takes long."""
        if self._process.returncode is None:
            self._process.terminate()
        try:
            async with asyncio.timeout(10):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def kill(self) -> None:
        """End it without a word."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


@contextlib.asynccontextmanager
async def router(
    folder: Path, dingtalk: str, agent: str = "http://127.0.0.1:9", tables: str = "", rules: str = RULES
) -> AsyncIterator[RouterProcess]:
    """A router on a journal in ``folder``; killed in the end.

    Args:
        folder: of its configuration, its rules and its journal.
        dingtalk: address of DingTalk.
        agent: address of the agent ``desk``.
        tables: more tables of its configuration.
        rules: what it routes by.
    """
    (folder / "main.rules").write_text(rules, "utf-8")
    table = CONFIGURATION.format(
        client_id=CLIENT_ID, secret=SECRET, dingtalk=dingtalk, agent=agent, token=peers.TOKEN
    )
    (folder / "prx-router.toml").write_text(table + tables, "utf-8")
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(
                sys.executable,
                __file__,
                "run",
                "--config",
                str(folder / "prx-router.toml"),
            ),
            cwd=folder,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=log,
        )
    running = RouterProcess(process, folder)
    try:
        yield running
    finally:
        await running.kill()


def _count_tasks(path: Path, loops: list[asyncio.AbstractEventLoop], every: float = 1.0) -> None:
    """Write how many tasks the loops of this process have, again and again."""
    while True:
        time.sleep(every)
        with contextlib.suppress(RuntimeError):
            written = path.with_suffix(".new")
            written.write_text(str(sum(len(asyncio.all_tasks(loop)) for loop in loops)))
            written.rename(path)


if __name__ == "__main__":
    from prx_dingtalk_router.cli.main import main
    from prx_dingtalk_router.service import interpreter

    made: list[asyncio.AbstractEventLoop] = []
    make = interpreter.new_event_loop

    def make_and_note() -> asyncio.AbstractEventLoop:
        """As usual, and remembered."""
        made.append(make())
        return made[-1]

    interpreter.new_event_loop = make_and_note
    threading.Thread(target=_count_tasks, args=(Path("tasks"), made), daemon=True, name="count-tasks").start()
    main()
