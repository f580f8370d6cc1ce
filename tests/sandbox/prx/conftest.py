"""A simulated daemon on a real socket and a client that speaks to it as the router would."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from prx_dingtalk_router.sandbox.prx import (
    Answer,
    Prx,
    PrxFaults,
    PrxSettings,
    TurnEnded,
    TurnRequest,
    TurnStarted,
)

TARGET = "dingtalk:ding1abc:user:manager7"


class Gate:
    """An answer that waits until the test lets it go on."""

    def __init__(self) -> None:
        self._open = asyncio.Event()

    async def __call__(self, request: TurnRequest) -> str:
        """Answer once the gate is open."""
        await self._open.wait()
        return f"after the gate: {request.message}"

    def open(self) -> None:
        """Let all answers go."""
        self._open.set()


@dataclass
class Daemon:
    """A running daemon, a client for it, and what it reported."""

    prx: Prx
    http: httpx.AsyncClient
    gate: Gate
    events: list[Any]
    _news: asyncio.Event

    @property
    def auth(self) -> dict[str, str]:
        """The header that carries the token."""
        return {"Authorization": f"Bearer {self.prx.token}"} if self.prx.token else {}

    async def ask(
        self,
        message: str = "你好",
        *,
        target: str | None = TARGET,
        key: str | None = None,
        mode: str | None = None,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """`POST /webhook` with the bearer token."""
        if body is None:
            payload = {"message": message} | ({} if target is None else {"reply_target": target})
            body = json.dumps(payload, ensure_ascii=False).encode()
        sent = self.auth | ({} if key is None else {"X-Idempotency-Key": key}) | (headers or {})
        return await self.http.post(
            "/webhook", params={} if mode is None else {"mode": mode}, content=body, headers=sent
        )

    async def accepted(self, message: str = "你好", **more: Any) -> str:
        """Ask in async mode and return the job id."""
        response = await self.ask(message, mode="async", **more)
        assert response.status_code == 202, response.text
        return str(response.json()["job_id"])

    async def job(self, job_id: str) -> dict[str, Any]:
        """The snapshot of a job."""
        response = await self.http.get(f"/api/jobs/{job_id}", headers=self.auth)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def until(self, kind: type, count: int = 1) -> Any:
        """Wait until ``count`` events of ``kind`` were reported; the last of them."""
        while len(seen := [event for event in self.events if isinstance(event, kind)]) < count:
            self._news.clear()
            await self._news.wait()
        return seen[count - 1]

    async def started(self, count: int = 1) -> Any:
        """Wait until ``count`` turns began."""
        return await self.until(TurnStarted, count)

    async def ended(self, count: int = 1) -> Any:
        """Wait until ``count`` turns ended, which is when their jobs are settled."""
        return await self.until(TurnEnded, count)

    async def get(self, path: str, **more: Any) -> httpx.Response:
        """`GET` with the token."""
        return await self.http.get(path, headers=self.auth, **more)

    async def post(self, path: str, **more: Any) -> httpx.Response:
        """`POST` with the token."""
        return await self.http.post(path, headers=self.auth, **more)


Launch = Callable[..., Awaitable[Daemon]]


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    """One context for all clients: none of them speaks TLS, and making one takes longer than most tests."""
    return ssl.create_default_context()


@pytest.fixture
async def launch(tls: ssl.SSLContext) -> AsyncIterator[Launch]:
    """Start a daemon; keyword arguments are settings, ``faults`` its knobs, ``gated`` holds its answers back."""
    async with AsyncExitStack() as stack:

        async def start(
            agent: str = "helpdesk",
            *,
            faults: PrxFaults | None = None,
            answer: Answer | None = None,
            gated: bool = False,
            **settings: Any,
        ) -> Daemon:
            gate, events, news = Gate(), list[Any](), asyncio.Event()
            prx = Prx(
                agent, settings=PrxSettings(**settings), faults=faults, answer=gate if gated else answer
            )

            def note(event: object) -> None:
                events.append(event)
                news.set()

            prx.observe(note)
            await prx.start()
            stack.push_async_callback(prx.stop)
            http = await stack.enter_async_context(
                httpx.AsyncClient(base_url=prx.base_url, timeout=10, verify=tls)
            )
            return Daemon(prx, http, gate, events, news)

        yield start
