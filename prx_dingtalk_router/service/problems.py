"""The warnings and errors that were logged last, for status."""

from __future__ import annotations

from collections import deque

from prx_dingtalk_router.service.log_lines import LogEvent

MOST_KEPT = 50


class Problems:
    """Keeps the last of them."""

    def __init__(self) -> None:
        self._kept: deque[LogEvent] = deque(maxlen=MOST_KEPT)

    def note(self, event: LogEvent) -> None:
        """Keep an event if it is a warning or an error."""
        if event.level in ("warning", "error"):
            self._kept.append(event)

    def last(self, count: int) -> list[LogEvent]:
        """Return so many at most, the newest first."""
        return list(self._kept)[-count:][::-1]
