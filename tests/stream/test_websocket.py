"""Messages that are cut out of what comes, held to the library that reads everything else."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.client import ClientConnection
from websockets.client import ClientProtocol
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

from prx_dingtalk_router.stream.websocket import MOST_PIECES, MessageSocket

MOST = 70_000
SIZES = (0, 1, 2, 124, 125, 126, 127, 300, 65_535, 65_536, MOST - 1, MOST, MOST + 1)


class Transport(asyncio.Transport):
    """The other end of the wire: remembers what is written, and whether anything is to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.is_reading = True
        self.aborted = asyncio.Event()

    def write(self, data: Any) -> None:
        """Remember it."""
        self.written += data

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Nothing is buffered."""

    def can_write_eof(self) -> bool:
        """As with TLS."""
        return False

    def close(self) -> None:
        """The test ends it."""

    def is_closing(self) -> bool:
        """The test ends it."""
        return False

    def pause_reading(self) -> None:
        """Remember it."""
        self.is_reading = False

    def resume_reading(self) -> None:
        """Remember it."""
        self.is_reading = True

    def abort(self) -> None:
        """Remember it."""
        self.aborted.set()


def opened(kind: type[ClientConnection]) -> tuple[ClientConnection, Transport, bytes]:
    """A connection that has asked for its handshake, and the answer to that, not given yet."""
    uri = parse_uri("ws://127.0.0.1/connect")
    protocol = ClientProtocol(uri, max_size=MOST)
    most: dict[str, Any] = {"most": MOST} if kind is MessageSocket else {}
    connection = kind(protocol, max_queue=None, close_timeout=0.01, **most)
    transport = Transport()
    connection.connection_made(transport)
    request = connection.request = connection.protocol.connect()
    connection.protocol.send_request(request)
    connection.send_data()
    server = ServerProtocol()
    server.receive_data(transport.written)
    server.send_response(server.accept(server.events_received()[0]))  # type: ignore[arg-type]
    transport.written = b""
    return connection, transport, b"".join(server.data_to_send())


async def read(kind: type[ClientConnection], chunks: Sequence[bytes]) -> tuple[object, ...]:
    """What a connection makes of what comes: messages, what it writes, and how it ends."""
    connection, transport, answer = opened(kind)
    first, *others = chunks
    messages: list[bytes] = []
    connection.data_received(answer + first)
    if isinstance(connection, MessageSocket):
        connection.receive(messages.extend)
    for chunk in others:
        connection.data_received(chunk)
    connection.eof_received()
    connection.connection_lost(None)
    if not isinstance(connection, MessageSocket):
        with contextlib.suppress(ConnectionClosed):
            while True:
                messages.append(await connection.recv(decode=False))
    error = connection.protocol.close_exc
    return messages, transport.written, error.rcvd, error.sent, str(error.__cause__)


def assert_the_same(ours: Sequence[bytes], theirs: Sequence[bytes]) -> None:
    """Read the one here and the other by the library alone, with masks that both foresee."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("secrets.token_bytes", bytes)
        found = asyncio.run(read(MessageSocket, ours))
        assert found == asyncio.run(read(ClientConnection, theirs))


def plain(opcode: Opcode, data: bytes, *, fin: bool = True) -> bytes:
    """A frame as a server writes it."""
    return Frame(opcode, data, fin).serialize(mask=False)


