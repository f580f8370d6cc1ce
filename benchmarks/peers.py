"""The other side of a benchmark, each in a process of its own: DingTalk's session webhooks, and a PRX daemon."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import socket
from collections.abc import AsyncIterator, Iterator

from aiohttp import ClientSession, web

from prx_dingtalk_router.message import Message
from prx_dingtalk_router.sandbox.prx import Prx, PrxSettings

TOKEN = "bench-token"  # noqa: S105
SESSIONS = "/robot/sendBySession"
HOUR_MS = 3_600_000
_SPAWN = multiprocessing.get_context("spawn")


@contextlib.contextmanager
def chat() -> Iterator[str]:
    """Something that takes replies to session webhooks as fast as it can; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        process = _SPAWN.Process(target=_serve_chat, args=(listening,), daemon=True)
        process.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            process.kill()
            process.join()


@contextlib.asynccontextmanager
async def agent(takes: float, limit: int) -> AsyncIterator[str]:
    """A daemon; its address.

    Args:
        takes: seconds that a turn takes.
        limit: its ``api_rate_limit_per_minute``.
    """
    port = _free_port()
    process = _SPAWN.Process(target=_serve_agent, args=(port, takes, limit), daemon=True)
    process.start()
    try:
        await _answering(f"http://127.0.0.1:{port}/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.join()


def message(number: int, chat: str, now_ms: int) -> Message:
    """A message from a person of its own, in a conversation of its own."""
    return Message(
        msg_id=f"m{number}",
        robot="dingbench",
        conversation=f"cid{number}",
        group=False,
        text="hello",
        sender=f"u{number}",
        created_at_ms=now_ms,
        session_webhook=f"{chat}{SESSIONS}?session=s{number}",
        session_webhook_expires_ms=now_ms + HOUR_MS,
    )


def _serve_chat(listening: socket.socket) -> None:
    async def take(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    app = web.Application()
    app.router.add_post(SESSIONS, take)
    web.run_app(app, sock=listening, print=None, access_log=None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve_agent(port: int, takes: float, limit: int) -> None:
    async def serve() -> None:
        settings = PrxSettings(
            webhook_rate_limit_per_minute=0, api_rate_limit_per_minute=limit, paired_tokens=(TOKEN,)
        )
        prx = Prx("desk", settings=settings)
        prx.faults.turn_delay = takes
        await prx.start(port=port)
        await asyncio.Event().wait()

    asyncio.run(serve())


async def _answering(url: str) -> None:
    """Wait until somebody answers there."""
    async with ClientSession() as session, asyncio.timeout(30):
        while True:
            with contextlib.suppress(OSError):
                await session.get(url)
                return
            await asyncio.sleep(0.05)
