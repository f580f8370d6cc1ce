"""How many callbacks a second the router acknowledges that end in a drop, beside DingTalk's own SDK on the same gateway.

The router is the whole program: 10 rules, logs on, decisions in a SQLite journal with ``synchronous=FULL`` before anything is
acknowledged. The SDK alone reads a message and answers; it keeps nothing. Both are processes of their own and take turns; the
gateway is a third process that writes a burst and counts answers. While all of a burst waits it sends pings. Run it with
``make bench``, or with the number of runs. Machines are noisy: compare the lines with each other, not with other machines.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

RUNS = 5
BURSTS = 3
BURST = 6_000
WARM_UP = 1_000
PING_EVERY = 0.02
PATIENCE = 60.0
CLIENT_ID = "dingbench"
TOPIC = "/v1.0/im/bot/messages/get"
SPAWN = multiprocessing.get_context("spawn")

RULES = """
rule vpn when text contains "VPN" or text contains "专线" then reply "稍等"
rule mail when text contains "邮箱" and not group then reply "稍等"
rule leave when text matches /请假\\s*(\\d+)\\s*天/ then reply "好的"
rule print when text contains "打印机" then reply "稍等"
rule boss when sender is "u0001" and text contains "报表" then reply "马上"
rule room when conversation.title contains "会议室" then reply "好的"
rule door when text in ["开门", "关门"] then reply "好的"
rule wifi when text contains "无线" or text contains "wifi" then reply "稍等"
rule hello when text starts with "你好" then reply "你好"
rule noise when text contains "收到" then drop "noise"
otherwise drop "other"
"""
CONFIGURATION = """
[channels_config.dingtalk]
client_id = "dingbench"
client_secret = "bench-secret"
allowed_users = ["*"]
[dingtalk]
api_base = "{api_base}"
[rules]
path = "main.rules"
[log]
format = "json"
"""
SDK_BOT = """
import dingtalk_stream
from dingtalk_stream import AckMessage, ChatbotMessage

class Bot(dingtalk_stream.ChatbotHandler):
    async def process(self, callback):
        message = ChatbotMessage.from_dict(callback.data)
        assert message.text.content
        return AckMessage.STATUS_OK, "OK"