# Whoever looks for frames in the wrong place finds some in here.
FRAMES = b"\x81\x01x" * 43
NESTED = plain(Opcode.TEXT, FRAMES)
BODIES = st.one_of(
    st.binary(max_size=20),
    st.just(FRAMES),
    st.sampled_from(SIZES).map(lambda size: b"x" * size),
)
DATA = st.builds(plain, st.sampled_from([Opcode.TEXT, Opcode.BINARY, Opcode.CONT]), BODIES, fin=st.booleans())
WHOLE = st.builds(plain, st.sampled_from([Opcode.TEXT, Opcode.BINARY]), BODIES)
CONTROL = st.builds(plain, st.sampled_from([Opcode.PING, Opcode.PONG]), st.binary(max_size=125))
CLOSE = st.sampled_from([b"\x88\x00", b"\x88\x02\x03\xe8", b"\x88\x01\x03", b"\x88\x05\x03\xe9bye"])
# Lengths in more bytes than they need, masked, reserved bits and opcodes, control frames in pieces or too long, and no frames at all.
ODD = st.one_of(
    st.binary(min_size=1, max_size=20),
    st.builds(lambda body: b"\x81\x7e" + struct.pack("!H", len(body)) + body, st.binary(max_size=200)),
    st.builds(lambda body: b"\x82\x7f" + struct.pack("!Q", len(body)) + body, st.binary(max_size=200)),
    st.sampled_from(
        [b"\x81\x81abcdx", b"\xc1\x01x", b"\x83\x01x", b"\x09\x01x", b"\x89\x7e\x00\x80" + b"x" * 128]
    ),
    st.just(b"\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff"),
)
STREAMS = st.lists(st.one_of(WHOLE, WHOLE, CONTROL, DATA, CLOSE, ODD), max_size=8).map(b"".join)


@st.composite
def cut_up(draw: st.DrawFn) -> list[bytes]:
    """Frames in any order, in pieces that mean nothing."""
    stream = draw(STREAMS)
    cuts = sorted(draw(st.sets(st.integers(0, len(stream)), max_size=8)))
    return [stream[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]


PING, PART, LAST, TWO = (
    plain(Opcode.PING, b"p"),
    plain(Opcode.TEXT, b"a", fin=False),
    plain(Opcode.CONT, b"b"),
    plain(Opcode.TEXT, b"two"),
)
HARD = {
    "a message in pieces, with a ping between": [b"", PART + PING + LAST + TWO],
    "a message while another has not ended": [b"", TWO + PART + TWO + LAST],
    "a piece of nothing": [b"", LAST + TWO],
    "a message after the end": [b"", TWO + b"\x88\x02\x03\xe8" + TWO],
    "an end amid pieces": [b"", PART + b"\x88\x00" + LAST + TWO],
    "a message after a wrong frame": [b"", TWO + b"\xc1\x01x" + TWO],
    "a ping in two parts": [b"", PING[:2], PING[2:] + TWO],
    "a header in two parts": [b"", TWO + PING[:1], PING[1:] + TWO + TWO],
    "a long header in parts": [b"", b"\x81", b"\x7e", b"\x01", b"\x00" + b"x" * 255, b"x" + TWO],
    "a message in two parts": [b"", TWO[:-1], TWO[-1:] + TWO],
    "longer than is taken": [b"", TWO + plain(Opcode.TEXT, b"x" * (MOST + 1)) + TWO],
    "a message behind the handshake": [TWO + PING, TWO],
    "a masked message": [b"", TWO + b"\x81\x83abcdxyz" + TWO],
    "a length in more bytes than it needs": [b"", b"\x81\x7e\x00\x01x\x81\x7f" + bytes(7) + b"\x01x" + TWO],
    "the end amid a frame": [TWO, TWO[:-1]],
    "nothing": [b""],
}


@pytest.mark.parametrize("chunks", HARD.values(), ids=HARD.keys())
def test_hard_cases_are_read_as_the_library_reads_them(chunks: list[bytes]) -> None:
    """What a hostile or a clumsy peer sends is read, or refused, as the library does it."""
    chunks = [*chunks, NESTED + TWO, NESTED[:9], NESTED[9:] + PING + TWO]
    assert_the_same(chunks, chunks)


@given(cut_up())
def test_what_comes_is_read_as_the_library_reads_it(chunks: list[bytes]) -> None:
    """The same messages in the same order, the same answers, the same errors and the same end, however it comes."""
    assert_the_same(chunks, chunks)


@given(st.lists(WHOLE, min_size=1, max_size=5), st.lists(CONTROL, max_size=2))
def test_byte_by_byte_is_the_same(messages: list[bytes], control: list[bytes]) -> None:
    """A peer that dribbles is read like any other."""
    stream = b"".join([*control, *(each for each in messages if len(each) < 1_000), *control])
    assert_the_same([b"", *(bytes((each,)) for each in stream)], [stream])


async def test_a_handshake_that_dribbles_opens_the_same_connection() -> None:
    """Where its answer ends is found however it comes; what comes right behind it waits for the receiver, and nothing more is read."""
    connection, transport, answer = opened(MessageSocket)
    assert isinstance(connection, MessageSocket)
    for each in answer[:-1]:
        connection.data_received(bytes((each,)))
    assert connection.response is None
    connection.data_received(answer[-1:] + plain(Opcode.TEXT, b"\r\n\r\n") + plain(Opcode.TEXT, b"two"))
    assert connection.state is OPEN
    assert not transport.is_reading
    messages: list[bytes] = []
    connection.receive(messages.extend)
    assert messages == [b"\r\n\r\n", b"two"]
    assert transport.is_reading


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 503 no\r\nContent-Length: 2\r\n\r\nno", b"\x81\x01x\r\n\r\n", b"?" * 70_000]
)
async def test_what_is_no_handshake_is_refused_as_the_library_refuses_it(answer: bytes) -> None:
    """Whatever answers in place of a gateway, the error is the library's own."""
    found = []
    for kind in (MessageSocket, ClientConnection):
        connection, _, _ = opened(kind)
        for begin in range(0, len(answer), 7_000):
            connection.data_received(answer[begin : begin + 7_000])
        connection.eof_received()
        connection.connection_lost(None)
        found.append(repr(connection.protocol.handshake_exc))
    assert found[0] == found[1]
    assert found[0] != "None"


