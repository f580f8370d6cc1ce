"""The echo bot of the examples, run as it is."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from prx_dingtalk_router import stream

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
            async with asyncio.timeout(50):
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
            async with asyncio.timeout(30):
                assert await replies.get() == ("a+1", {"msgtype": "text", "text": {"content": "你好"}})
            assert (await socket.answer_to("m-2"))["code"] == 200
            bot.send_signal(signal.SIGINT)
            async with asyncio.timeout(30):
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


WHAT_IS_LOADED = """
import json, sys
import prx_dingtalk_router.stream as stream
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules} | {
    name for name in sys.modules if name.startswith("prx_dingtalk_router.")
})))
"""


def test_the_core_is_imported_without_the_router() -> None:
    """Another bot gets the Stream core and what it stands on: no HTTP client before it connects, no rules, no sentences."""
    done = subprocess.run(
        [sys.executable, "-c", WHAT_IS_LOADED], capture_output=True, timeout=40, check=True, text=True
    )
    loaded = set(json.loads(done.stdout))
    assert not {"httpx", "aiohttp", "pydantic", "lark", "jinja2", "structlog", "click"} & loaded
    ours = {name.split(".")[1] for name in loaded if name.startswith("prx_dingtalk_router.")}
    assert ours == {"stream", "net", "errors", "catalogue", "lazy", "loopback"}
    assert "prx_dingtalk_router.catalogue.messages" not in loaded


def test_what_a_bot_may_have_to_catch_is_exported() -> None:
    """The errors are those of the package, and all that the core raises on purpose is one of them."""
    for name in ("RegistrationError", "CredentialsRefused", "LocalStreamError"):
        assert issubclass(getattr(stream, name), stream.StreamError)
    assert issubclass(stream.StreamError, stream.RouterError)
    with pytest.raises(stream.RouterError):
        stream.StreamClient(stream.StreamOptions("id", "secret", api_base="http://example.com"))
