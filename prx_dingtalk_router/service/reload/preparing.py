"""What a router needs before it decides, made a little at a time."""

from __future__ import annotations

import asyncio

from prx_dingtalk_router.matching import Router

MOST_SECONDS_AT_A_TIME = 0.01
"""For so long preparing may keep everybody else from the loop."""


async def prepared(router: Router) -> None:
    """Compile all of a router, with pauses in which everything else goes on."""
    loop = asyncio.get_running_loop()
    pause_at = loop.time() + MOST_SECONDS_AT_A_TIME
    for _ in router.preparing():
        if loop.time() >= pause_at:
            await asyncio.sleep(0)
            pause_at = loop.time() + MOST_SECONDS_AT_A_TIME