async def test_a_message_in_too_many_pieces_ends_the_connection() -> None:
    """Code 1009 as the library has it, and the wire is cut when the peer does not end it."""
    connection, transport, answer = opened(MessageSocket)
    assert isinstance(connection, MessageSocket)
    messages: list[bytes] = []
    connection.data_received(answer)
    connection.receive(messages.extend)
    connection.data_received(plain(Opcode.TEXT, b"x", fin=False))
    connection.data_received(plain(Opcode.CONT, b"", fin=False) * (MOST_PIECES - 1))
    assert connection.state is OPEN
    connection.data_received(
        plain(Opcode.CONT, b"", fin=False) * 2 + plain(Opcode.CONT, b"") + plain(Opcode.TEXT, b"late")
    )
    assert connection.protocol.close_sent is not None
    assert connection.protocol.close_sent.code == 1009
    assert messages == []
    async with asyncio.timeout(5):
        await transport.aborted.wait()


@pytest.mark.parametrize(
    "last",
    [b"\x88\x02\x03\xe8", b"\x88\x00", b"\xc1\x01x", b"\x81\x7f" + bytes([0, 1]) + bytes(6)],
    ids=["an end", "an end without a code", "a wrong frame", "too long a frame"],
)
async def test_a_peer_that_keeps_the_wire_after_the_end_is_not_waited_for(last: bytes) -> None:
    """Nothing comes on it any more: it is cut after the time for closing, although nobody sends anything."""
    connection, transport, answer = opened(MessageSocket)
    connection.data_received(answer)
    connection.data_received(plain(Opcode.TEXT, b"x") + last)
    assert connection.protocol.close_sent is not None
    async with asyncio.timeout(5):
        await transport.aborted.wait()


@given(st.lists(BODIES, min_size=1, max_size=6))
def test_what_is_sent_is_what_a_server_reads(messages: list[bytes]) -> None:
    """A server of the library takes what is written at once for the same text messages, each whole and masked."""

    async def send() -> bytes:
        connection, transport, answer = opened(MessageSocket)
        assert isinstance(connection, MessageSocket)
        connection.data_received(answer)
        await connection.send_texts(messages)
        return transport.written

    server = ServerProtocol(state=OPEN, max_size=None)
    server.receive_data(asyncio.run(send()))
    events = server.events_received()
    assert server.parser_exc is None
    assert [(each.opcode, bytes(each.data), each.fin) for each in events if isinstance(each, Frame)] == [
        (Opcode.TEXT, each, True) for each in messages
    ]


async def test_what_cannot_be_sent_any_more_says_so() -> None:
    """After the end nothing is written."""
    connection, transport, answer = opened(MessageSocket)
    assert isinstance(connection, MessageSocket)
    connection.data_received(answer)
    connection.connection_lost(None)
    written = transport.written
    with pytest.raises(ConnectionClosed):
        await connection.send_texts([b"late"])
    assert transport.written == written
