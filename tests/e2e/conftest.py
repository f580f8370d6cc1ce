"""The router as a real process, between a DingTalk and an agent that run here."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory, Said
from prx_dingtalk_router.sandbox.prx import Prx, PrxSettings, TurnRequest
from tests.e2e.warm import WarmProcess, forks

PATIENCE = 30.0
MACHINE = Path(__file__).parent / "chaos" / "machine.py"
CLIENT_ID = "dingrouter"
SECRET = "s3cr3t-0f-th3-b0t"
SPEED = 20.0
"""How many of DingTalk's seconds pass in one of ours."""

IT_DESK = "cidITHelpDesk2026A1=="
UNLIMITED = PrxSettings(webhook_rate_limit_per_minute=0, api_rate_limit_per_minute=0)

RULES = """language 1

rule spam
  when text contains "代开发票"
  then drop "ads"

rule knock
  when text starts with "敲门"
  then reply "请进：{{ text }}"

rule called
  when text is "叫我" and group
  then reply "在这里" mention

rule seldom
  when text is "偶尔"
  then reply "有余" at most 1 per 10m per sender
  else reply "满了"

rule ask
  when text starts with "请教"
  then agent helpdesk
  else reply "智能体没有回答：{{ failure }}"

rule ask-plainly
  when text starts with "问"
  then reply "收到"
  then agent helpdesk

otherwise reply "没有这样的规则"
denied    reply "没有权限"
"""


class Watched:
    """Things that happen, waited for: never slept for."""

    def __init__(self) -> None:
        self.seen: list[Any] = []
        self._changed = asyncio.Condition()
        self._told: set[asyncio.Task[None]] = set()
        self.ended = False

    def add(self, thing: Any) -> None:
        """Note something that happened."""
        self.seen.append(thing)
        task = asyncio.ensure_future(self._tell())
        self._told.add(task)
        task.add_done_callback(self._told.discard)

    async def end(self) -> None:
        """Nothing more will happen."""
        self.ended = True
        await self._tell()

    async def until(self, wanted: Callable[[Any], bool], count: int = 1) -> list[Any]:
        """Wait until so many things of a kind have happened; all of them."""
        found: list[Any] = []
        looked_at = 0
        async with asyncio.timeout(PATIENCE), self._changed:
            while True:
                found += [each for each in self.seen[looked_at:] if wanted(each)]
                looked_at = len(self.seen)
                if len(found) >= count:
                    return found
                assert not self.ended, self.seen
                await self._changed.wait()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


class RouterProcess:
    """``prx-router`` as a process; what it logs is read all the time."""

    def __init__(self, process: asyncio.subprocess.Process | WarmProcess) -> None:
        self.process = process
        self.log = Watched()
        self.raw: list[str] = []
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stderr is not None
        while line := (await self.process.stderr.readline()).decode():
            self.raw.append(line)
            try:
                self.log.add(json.loads(line))
            except ValueError:
                self.log.add({"event": "", "text": line.rstrip("\n")})
        await self.log.end()

    async def logged(self, event: str, count: int = 1, **fields: object) -> list[dict[str, Any]]:
        """Wait until so many lines with this event and these fields were logged."""
        wanted = {"event": event, **fields}
        return await self.log.until(lambda line: wanted.items() <= line.items(), count)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    async def ended(self) -> int:
        """Wait for the end; the exit code."""
        async with asyncio.timeout(PATIENCE):
            await self._reader
            return await self.process.wait()

    async def put_away(self) -> None:
        """Kill what still runs."""
        if self.process.returncode is None:
            self.process.kill()
        await asyncio.gather(self._reader, self.process.wait())

    @property
    def said(self) -> str:
        """Everything on standard error so far."""
        return "".join(self.raw)


