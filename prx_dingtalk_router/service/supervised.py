"""Tasks beside the routing: when one fails the router goes on, and says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from prx_dingtalk_router.service.logs import log_defect

AGAIN_SECONDS = 5.0


@asynccontextmanager
async def supervised(name: str, work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Do something beside the block until it ends; begun again after a defect, which is logged.

    Args:
        name: of the task.
        work: what it does, over and over only where it fails.
    """
    task = asyncio.create_task(_again_and_again(name, work), name=name)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _again_and_again(name: str, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception as defect:
            log_defect("companion-failed", defect, task=name)
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            return
