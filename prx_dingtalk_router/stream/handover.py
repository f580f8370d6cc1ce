"""The bounded queue between the readers and the consumer. Readers never wait at it; what finds no room is refused."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from prx_dingtalk_router.stream.events import Lost, Opened, Refused

Source = TypeVar("Source")

BESIDE_ITS_BYTES = 512
"""Bytes of memory that a waiting frame takes beside those that came over the wire."""

TAKEN_TOGETHER = 256 * 1024
"""Bytes after which a list that is taken ends: read, it takes five times as much memory, and reading it keeps everybody waiting."""


BURST = 64
"""So many frames that came since the last list was taken are a burst."""

READING_FIRST_SECONDS = 0.2
"""So long in all, until nothing waits again, the consumer lets a burst be read before it takes more: a ping behind it is answered sooner."""


class Waiting(msgspec.Struct, Generic[Source], frozen=True):
    """A frame that waits for the consumer as it came: read only then, it takes a fifth of the memory until then.

    Attributes:
        payload: the message.
        source: the socket that it came on.
        received_at_ms: when it came, in Unix milliseconds.
    """

    payload: bytes
    source: Source
    received_at_ms: int

    def __repr__(self) -> str:
        """Without the message."""
        return f"Waiting({len(self.payload)} bytes, received_at_ms={self.received_at_ms})"

    @property
    def held(self) -> int:
        """Bytes of memory that it takes."""
        return len(self.payload) + BESIDE_ITS_BYTES


News = Opened | Lost | Refused


class Handover(Generic[Source]):
    """First in, first out; at most so many frames and bytes wait (interfaces.md section 5).

    Args:
        max_frames: most frames that wait.
        max_bytes: most bytes of memory that waiting frames take.
    """

    def __init__(self, max_frames: int, max_bytes: int) -> None:
        self._max_frames = max_frames
        self._max_bytes = max_bytes
        self._items: deque[Waiting[Source] | News] = deque()
        self._frames = 0
        self._bytes = 0
        self._came = 0
        self._reading_first = READING_FIRST_SECONDS
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
        """Bytes of memory that waiting frames take."""
        return self._bytes

    @property
    def is_full(self) -> bool:
        """Whether the last frame that was offered found no room, and nothing was taken since."""
        return self._full

    def offer(self, frames: Sequence[Waiting[Source]]) -> int:
        """Queue frames, as many as there is room for; how many these are, none when the queue is finished."""
        if self._finished:
            return 0
        room, free = self._max_frames - self._frames, self._max_bytes - self._bytes
        queued = 0
        for frame in frames:
            held = len(frame.payload) + BESIDE_ITS_BYTES
            if queued < room and held <= free:
                free -= held
                queued += 1
                self._items.append(frame)
            else:
                self._full = True
        self._frames += queued
        self._came += queued
        self._bytes = self._max_bytes - free
        if queued:
            self._changed.set()
        return queued

    def tell(self, news: News) -> None:
        """Queue news of the connection, which needs no room: there is little of it, and backoff keeps it so."""
        if not self._finished:
            self._append(news)

    def finish(self, error: BaseException | None = None) -> None:
        """Let the consumer have what waits, then end, with ``error`` if there is one."""
        if self._finished:
            return
        self._finished = True
        self._error = error
        self._changed.set()

    async def take(self, most: int) -> list[Waiting[Source] | News]:
        """What waits, at least one, at most ``most`` and little more than ``TAKEN_TOGETHER``; an empty list at the end.

        Raises:
            BaseException: what the queue was finished with, once it is empty.
        """
        while not self._items:
            if self._finished:
                if self._error is not None:
                    raise self._error
                return []
            self._changed.clear()
            self._reading_first = READING_FIRST_SECONDS
            await self._changed.wait()
        if self._came >= BURST and self._reading_first > 0:
            await self._come_in()
        self._came = 0
        self._full = False
        taken: list[Waiting[Source] | News] = []
        size = 0
        while self._items and len(taken) < most and size < TAKEN_TOGETHER:
            item = self._items.popleft()
            if isinstance(item, Waiting):
                size += len(item.payload) + BESIDE_ITS_BYTES
                self._frames -= 1
            taken.append(item)
        self._bytes -= size
        return taken

    async def _come_in(self) -> None:
        """Let readers go on until they have nothing more to read, or the time for that is used up."""
        now = asyncio.get_running_loop().time
        began, came, quiet = now(), self._came, 0
        while quiet < 2 and now() - began < self._reading_first:  # what a turn reads is offered in the next
            await asyncio.sleep(0)
            quiet = quiet + 1 if self._came == came else 0
            came = self._came
        self._reading_first -= now() - began

    def _append(self, item: Waiting[Source] | News) -> None:
        self._items.append(item)
        self._changed.set()