def environment(**more: str) -> dict[str, str]:
    """The environment without proxies and without what would change the outcome of a test."""
    dropped = ("PRX_ROUTER", "LC_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(dropped)}
    return {**kept, "LANG": "en_US.UTF-8", "DINGTALK_CLIENT_SECRET": SECRET, **more}


async def start_router(*arguments: str | Path, machine: Path | None = None) -> RouterProcess:
    """Start ``prx-router`` with these arguments, here or on a machine whose state is in a file (``chaos/machine.py``)."""
    if machine is None:
        return RouterProcess(await forks().start(*arguments, env=environment()))
    return await start_cold(str(MACHINE), str(machine), *arguments)


async def start_cold(*arguments: str | Path) -> RouterProcess:
    """Start a Python with these arguments."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *map(str, arguments)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=environment(),
        limit=1 << 20,
    )
    return RouterProcess(process)


async def run_command(
    *arguments: str | Path, told: list[str] | None = None, cwd: Path | None = None, **environ: str
) -> tuple[int, str]:
    """Run a command in English; its exit code, and what it said, which is also noted in ``told``."""
    env = environment(**environ)
    process = await forks().start(*arguments, "--lang", "en", env=env, cwd=cwd, with_output=True)
    said = (await process.stderr.read()).decode()
    if told is not None:
        told.append(said)
    return await process.wait(), said


async def said_back(request: TurnRequest) -> str:
    """What the agent answers."""
    return f"**答** {request.message}"


@dataclass
class World:
    """DingTalk, the agent, the files of a router, and what happens between them."""

    folder: Path
    dingtalk: DingTalk
    agent: Prx
    rules: str = RULES
    events: Watched = field(default_factory=Watched)
    turns: Watched = field(default_factory=Watched)
    routers: list[RouterProcess] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What commands and the admin address said: a test that asks them notes it here."""

    def write_files(self, *, replies: int = 20, journal: str = "", **dingtalk: str) -> Path:
        """The configuration, with so many replies a minute and conversation, and a journal of one's own, and the rules."""
        extra = "".join(f'{key} = "{value}"\n' for key, value in dingtalk.items())
        (self.folder / "rules").mkdir(exist_ok=True)
        (self.folder / "rules" / "main.rules").write_text(self.rules, "utf-8")
        kept = f'[journal]\nurl = "{journal}"\n' if journal else ""
        staff = [person.staff_id for person in self.dingtalk.directory.people if person.staff_id != "u1006"]
        config = self.folder / "prx-router.toml"
        config.write_text(
            f"""[channels_config.dingtalk]
client_id     = "{CLIENT_ID}"
client_secret = "${{env:DINGTALK_CLIENT_SECRET}}"
allowed_users = {json.dumps(staff)}

[dingtalk]
api_base      = "{self.dingtalk.base_url}"
webhook_hosts = ["127.0.0.1"]
replies_per_minute = {replies}
{extra}
{kept}
[admin]
listen = "127.0.0.1:0"

[agents.helpdesk]
url       = "{self.agent.base_url}"
token     = "{self.agent.token}"
reach_for = "1s"
notice_after = ""
api_rate_limit_per_minute = {UNLIMITED.api_rate_limit_per_minute}
""",
            "utf-8",
        )
        return config

    async def run(
        self,
        *arguments: str,
        connected: bool = True,
        keep_files: bool = False,
        machine: Path | None = None,
        **dingtalk: Any,
    ) -> RouterProcess:
        """Start a router, on files that are written now or left as they are, and wait until it is connected."""
        config = self.folder / "prx-router.toml" if keep_files else self.write_files(**dingtalk)
        router = await start_router("run", "--config", config, *arguments, machine=machine)
        self.routers.append(router)
        if connected:
            await router.logged("connected")
        return router

    async def command(self, *arguments: str) -> tuple[int, str]:
        """Run a command on the configuration; its exit code, and what it said."""
        config = str(self.folder / "prx-router.toml")
        return await run_command(*arguments, "--config", config, told=self.told)

    def say(self, text: str, person: str = "u1001", group: str | None = None, **more: Any) -> str:
        """A person writes; the message id."""
        return self.dingtalk.say(Said(person, group, text=text, **more))

    async def event(self, kind: str, count: int = 1, **fields: object) -> list[Any]:
        """Wait for events of DingTalk by the name of their class and their fields."""
        return await self.events.until(lambda event: _is(event, kind, fields), count)

    async def reply_to(self, msg_id: str) -> Any:
        """Wait for the first reply that DingTalk took for a message; the line that the conversation shows."""
        (first, *_) = await self.events.until(
            lambda event: _is(event, "Wrote", {}) and event.line.in_reply_to == msg_id
        )
        return first.line

    def replies_to(self, msg_id: str) -> list[str]:
        """The texts that were shown in reply to a message so far."""
        wrote = [event for event in self.events.seen if _is(event, "Wrote", {})]
        return [event.line.text for event in wrote if event.line.in_reply_to == msg_id]

    def settle(self) -> None:
        """Everything healthy again."""
        for faults in (self.dingtalk.faults, self.agent.faults):
            for knob in faults.describe():
                name = str(knob["name"]).replace("-", "_")
                if getattr(faults, name) != knob["default"]:
                    setattr(faults, name, knob["default"])

    async def put_away(self) -> None:
        """Stop everything; nothing that was written by then may hold a secret."""
        for router in self.routers:
            await router.put_away()
        secrets = self.secrets()
        await self.dingtalk.stop()
        await self.agent.stop()
        outputs = [*(line for router in self.routers for line in router.raw), *self.told]
        leaks = [output for output in outputs for secret in secrets if secret in output]
        assert leaks == [], f"a secret was written: {leaks[:3]}"

    def secrets(self) -> set[str]:
        """Every secret that was used: of the app and the agent, tickets, access tokens, session webhooks."""
        service = self.dingtalk._service
        tickets = service.tickets._used | set(service.tickets._grants)
        tokens = {token.value for token in service.tokens._by_app.values()}
        return {SECRET, self.agent.token, *tickets, *tokens, *service.webhooks._sessions} - {""}


def _is(event: Any, kind: str, fields: Mapping[str, object]) -> bool:
    return type(event).__name__ == kind and all(getattr(event, key) == value for key, value in fields.items())


async def start_world(
    folder: Path, rules: str = RULES, answer: Callable[[TurnRequest], Awaitable[str]] = said_back
) -> World:
    """Start DingTalk and the agent."""
    dingtalk = DingTalk(Directory.demo(CLIENT_ID, SECRET), speed=SPEED)
    agent = Prx("helpdesk", settings=UNLIMITED, answer=answer)
    world = World(folder, dingtalk, agent, rules)
    await dingtalk.start()
    await agent.start()
    dingtalk.observe(world.events.add)
    agent.observe(world.turns.add)
    return world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A world of its own."""
    started = await start_world(tmp_path)
    yield started
    await started.put_away()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A world with a connected router for all tests of a module."""
    started = await start_world(tmp_path_factory.mktemp("world"))
    await started.run()
    yield started
    await started.put_away()


@pytest.fixture(scope="module")
def world_of() -> Callable[..., Awaitable[World]]:
    """Starts a world with other rules; whoever asks for it puts it away."""
    return start_world


@pytest.fixture(name="run_command")
def run_command_fixture() -> Callable[..., Awaitable[tuple[int, str]]]:
    """Runs a command; see ``run_command``."""
    return run_command


class Sandboxed:
    """Starts commands that bring their own world; put away in the end."""

    def __init__(self) -> None:
        self._started: list[RouterProcess] = []

    async def __call__(self, *arguments: str | Path) -> RouterProcess:
        """``run --sandbox``."""
        return await self._start("run", "--sandbox", "--port", "0", *arguments)

    async def simulate(self, *arguments: str) -> RouterProcess:
        """``simulate``."""
        return await self._start("simulate", *arguments)

    async def put_away(self) -> None:
        """Kill what still runs."""
        for process in self._started:
            await process.put_away()

    async def _start(self, *arguments: str | Path) -> RouterProcess:
        process = await start_cold("-m", "prx_dingtalk_router", *arguments)
        self._started.append(process)
        return process


@pytest.fixture
async def sandboxed() -> AsyncIterator[Sandboxed]:
    """Starts ``run --sandbox``, or with ``.simulate`` one side alone."""
    starter = Sandboxed()
    yield starter
    await starter.put_away()
