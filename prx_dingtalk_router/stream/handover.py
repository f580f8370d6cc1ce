"""The bounded queue between the readers and the consumer. Readers never wait at it; what finds no room is refused."""

from __future__ import annotations

import asyncio
from collections import deque

from prx_dingtalk_router.stream.events import Event, Lost, Opened, Refused


class Handover:
    """First in, first out; at most so many frames and bytes wait (interfaces.md section 5).

    Args:
        max_frames: most frames that wait.
        max_bytes: most bytes of frames that wait.
    """

    def __init__(self, max_frames: int, max_bytes: int) -> None:
        self._max_frames = max_frames
        self._max_bytes = max_bytes
        self._events: deque[tuple[Event, int]] = deque()
        self._frames = 0
        self._bytes = 0
        self._changed = asyncio.Event()
        self._full = False
        self._finished = False
        self._error: BaseException | None = None

    @property
    def waiting_frames(self) -> int:
        """Frames that wait for the consumer."""
        return self._frames

    @property
    def waiting_bytes(self) -> int:
        """Bytes of the frames that wait for the consumer."""
        return self._bytes

    @property
    def is_full(self) -> bool:
        """Whether the last frame that was offered found no room, and nothing was taken since."""
        return self._full

    def offer(self, event: Event, size: int) -> bool:
        """Queue a frame of ``size`` bytes; False when there is no room or the queue is finished."""
        if self._finished or self._frames >= self._max_frames or self._bytes + size > self._max_bytes:
            self._full = not self._finished
            return False
        self._frames += 1
        self._bytes += size
        self._append(event, size)
        return True

    def tell(self, news: Opened | Lost | Refused) -> None:
        """Queue news of the connection, which needs no room: there is little of it, and backoff keeps it so."""
        if not self._finished:
            self._append(news, 0)

    def finish(self, error: BaseException | None = None) -> None:
        """Let the consumer have what waits, then end, with ``error`` if there is one."""
        if self._finished:
            return
        self._finished = True
        self._error = error
        self._changed.set()

    async def take(self, most: int) -> list[Event]:
        """The next events, at least one and at most ``most``; an empty list at the end.

        Raises:
            BaseException: what the queue was finished with, once it is empty.
        """
        while not self._events:
            if self._finished:
                if self._error is not None:
                    raise self._error
                return []
            self._changed.clear()
            await self._changed.wait()
        self._full = False
        taken: list[Event] = []
        while self._events and len(taken) < most:
            event, size = self._events.popleft()
            if size:
                self._frames -= 1
                self._bytes -= size
            taken.append(event)
        return taken

    def _append(self, event: Event, size: int) -> None:
        self._events.append((event, size))
        self._changed.set()
