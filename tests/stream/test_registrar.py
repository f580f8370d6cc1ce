"""Asking for a connection over HTTP: whatever goes wrong is a refusal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.stream import StreamOptions
from prx_dingtalk_router.stream.protocol.registration import Refusal, RefusalKind, Registration
from prx_dingtalk_router.stream.registrar import Registrar


@pytest.fixture
async def registrar(gateway: Any, frames: Any) -> AsyncIterator[Callable[..., Registrar]]:
    """Makes registrars of the gateway that are closed in the end."""
    made: list[Registrar] = []

    def make(base: str = gateway.base, **times: float) -> Registrar:
        made.append(
            Registrar(StreamOptions("id", "secret", api_base=base, timing=replace(frames.fast, **times)))
        )
        return made[-1]

    yield make
    for one in made:
        await one.aclose()


async def test_a_registration_is_returned(registrar: Any, gateway: Any) -> None:
    """The gateway's endpoint and ticket come back; a slash at the end of the base does not matter."""
    assert await registrar(gateway.base + "/").register() == Registration(
        gateway.base.replace("http", "ws") + "/connect", "ticket-1"
    )


async def test_a_hanging_gateway_is_a_timeout(registrar: Any, gateway: Any) -> None:
    """The whole exchange is bounded."""
    release = asyncio.Event()

    async def hang(_: Any) -> web.Response:
        await release.wait()
        return web.Response()

    gateway.script.append(hang)
    refusal = await registrar(registration=0.05).register()
    release.set()
    assert isinstance(refusal, Refusal)
    assert refusal.kind is RefusalKind.TIMEOUT


async def test_a_gateway_that_is_not_there_is_unreachable(registrar: Any) -> None:
    """A refused connection is told with its reason."""
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()
    await server.wait_closed()
    refusal = await registrar(base).register()
    assert isinstance(refusal, Refusal)
    assert refusal.kind is RefusalKind.UNREACHABLE
    assert "Cannot connect to host" in refusal.text.render("en")


async def test_an_endless_answer_is_cut(registrar: Any, gateway: Any) -> None:
    """A proxy's megabytes are not read into memory."""
    gateway.script.append(lambda _: web.Response(body=b"x" * 1_000_000))
    refusal = await registrar().register()
    assert isinstance(refusal, Refusal)
    assert refusal.kind is RefusalKind.NOT_JSON


async def test_a_redirect_is_not_followed(registrar: Any, gateway: Any) -> None:
    """The secret goes to no other address."""
    gateway.script.append(lambda _: web.Response(status=307, headers={"location": gateway.base + "/else"}))
    refusal = await registrar().register()
    assert isinstance(refusal, Refusal)
    assert len(gateway.registrations) == 1


@pytest.mark.parametrize("base", ["http://api.dingtalk.com", "api.dingtalk.com", ""])
def test_an_unusable_base_is_refused(base: str) -> None:
    """A base that is neither https nor loopback is an error at once."""
    with pytest.raises(RouterError):
        Registrar(StreamOptions("id", "secret", api_base=base))
