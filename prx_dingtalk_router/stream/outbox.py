"""The writing side of one WebSocket: whoever has something to say leaves it here; a task of its own writes it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from websockets.exceptions import ConnectionClosed
from websockets.protocol import State as WebSocketState

from prx_dingtalk_router.stream.counters import StreamCounters
from prx_dingtalk_router.stream.protocol.acks import Ack
from prx_dingtalk_router.stream.websocket import MessageSocket


class _Letter(NamedTuple):
    """Answers that were given together."""

    codes: Sequence[int]
    messages: Sequence[bytes]
    written: asyncio.Future[bool]


class Outbox:
    """Writes answers in the order in which they were given, pings first: all that wait with one write to the socket.

    Args:
        websocket: open.
        counters: of the client.
        most: answers that may wait for a peer that reads nothing; what is more is not sent.
    """

    def __init__(self, websocket: MessageSocket, counters: StreamCounters, most: int) -> None:
        self._websocket = websocket
        self._counters = counters
        self._most = most
        self._urgent: deque[_Letter] = deque()
        self._waiting: deque[_Letter] = deque()
        self._count = 0
        self._filled = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()
        self._closed = False

    def put(self, acks: Sequence[Ack], *, urgent: bool = False) -> Sequence[asyncio.Future[bool]]:
        """Leave answers; what comes of each says whether it was written, False when the socket is gone."""
        room = 0 if self._closed else min(len(acks), self._most - self._count)
        letters = [_letter(each) for each in (acks[:room], acks[room:]) if each]
        if room:
            self._count += room
            (self._urgent if urgent else self._waiting).append(letters[0])
            self._filled.set()
            self._empty.clear()
        if room < len(acks):
            self._settle(letters[-1:], written=False)
        return [letter.written for letter in letters for _ in letter.codes]

    async def flush(self) -> None:
        """Wait until everything is written, or the socket is gone."""
        await self._empty.wait()

    async def run(self) -> None:
        """Write what comes until the socket is gone; what was left then is not written."""
        batch: list[_Letter] = []
        try:
            while True:
                await self._filled.wait()
                self._filled.clear()
                batch = [*self._urgent, *self._waiting]
                self._urgent.clear()
                self._waiting.clear()
                self._count = 0
                await self._websocket.send_texts([*chain.from_iterable(each.messages for each in batch)])
                # A write that waited for room ends without an error when the connection is cut meanwhile.
                if self._websocket.state is WebSocketState.CLOSED:
                    return
                self._settle(batch, written=True)
                batch = []
                if not self._urgent and not self._waiting:
                    self._empty.set()
        except ConnectionClosed:
            return
        finally:
            self._closed = True
            self._settle([*batch, *self._urgent, *self._waiting], written=False)
            self._empty.set()

    def _settle(self, letters: Iterable[_Letter], *, written: bool) -> None:
        for letter in letters:
            if written:
                self._counters.acks.update(letter.codes)
            else:
                self._counters.lost_acks += len(letter.codes)
            if not letter.written.done():  # nobody may be waiting for it any more
                letter.written.set_result(written)


def _letter(acks: Sequence[Ack]) -> _Letter:
    written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    return _Letter([ack.code for ack in acks], [ack.serialize() for ack in acks], written)
