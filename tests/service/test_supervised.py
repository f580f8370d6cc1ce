"""Tasks beside the routing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.service import supervised as module
from prx_dingtalk_router.service.supervised import supervised


async def test_a_task_that_fails_is_begun_again(
    logged: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The router goes on, the log has the defect, and the task is cancelled with the block."""
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.0)
    tries, running, ended = [], asyncio.Event(), asyncio.Event()

    async def work() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("a defect")
        running.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with supervised("watching", work):
        await asyncio.wait_for(running.wait(), 20)
    assert ended.is_set()
    (line,) = [each for each in logged() if each["event"] == "companion-failed"]
    assert line["task"] == "watching"
    assert "a defect" in line["exception"]
