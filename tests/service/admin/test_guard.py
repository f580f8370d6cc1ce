"""Who may ask: over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.service.admin.guard import MOST_AT_A_TIME, guard, is_known_host

TOKEN = "t0ken-of-the-admin"


class Server:
    """A server that says "done", or waits until it may."""

    def __init__(self, url: str, go_on: asyncio.Event) -> None:
        self.url = url
        self.go_on = go_on
        self.all_wait = asyncio.Event()

    async def status(self, path: str = "/x", method: str = "GET", **headers: str) -> int:
        """Ask; the status."""
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                method,
                self.url + path,
                headers={name.replace("_", "-"): value for name, value in headers.items()},
            ) as answer,
        ):
            assert TOKEN not in await answer.text()
            return answer.status


@pytest.fixture
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    """One that wants a token, unless told otherwise."""
    go_on = asyncio.Event()

    async def done(_: web.Request) -> web.Response:
        return web.Response(text="done")

    waiting = 0

    async def wait(_: web.Request) -> web.Response:
        nonlocal waiting
        waiting += 1
        if waiting == MOST_AT_A_TIME:
            made.all_wait.set()
        await go_on.wait()
        return web.Response(text="done")

    application = web.Application(middlewares=[guard(getattr(request, "param", TOKEN), "127.0.0.1")])
    application.add_routes(
        [web.get("/x", done), web.post("/x", done), web.get("/wait", wait), web.get("/healthz", done)]
    )
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made = Server(f"http://127.0.0.1:{runner.addresses[0][1]}", go_on)
    yield made
    await runner.cleanup()


async def test_the_token_is_wanted_but_for_health(server: Server) -> None:
    """Whoever has it is answered; supervisors need none."""
    assert await server.status() == 401
    assert await server.status(Authorization=f"Bearer {TOKEN}x") == 401
    assert await server.status(Authorization=TOKEN) == 401
    assert await server.status(Authorization="Bearer é") == 401
    assert await server.status(Authorization=f"bearer {TOKEN}") == 200
    assert await server.status("/healthz") == 200


@pytest.mark.parametrize("server", [""], indirect=True)
async def test_pages_of_other_sites_are_refused(server: Server) -> None:
    """A name that somebody points here, and what a browser sends for another page; programs send neither."""
    assert await server.status(method="POST") == 200
    assert await server.status(Host="evil.example") == 403
    assert await server.status(method="POST", Origin="http://evil.example") == 403
    assert await server.status(method="POST", Origin="null") == 403
    assert await server.status(Sec_Fetch_Site="cross-site") == 403
    assert await server.status(method="POST", Origin=server.url) == 200
    assert await server.status("/nothing") == 404
    assert await server.status(method="PUT") == 405


async def test_too_many_at_a_time_are_turned_away(server: Server) -> None:
    """What waits keeps nobody from being told so."""
    key = {"Authorization": f"Bearer {TOKEN}"}
    waiting = [asyncio.create_task(server.status("/wait", **key)) for _ in range(MOST_AT_A_TIME)]
    async with asyncio.timeout(20):
        await server.all_wait.wait()
        assert await server.status(**key) == 503
        server.go_on.set()
        assert set(await asyncio.gather(*waiting)) == {200}


@given(st.text(max_size=30))
def test_any_host_is_judged(host: str) -> None:
    """Nonsense is no known host, and nothing raises."""
    assert is_known_host(host, "box") in (True, False)


def test_known_hosts() -> None:
    """Loopback, addresses, and the name that is listened on."""
    assert all(
        is_known_host(each, "box") for each in ("localhost:1", "127.0.0.1", "[::1]:8", "10.0.0.1:1", "BOX:2")
    )
    assert not any(
        is_known_host(each, "box")
        for each in ("evil.example", "localhost.evil", "a@localhost", "", "[", "x:y")
    )
