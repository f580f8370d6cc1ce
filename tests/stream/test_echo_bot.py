"""The echo bot of the examples, run as it is."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

BOT = Path(__file__).parents[2] / "examples" / "echo_bot" / "bot.py"


async def _start(**environment: str) -> asyncio.subprocess.Process:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DINGTALK_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        str(BOT),
        env=inherited | {"PYTHONPATH": str(BOT.parents[2])} | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_the_bot_says_back_what_it_hears(gateway: Any, frames: Any) -> None:
    """A text is acknowledged and said back through its webhook; an interrupt closes the socket with 1000."""
    replies: asyncio.Queue[Any] = asyncio.Queue()

    async def webhook(request: web.Request) -> web.Response:
        replies.put_nowait((request.query["session"], await request.json()))
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    app = web.Application()
    app.router.add_post("/robot/sendBySession", webhook)
    async with TestServer(app) as server:
        bot = await _start(
            DINGTALK_CLIENT_ID="ding-test",
            DINGTALK_CLIENT_SECRET="s3cr3t-value",
            DINGTALK_API_BASE=gateway.base,
            WEBHOOK_HOSTS=f"127.0.0.1:{server.port}",
        )
        try:
            async with asyncio.timeout(30):
                await gateway.asked.wait()
            socket = await gateway.next_socket()
            url = str(server.make_url("/robot/sendBySession"))
            await socket.push(
                frames.callback("m-0", {"text": "odd", "sessionWebhook": url}),
                frames.callback(
                    "m-1", {"text": {"content": "hello"}, "sessionWebhook": "https://evil.example/"}
                ),
                frames.callback(
                    "m-2", {"text": {"content": " 你好"}, "sessionWebhook": f"{url}?session=a%2B1"}
                ),
            )
            async with asyncio.timeout(10):
                assert await replies.get() == ("a+1", {"msgtype": "text", "text": {"content": "你好"}})
            assert (await socket.answer_to("m-2"))["code"] == 200
            bot.send_signal(signal.SIGINT)
            async with asyncio.timeout(10):
                await socket.closed.wait()
                _, errors = await bot.communicate()
            assert socket.close_code == 1000
            assert (bot.returncode, errors.decode()) == (0, "")
            assert json.dumps(gateway.registrations).count("s3cr3t-value") == 1
        finally:
            if bot.returncode is None:
                bot.kill()
                await bot.communicate()


async def test_the_bot_says_what_it_lacks() -> None:
    """Without credentials there is a sentence and no traceback."""
    bot = await _start()
    async with asyncio.timeout(30):
        _, errors = await bot.communicate()
    assert errors.decode().strip() == "set DINGTALK_CLIENT_ID"
    assert bot.returncode == 1
