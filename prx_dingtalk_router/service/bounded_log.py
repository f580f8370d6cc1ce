"""An event that thousands of messages can have at once is logged a line each only so often; the others are counted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.service.log_lines import Level
from prx_dingtalk_router.service.logs import log

MOST_LINES = 20
WINDOW_SECONDS = 60.0


@dataclass(slots=True)
class _LeftOut:
    last: Text | None
    count: int = 0


class BoundedLog:
    """Logs an event: a line each for the first of a minute, and at its end one for each reason of the others.

    Args:
        event: of ``log``.
        more: the event that tells how many more there were.
        level: of ``log``.
        about: the field that holds why.
        most: lines a minute.
        now: the monotonic clock.
    """

    def __init__(
        self,
        event: str,
        more: str,
        level: Level = "error",
        *,
        about: str = "reason",
        most: int = MOST_LINES,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._event = event
        self._more = more
        self._level: Level = level
        self._about = about
        self._most = most
        self._now = now
        self._began = -WINDOW_SECONDS
        self._lines = 0
        self._left_out: dict[str, _LeftOut] = {}
        self._timer: asyncio.TimerHandle | None = None

    def log(self, why: Text | None, *, remedy: Text | None = None, **fields: object) -> None:
        """Log the event, or count it.

        Args:
            why: the field ``about``, empty without one; what is left out is counted by its key.
            remedy: of ``log``.
            **fields: of ``log``.
        """
        now = self._now()
        if now - self._began >= WINDOW_SECONDS:
            self.tell()
            self._began, self._lines = now, 0
        if self._lines < self._most:
            self._lines += 1
            log(self._level, self._event, remedy=remedy, **{self._about: why or ""}, **fields)
            return
        left_out = self._left_out.setdefault(why.key if why else "", _LeftOut(why))
        left_out.last = why
        left_out.count += 1
        if self._timer is None:
            self._timer = _call_later(self._began + WINDOW_SECONDS - now, self.tell)

    def tell(self) -> None:
        """Log what was left out so far; called by itself at the end of a minute, and by whoever ends the process."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        left_out, self._left_out = self._left_out, {}
        for each in left_out.values():
            why: dict[str, object] = {self._about: each.last or ""}
            log(self._level, self._more, remedy=None, count=each.count, **why)


def _call_later(seconds: float, call: Callable[[], None]) -> asyncio.TimerHandle | None:
    try:
        return asyncio.get_running_loop().call_later(max(0.0, seconds), call)
    except RuntimeError:
        return None  # without a loop what was left out is told with the next event, or at the end
