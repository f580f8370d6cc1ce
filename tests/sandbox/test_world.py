"""The whole sandbox: what starts together and stops together."""

from __future__ import annotations

import socket

import aiohttp
import pytest

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.prx import PrxSettings, TurnRequest
from prx_dingtalk_router.sandbox.world import Sandbox


async def answer(request: TurnRequest) -> str:
    """What the agent of this test says."""
    return f"heard {request.message}"


async def test_all_parts_listen_and_all_stop() -> None:
    """DingTalk, each agent and the page answer on loopback after the start, and none of them after the stop."""
    world = Sandbox()
    await world.start(
        client_id="ding1",
        client_secret="s",
        agents=["helpdesk", "客服"],
        answers={"客服": answer},
        prx=PrxSettings(require_pairing=False),
    )
    app = world.dingtalk.directory.app("ding1")
    assert app is not None
    assert app.client_secret == "s"
    assert list(world.agents) == ["helpdesk", "客服"]
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(connector=connector) as http:
        async with http.get(world.page.url) as page:
            assert "text/html" in page.headers["Content-Type"]
        agent = world.agents["客服"]
        async with http.post(f"{agent.base_url}/webhook", json={"message": "hi"}) as said:
            assert (await said.json())["response"] == "heard hi"
        urls = [world.page.url, world.dingtalk.base_url, *(each.base_url for each in world.agents.values())]
        await world.stop()
        await world.stop()
        for url in urls:
            with pytest.raises(aiohttp.ClientConnectionError):
                await http.get(url)


async def test_a_taken_page_port_stops_what_had_started() -> None:
    """When the last part cannot start, the error names the port and nothing keeps running."""
    world = Sandbox()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SandboxError, match=str(port)):
            await world.start(client_id="ding1", client_secret="s", agents=["a"], page_port=port)
    async with aiohttp.ClientSession() as http:
        for url in (world.dingtalk.base_url, world.agents["a"].base_url):
            with pytest.raises(aiohttp.ClientConnectionError):
                await http.get(url)


async def test_an_agent_is_named_once() -> None:
    """Two agents of one name are an error before anything starts."""
    with pytest.raises(SandboxError, match="helpdesk"):
        await Sandbox().start(client_id="d", client_secret="s", agents=["helpdesk", "a", "helpdesk"])


async def test_a_sandbox_starts_once() -> None:
    """A second start while it runs is an error that leaves the first one running."""
    world = Sandbox()
    await world.start(client_id="d", client_secret="s", agents=[])
    with pytest.raises(SandboxError):
        await world.start(client_id="d", client_secret="s", agents=[])
    async with aiohttp.ClientSession() as http, http.get(world.page.url) as page:
        assert page.status == 200
    await world.stop()