client = dingtalk_stream.DingTalkStreamClient(dingtalk_stream.Credential("dingbench", "bench-secret"))
client.register_callback_handler(ChatbotMessage.TOPIC, Bot())
client.start_forever()
"""


@dataclass(frozen=True)
class Burst:
    """What the gateway saw of one burst: seconds from its first frame to its last answer, and those of each ping."""

    seconds: float
    pings: tuple[float, ...]


@dataclass(frozen=True)
class Run:
    """One run of one client.

    Attributes:
        rate: answers a second, the median of its bursts.
        cpu: seconds of processor time a frame, all threads together.
        ping: the longest wait of a ping, in seconds.
        holds: the longest time in which the event loop did one thing, and the longest in processor time, in seconds; where
            they were watched.
    """

    rate: float
    cpu: float
    ping: float
    holds: tuple[float, ...] = ()


def frame(number: int) -> str:
    """A text message of a group, as it comes over the wire."""
    data = {
        "conversationId": f"cidBench{number % 200}==",
        "atUsers": [{"dingtalkId": "$:LWCP_v1:$bot"}],
        "chatbotCorpId": "dingcorp01",
        "chatbotUserId": "$:LWCP_v1:$bot",
        "msgId": f"msg{number:08x}{os.getpid()}==",
        "senderNick": "林小雨",
        "isAdmin": False,
        "senderStaffId": f"u{number % 500:04d}",
        "sessionWebhookExpiredTime": 1_788_205_400_100,
        "createAt": 1_788_200_000_000 + number,
        "senderCorpId": "dingcorp01",
        "conversationType": "2",
        "senderId": f"$:LWCP_v1:$u{number % 500}",
        "conversationTitle": "IT 服务台",
        "isInAtList": True,
        "sessionWebhook": f"https://oapi.dingtalk.com/robot/sendBySession?session={number:032x}",
        "text": {"content": f" 收到，{number} 号工单我来处理"},
        "robotCode": CLIENT_ID,
        "msgtype": "text",
    }
    headers = {
        "topic": TOPIC,
        "messageId": f"h{number}",
        "contentType": "application/json",
        "time": "1788200002000",
        "appId": "a1b2",
        "connectionId": "0f3c1d2e",
    }
    return json.dumps(
        {
            "specVersion": "1.0",
            "type": "CALLBACK",
            "headers": headers,
            "data": json.dumps(data, ensure_ascii=False),
        },
        ensure_ascii=False,
    )


class Gateway:
    """Gives a connection to whoever asks, and pushes bursts to the last one."""

    def __init__(self) -> None:
        self.connected = asyncio.Event()
        self._socket: web.WebSocketResponse | None = None
        self._base = ""
        self._left = 0
        self._done = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._pinged: dict[str, float] = {}
        self._pings: list[float] = []
        self._number = 0

    async def start(self) -> str:
        """Listen; the address."""
        app = web.Application()
        app.add_routes(
            [web.post("/v1.0/gateway/connections/open", self._open), web.get("/connect", self._connect)]
        )
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self._base = f"127.0.0.1:{runner.addresses[0][1]}"
        return f"http://{self._base}"

    async def burst(self, count: int) -> Burst:
        """Push ``count`` callbacks as fast as they are taken; then pings until the last one is answered."""
        assert self._socket is not None
        frames = [frame(self._number + each) for each in range(count)]
        self._number += count
        self._left, self._pings = count, []
        self._done.clear()
        began = time.perf_counter()
        for each in frames:
            await self._socket.send_str(each)
        pinging = asyncio.create_task(self._ping())
        async with asyncio.timeout(PATIENCE):
            await self._done.wait()
        ended = time.perf_counter()
        pinging.cancel()
        async with asyncio.timeout(PATIENCE):
            await self._quiet.wait()
        return Burst(ended - began, tuple(self._pings))

    async def _ping(self) -> None:
        assert self._socket is not None
        number = 0
        while True:
            number += 1
            headers = {
                "topic": "ping",
                "messageId": f"p{self._number}.{number}",
                "contentType": "application/json",
            }
            data = json.dumps({"opaque": f"{number}"})
            self._pinged[headers["messageId"]] = time.perf_counter()
            self._quiet.clear()
            await self._socket.send_str(json.dumps({"type": "SYSTEM", "headers": headers, "data": data}))
            await asyncio.sleep(PING_EVERY)

    async def _open(self, _: web.Request) -> web.Response:
        return web.json_response({"endpoint": f"ws://{self._base}/connect", "ticket": "0f3c1d2e"})

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        self._socket = socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        self.connected.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._answered(message.data)
        self.connected.clear()
        return socket

    def _answered(self, text: str) -> None:
        answer = json.loads(text)
        message_id = answer["headers"]["messageId"]
        asked = self._pinged.pop(message_id, None)
        if asked is not None:
            self._pings.append(time.perf_counter() - asked)
            if not self._pinged:
                self._quiet.set()
        elif answer["code"] == 200:
            self._left -= 1
            if self._left == 0:
                self._done.set()


def serve(pipe: Connection) -> None:
    """The gateway as a process: says its address, then answers ``connected`` and numbers of callbacks to push."""

    async def run() -> None:
        gateway = Gateway()
        pipe.send(await gateway.start())
        while (command := await asyncio.to_thread(pipe.recv)) is not None:
            if command == "connected":
                async with asyncio.timeout(PATIENCE):
                    await gateway.connected.wait()
                pipe.send(True)
            else:
                pipe.send(await gateway.burst(command))

    asyncio.run(run())


def route(configuration: str, result: str) -> None:
    """The router with a watch on its loop, asyncio's own: the longest hold since the last SIGUSR1 is written down at the end.

    Beside it the longest in processor time, as on a busy machine others take the time that a hold is seen to last.
    """
    from prx_dingtalk_router.cli.main import main as command

    longest = at_work = 0.0
    run = asyncio.events.Handle._run  # noqa: SLF001

    def timed(handle: Any) -> None:
        nonlocal longest, at_work
        began, worked = time.perf_counter(), time.thread_time()
        run(handle)
        longest = max(longest, time.perf_counter() - began)
        at_work = max(at_work, time.thread_time() - worked)

    def begin(*_: Any) -> None:
        nonlocal longest, at_work
        longest = at_work = 0.0

    sys.modules["uvloop"] = None  # type: ignore[assignment] - its loop cannot be looked into
    asyncio.events.Handle._run = timed  # type: ignore[method-assign]  # noqa: SLF001
    signal.signal(signal.SIGUSR1, begin)
    sys.argv = ["prx-router", "run", "--config", configuration]
    try:
        command()
    finally:
        Path(result).write_text(f"{longest} {at_work}", "utf-8")


def spent(pid: int) -> float:
    """Seconds of processor time of all threads of a process so far."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


