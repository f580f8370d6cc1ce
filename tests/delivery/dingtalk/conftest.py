"""DingTalk's API: the sandbox's, and a peer that answers as it is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from prx_dingtalk_router.delivery.dingtalk import AccessToken, OpenApi
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory

APP = ("dingsandbox0001", "a-client-secret-of-the-sandbox")
Given = tuple[int, Any]
"""An answer: status, and what the body holds: JSON, or text as it is."""


@dataclass
class ApiPeer:
    """An API host. ``answers`` are given to calls in turn, then an empty object; ``tokens`` likewise, then fresh tokens."""

    base: str = ""
    answers: list[Given | None] = field(default_factory=list)
    tokens: list[Given] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Token and body of each call."""
    paths: list[str] = field(default_factory=list)
    """Path of each call."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    """Body of each request for a token."""
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """While it is not set, calls wait for their answers."""

    async def token(self, request: web.Request) -> web.Response:
        """Give a token."""
        self.asked.append(json.loads(await request.read()))
        given = (
            self.tokens.pop(0)
            if self.tokens
            else (200, {"accessToken": f"token{len(self.asked)}", "expireIn": 7200})
        )
        return _response(given)

    async def take(self, request: web.Request) -> web.Response:
        """Answer a call; with None the connection is cut."""
        body = json.loads(await request.read())
        self.paths.append(request.path)
        self.calls.append((request.headers.get("x-acs-dingtalk-access-token", ""), body))
        await self.open.wait()
        given = self.answers.pop(0) if self.answers else (200, {})
        if given is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return _response(given)


def _response(given: Given) -> web.Response:
    status, body = given
    if isinstance(body, str):
        return web.Response(status=status, text=body, content_type="text/html")
    return web.json_response(body, status=status)


@pytest.fixture
async def peer() -> AsyncIterator[ApiPeer]:
    """An API host that answers as it is told."""
    peer = ApiPeer()
    peer.open.set()
    app = web.Application()
    app.router.add_post("/v1.0/oauth2/accessToken", peer.token)
    app.router.add_post("/{path:.*}", peer.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    peer.base = f"http://{host}:{port}"
    yield peer
    await runner.cleanup()


@pytest.fixture
def token(http, peer, hand_clock) -> AccessToken:
    """The token of an app of the peer."""
    return AccessToken(http, peer.base, "dingapp", " a-client-secret ", clock=hand_clock)


@pytest.fixture
def open_api(http, peer, token, hand_clock) -> OpenApi:
    """The API of the peer."""
    return OpenApi(http, peer.base, token, secrets=["a-client-secret"], clock=hand_clock)


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    """The sandbox's DingTalk with its demo company."""
    service = DingTalk(Directory.demo(*APP))
    await service.start()
    yield service
    await service.stop()


@pytest.fixture
def sandbox_api(http, dingtalk) -> OpenApi:
    """The API of the sandbox."""
    return OpenApi(http, dingtalk.base_url, AccessToken(http, dingtalk.base_url, *APP), secrets=[APP[1]])
