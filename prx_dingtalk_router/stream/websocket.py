"""A WebSocket of ``websockets`` that gives what comes to a receiver at once, many messages at a time.

The library reads a message in some ten steps, which at thousands of messages a second is more than all that is done about them. So
plain frames (``protocol/plain_frames.py``) are cut out here. Everything else goes to the library as it came, to be read or refused
by it: control frames, messages in pieces, what is not all there yet or too long, and what is no frame.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from websockets.asyncio.client import ClientConnection
from websockets.client import ClientProtocol
from websockets.frames import DATA_OPCODES, CloseCode, Frame
from websockets.protocol import CLOSING, OPEN, Event

from prx_dingtalk_router.stream.protocol.plain_frames import LONGEST, frame_size, plain_messages, text_frames

Receiver: TypeAlias = Callable[[Sequence[bytes]], None]
"""Takes messages that came together, text or binary, as bytes; must not raise."""

_HEADERS_END = b"\r\n\r\n"
_LONGEST_HEADER = 14
MOST_PIECES = 4096
"""Of one message: as many as the library takes."""


class MessageSocket(ClientConnection):
    """A client's connection whose messages go to a receiver; ``recv`` is not for it.

    Until there is a receiver nothing is read but what came with the answer to the handshake.

    Args:
        protocol: of the library, without extensions.
        most: bytes of a message that it takes; None for any number.
        **options: as of any connection.
    """

    def __init__(self, protocol: ClientProtocol, *, most: int | None, **options: Any) -> None:
        super().__init__(protocol, **options)
        self._most = LONGEST if most is None else most
        self._receiver: Receiver | None = None
        self._early: list[bytes] = []
        self._pieces: list[bytes] = []
        self._response = b""
        self._left = 0  # bytes of a frame that the library reads, still to come
        self._head = b""  # of such a frame whose length is not known yet
        self._cut: asyncio.TimerHandle | None = None

    def receive(self, receiver: Receiver) -> None:
        """Give messages to ``receiver`` from now on, with those that came before it."""
        self._receiver = receiver
        early, self._early = self._early, []
        if early:
            receiver(early)
            if not self.transport.is_closing():
                self.transport.resume_reading()

    async def send_texts(self, messages: Sequence[bytes]) -> None:
        """Send text messages with one write.

        Raises:
            ConnectionClosed: there is no connection any more.
        """
        async with self.send_context():
            self.transport.write(text_frames(messages))

    def data_received(self, data: bytes) -> None:
        """Cut plain frames out of what came; give the library the rest, a frame at a time."""
        self._read(data)
        if self.state is CLOSING and self._cut is None and self.close_timeout is not None:
            # A peer that keeps the wire is waited for by the library until somebody sends something, which may be long.
            self._cut = self.loop.call_later(self.close_timeout, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget about cutting the wire; the rest as the library does."""
        if self._cut is not None:
            self._cut.cancel()
        super().connection_lost(exc)

    def process_event(self, event: Event) -> None:
        """As the library does; what it read of messages is put together, and goes the same way as the others."""
        if not isinstance(event, Frame) or event.opcode not in DATA_OPCODES:
            super().process_event(event)
            return
        if len(self._pieces) >= MOST_PIECES:
            self._refuse_pieces()
            return
        self._pieces.append(bytes(event.data))
        if event.fin:
            message = b"".join(self._pieces)
            self._pieces.clear()
            self._deliver([message])

    def _read(self, data: bytes) -> None:
        if self.response is None:
            data = self._opened(data)
        at = self._go_on(data)
        while at < len(data):
            if not self._is_reading:
                super().data_received(data[at:])
                return
            if not self._pieces:
                messages, at = plain_messages(data, at, self._most)
                if messages:
                    self._deliver(messages)
            if at < len(data):
                at = self._begin(data, at)

    @property
    def _is_reading(self) -> bool:
        """Whether the library still reads frames: the handshake is done, nothing was wrong, no end was announced."""
        protocol = self.protocol
        return (
            self.response is not None
            and protocol.handshake_exc is None
            and protocol.parser_exc is None
            and protocol.close_rcvd is None
            and not protocol.extensions
        )

    def _opened(self, data: bytes) -> bytes:
        """Give the library the answer to the handshake, up to its end; give back what came behind it."""
        if self.protocol.handshake_exc is not None:
            super().data_received(data)
            return b""
        before = len(self._response)
        self._response += data
        end = self._response.find(_HEADERS_END)
        stop = len(data) if end < 0 else end + len(_HEADERS_END) - before
        if end >= 0:
            self._response = b""
        super().data_received(data[:stop])
        return data[stop:]

    def _go_on(self, data: bytes) -> int:
        """Give the library what belongs to a frame that it has begun to read; where that ends."""
        if self._head:
            head = self._head + data[:_LONGEST_HEADER]
            size = frame_size(head)
            self._left = len(data) if size is None else size - len(self._head)
            self._head = head if size is None else b""
        if not self._left:
            return 0
        stop = min(self._left, len(data))
        self._left -= stop
        super().data_received(data[:stop])
        return stop

    def _begin(self, data: bytes, at: int) -> int:
        """Give the library a frame, or how it begins; where that ends."""
        size = frame_size(data[at : at + _LONGEST_HEADER])
        stop = len(data) if size is None else min(len(data), at + size)
        if size is None:
            self._head = data[at:]
        else:
            self._left = at + size - stop
        super().data_received(data[at:stop])
        return stop

    def _deliver(self, messages: list[bytes]) -> None:
        if self._receiver is not None:
            self._receiver(messages)
            return
        self._early += messages
        self.transport.pause_reading()

    def _refuse_pieces(self) -> None:
        """End the connection as the library does over a message in more pieces than it takes."""
        if self.protocol.state is OPEN:  # pieces that came with the first of too many come here, too
            self.protocol.fail(CloseCode.MESSAGE_TOO_BIG, "too many fragments")
            self.send_data()