class Measuring:
    """Runs clients against one gateway."""

    def __init__(self, pipe: Connection, api_base: str) -> None:
        self._pipe = pipe
        self._api_base = api_base

    async def sdk(self) -> Run:
        """Run the official SDK alone."""
        return await self._run("-c", SDK_BOT)

    async def router(self, *, watched: bool = False) -> Run:
        """Run the router, watched or as it is."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "main.rules").write_text(RULES, "utf-8")
            configuration, held = folder / "prx-router.toml", folder / "held"
            configuration.write_text(CONFIGURATION.format(api_base=self._api_base), "utf-8")
            if not watched:
                command = ("-m", "prx_dingtalk_router", "run", "--config", str(configuration))
                return await self._run(*command, folder=folder)
            run = await self._run(
                __file__, "route", str(configuration), str(held), folder=folder, watched=True
            )
            return Run(run.rate, run.cpu, run.ping, tuple(map(float, held.read_text("utf-8").split())))

    async def _run(self, *command: str, folder: Path | None = None, watched: bool = False) -> Run:
        environment = {**os.environ, "DINGTALK_OPENAPI_ENDPOINT": self._api_base, "NO_PROXY": "127.0.0.1"}
        with tempfile.TemporaryFile() as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *command, cwd=folder, env=environment, stdout=log, stderr=log
            )
            try:
                await self._ask("connected")
                await self._ask(WARM_UP)
                if watched:
                    process.send_signal(signal.SIGUSR1)
                before = spent(process.pid)
                bursts: list[Burst] = [await self._ask(BURST) for _ in range(BURSTS)]
                cpu = (spent(process.pid) - before) / BURST / BURSTS
            finally:
                process.send_signal(signal.SIGTERM if folder else signal.SIGKILL)
                await process.wait()
        rate = statistics.median(BURST / burst.seconds for burst in bursts)
        return Run(rate, cpu, max(ping for burst in bursts for ping in burst.pings))

    async def _ask(self, command: object) -> Any:
        self._pipe.send(command)
        return await asyncio.to_thread(self._pipe.recv)


async def measure(runs: int, pipe: Connection, api_base: str) -> None:
    """Print the table."""
    measuring = Measuring(pipe, api_base)
    pairs = [(await measuring.sdk(), await measuring.router()) for _ in range(runs)]
    held = [(await measuring.router(watched=True)).holds for _ in range(max(1, runs // 2))]
    print(
        f"{BURST} callbacks at once that end in a drop; 10 rules; medians of {runs} runs of {BURSTS} bursts each"
    )
    for name, mine in (("SDK alone", [pair[0] for pair in pairs]), ("router", [pair[1] for pair in pairs])):
        rate, cpu = statistics.median(run.rate for run in mine), statistics.median(run.cpu for run in mine)
        ping = statistics.median(run.ping for run in mine)
        print(
            f"{name:<10} {rate:>6.0f} answers/s   {1e6 * cpu:>4.0f} µs CPU a frame   slowest ping {1e3 * ping:>5.0f} ms"
        )
    ratios = sorted(ours.rate / theirs.rate for theirs, ours in pairs)
    print(f"router / SDK: {statistics.median(ratios):.2f} (from {ratios[0]:.2f} to {ratios[-1]:.2f})")
    longest, at_work = (1e3 * max(each) for each in zip(*held, strict=True))
    print(f"longest hold of the router's loop: {longest:.0f} ms, {at_work:.0f} ms at work")


def main(arguments: list[str]) -> None:
    """Measure, or be one of the processes that are measured."""
    if arguments[:1] == ["route"]:
        route(*arguments[1:])
        return
    pipe, other = SPAWN.Pipe()
    gateway = SPAWN.Process(target=serve, args=(other,), daemon=True)
    gateway.start()
    try:
        asyncio.run(measure(int(arguments[0]) if arguments else RUNS, pipe, pipe.recv()))
    finally:
        gateway.kill()


if __name__ == "__main__":
    main(sys.argv[1:])
