"""The log stream, which is silent."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest


async def test_log_stream_upgrades_for_token_holders_only(launch: Any) -> None:
    """The stream opens with a token, takes pings, says nothing by itself, and is 401 without."""
    daemon = await launch()
    url = f"{daemon.prx.base_url}/api/logs"
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(url)
        assert refused.value.status == 401
        async with session.ws_connect(url, headers=daemon.auth) as socket:
            await socket.ping(b"still there")
    assert (await daemon.get("/api/logs")).status_code == 400


async def test_at_most_64_listeners(launch: Any) -> None:
    """The 65th listener is refused with 503."""
    daemon = await launch(api_rate_limit_per_minute=0)
    async with aiohttp.ClientSession() as session:
        sockets = [
            await session.ws_connect(f"{daemon.prx.base_url}/api/logs/stream", headers=daemon.auth)
            for _ in range(64)
        ]
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{daemon.prx.base_url}/api/logs", headers=daemon.auth)
        assert refused.value.status == 503
        for socket in sockets:
            await socket.close()
