"""What waits says so: a line of the log when it begins and when it ends, and a mark for status meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from prx_dingtalk_router.service.logs import log

LOOK_SECONDS = 1.0
LOOKS_BEFORE_TOLD = 2
"""What is gone with the next look is daily business."""


@dataclass(slots=True)
class Wait:
    """Something that waits: how much, the most so far, and since when (Unix milliseconds, and the monotonic clock)."""

    count: int
    most: int
    since_ms: int
    began: float
    looks: int = 1


class Waits:
    """Watches what waits.

    Args:
        counts: how much waits now, by what it waits for.

    Attributes:
        observers: each told how much waits that the log tells of, whenever that changes.
    """

    def __init__(self, counts: Callable[[], Mapping[str, int]]) -> None:
        self._counts = counts
        self._waits: dict[str, Wait] = {}
        self._told: Mapping[str, int] = {}
        self.observers: list[Callable[[Mapping[str, int]], None]] = []

    async def run(self) -> None:
        """Look every second until cancelled."""
        while True:
            self.look()
            await asyncio.sleep(LOOK_SECONDS)

    def look(self) -> None:
        """Look once."""
        for what, count in self._counts().items():
            wait = self._waits.get(what)
            if count and wait is None:
                self._waits[what] = Wait(count, count, time.time_ns() // 1_000_000, time.monotonic())
            elif count and wait is not None:
                wait.count, wait.most, wait.looks = count, max(wait.most, count), wait.looks + 1
                if wait.looks == LOOKS_BEFORE_TOLD:
                    log("warning", "wait-begins", what=what, count=count)
            elif wait is not None:
                del self._waits[what]
                if wait.looks >= LOOKS_BEFORE_TOLD:
                    seconds = round(time.monotonic() - wait.began, 1)
                    log("info", "wait-ends", what=what, most=wait.most, seconds=seconds)
        told = {what: wait.count for what, wait in self._waits.items() if wait.looks >= LOOKS_BEFORE_TOLD}
        if told != self._told:
            self._told = told
            for observer in self.observers:
                observer(told)

    def document(self) -> list[dict[str, Any]]:
        """Return what waits now, for status."""
        return [
            {"what": what, "count": wait.count, "most": wait.most, "since_ms": wait.since_ms}
            for what, wait in self._waits.items()
        ]
