"""Waiting for whichever of several things comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


async def wait_for_any(*things: Coroutine[Any, Any, object]) -> None:
    """Wait until one of them is over; the others are cancelled, and so are all if whoever waits is.

    Raises:
        Exception: what the first one raised.
    """
    tasks = [asyncio.ensure_future(each) for each in things]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
