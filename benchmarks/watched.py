"""The sandbox's DingTalk in this process, and how long each callback waits for its answer."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any

import routers

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory


@contextlib.asynccontextmanager
async def dingtalk() -> AsyncIterator[tuple[DingTalk, list[float]]]:
    """DingTalk, and seconds from each push to its answer, as they come."""
    pushed: dict[str, float] = {}
    waits: list[float] = []

    def observe(event: Any) -> None:
        match type(event).__name__:
            case "Pushed":
                pushed.setdefault(event.msg_id, time.perf_counter())
            case "Acked" if event.msg_id in pushed:
                waits.append(time.perf_counter() - pushed.pop(event.msg_id))

    service = DingTalk(Directory.demo(routers.CLIENT_ID, routers.SECRET))
    service.faults.webhook_rate = 0
    await service.start()
    service.observe(observe)
    try:
        yield service, waits
    finally:
        await service.stop()


async def acknowledged(waits: list[float], count: int) -> None:
    """Wait until so many callbacks were answered."""
    async with asyncio.timeout(120):
        while len(waits) < count:  # noqa: ASYNC110 - observers have no event for it
            await asyncio.sleep(0.01)
