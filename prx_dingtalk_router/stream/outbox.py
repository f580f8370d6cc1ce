"""The writing side of one WebSocket: whoever has something to say leaves it here; a task of its own writes it."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import NamedTuple

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State as WebSocketState

from prx_dingtalk_router.stream.counters import StreamCounters
from prx_dingtalk_router.stream.protocol.acks import Ack


class _Letter(NamedTuple):
    code: int
    message: bytes
    written: asyncio.Future[bool]


class Outbox:
    """Writes answers in the order in which they were given, pings first: all that wait with one write to the socket.

    Args:
        websocket: open.
        counters: of the client.
        most: answers that may wait for a peer that reads nothing; what is more is not sent.
    """

    def __init__(self, websocket: ClientConnection, counters: StreamCounters, most: int) -> None:
        self._websocket = websocket
        self._counters = counters
        self._most = most
        self._urgent: deque[_Letter] = deque()
        self._waiting: deque[_Letter] = deque()
        self._filled = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()
        self._closed = False

    def put(self, ack: Ack, *, urgent: bool = False) -> asyncio.Future[bool]:
        """Leave an answer; what comes of it says whether it was written, False when the socket is gone."""
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        letter = _Letter(ack.code, ack.serialize(), written)
        if self._closed or len(self._urgent) + len(self._waiting) >= self._most:
            self._settle([letter], written=False)
        else:
            (self._urgent if urgent else self._waiting).append(letter)
            self._filled.set()
            self._empty.clear()
        return written

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
                await self._write([letter.message for letter in batch])
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

    async def _write(self, messages: list[bytes]) -> None:
        async with self._websocket.send_context():
            protocol = self._websocket.protocol
            for message in messages:
                protocol.send_text(message)
            self._websocket.transport.write(b"".join(protocol.data_to_send()))

    def _settle(self, letters: list[_Letter], *, written: bool) -> None:
        for letter in letters:
            if written:
                self._counters.acks[letter.code] += 1
            else:
                self._counters.lost_acks += 1
            if not letter.written.done():  # nobody may be waiting for it any more
                letter.written.set_result(written)
