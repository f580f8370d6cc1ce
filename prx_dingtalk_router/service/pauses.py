"""Long work on the event loop, interrupted often enough for pings and signals."""

from __future__ import annotations

import asyncio
import time

MOST_SECONDS_AT_A_TIME = 0.003
"""For so long one piece of work may keep everybody else from the loop."""


class Pauses:
    """Says when a pause is due. Ask between two steps of the work; a step itself cannot be interrupted.

    Args:
        every: seconds of work from one pause to the next.
    """

    def __init__(self, every: float = MOST_SECONDS_AT_A_TIME) -> None:
        self._every = every
        self._due_at = time.monotonic() + every

    @property
    def due(self) -> bool:
        """Whether it has been working long enough."""
        return time.monotonic() >= self._due_at

    async def pause(self) -> None:
        """Let everybody else have a turn."""
        await asyncio.sleep(0)
        self._due_at = time.monotonic() + self._every
