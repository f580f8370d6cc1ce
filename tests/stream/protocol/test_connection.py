"""The life of one connection as a table (dingtalk-stream.md sections 2 to 5)."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.errors import LocalStreamError
from prx_dingtalk_router.stream.protocol.connection import (
    TRANSITIONS,
    Connection,
    Meaning,
    Reaction,
    Signal,
    State,
)

TOPIC = "/v1.0/im/bot/messages/get"


def opened(**options: Any) -> Connection:
    """A connection that is ready."""
    connection = Connection(frozenset({TOPIC}), **options)
    connection.signal(Signal.UPGRADED)
    return connection


def payload(
    kind: str = "CALLBACK", topic: str = TOPIC, message_id: str | None = "m-1", data: str = "{}"
) -> bytes:
    """A frame on the wire."""
    headers = {"topic": topic} | ({"messageId": message_id} if message_id else {})
    return json.dumps({"type": kind, "headers": headers, "data": data}).encode()


CASES = [
    (payload(), Meaning.CALLBACK, None),
    (payload(message_id=None), Meaning.CALLBACK, None),
    (payload(data=""), Meaning.UNREADABLE, 400),
    (payload(data="[1]"), Meaning.UNREADABLE, 400),
    (payload(data="x", message_id=None), Meaning.UNREADABLE, None),
    (payload(topic="/v1.0/else"), Meaning.UNKNOWN_TOPIC, 404),
    (payload(topic="/v1.0/else", message_id=None), Meaning.UNKNOWN_TOPIC, None),
    (payload("EVENT", "*", data='{"userId":["u1"]}'), Meaning.EVENT, 200),
    (payload("EVENT", "anything"), Meaning.EVENT, 200),
    (payload("EVENT", "*", message_id=None), Meaning.EVENT, None),
    (payload("EVENT", "*", data="x"), Meaning.UNREADABLE, 400),
    (payload("SYSTEM", "ping", data='{"opaque":"1"}'), Meaning.PING, 200),
    (payload("SYSTEM", "ping", message_id=None), Meaning.PING, None),
    (payload("SYSTEM", "disconnect", data='{"reason":"x"}'), Meaning.DISCONNECT, None),
    (payload("SYSTEM", "disconnect", message_id=None, data=""), Meaning.DISCONNECT, None),
    (payload("SYSTEM", "CONNECTED"), Meaning.SIGN_OF_LIFE, None),
    (payload("SYSTEM", "REGISTERED"), Meaning.SIGN_OF_LIFE, None),
    (payload("SYSTEM", "KEEPALIVE"), Meaning.SIGN_OF_LIFE, None),
    (payload("SYSTEM", "new thing"), Meaning.UNKNOWN_TOPIC, 404),
    (payload("OTHER"), Meaning.UNKNOWN_TYPE, 404),
    (payload("OTHER", message_id=None), Meaning.UNKNOWN_TYPE, None),
    (b"not json", Meaning.BAD, None),
    (b"\xff", Meaning.BAD, None),
    (b'{"headers":{"messageId":"m-1"}}', Meaning.BAD, 400),
]


@pytest.mark.parametrize(("message", "meaning", "code"), CASES)
def test_each_frame_has_its_meaning_and_answer(message: bytes, meaning: Meaning, code: int | None) -> None:
    """The table of sections 3 and 4: what a frame is for, and the code it is answered with at once."""
    reaction = opened().receive(message)
    assert reaction.meaning is meaning
    assert (reaction.answer.code if reaction.answer else None) == code


@pytest.mark.parametrize(("message", "meaning", "code"), CASES)
def test_a_draining_connection_reacts_the_same(message: bytes, meaning: Meaning, code: int | None) -> None:
    """After the end was announced everything is still read and answered."""
    connection = opened()
    connection.receive(payload("SYSTEM", "disconnect"))
    reaction = connection.receive(message)
    assert (reaction.meaning, reaction.answer.code if reaction.answer else None) == (meaning, code)
    assert connection.state is State.DRAINING


def test_a_consumer_may_take_the_answer_to_events() -> None:
    """With take_events nothing is answered at once."""
    assert opened(take_events=True).receive(payload("EVENT", "*")).answer is None


def test_the_upgrade_alone_makes_a_connection_ready() -> None:
    """No REGISTERED frame is waited for."""
    assert opened().state is State.OPEN


def test_a_disconnect_starts_draining() -> None:
    """The announcement of the end changes the state; a second one does not."""
    connection = opened()
    for _ in range(2):
        connection.receive(payload("SYSTEM", "disconnect"))
        assert connection.state is State.DRAINING


def test_usefulness_is_a_frame_that_is_no_goodbye() -> None:
    """A connection that only said goodbye was not worth resetting the backoff for."""
    connection = opened()
    connection.receive(payload("SYSTEM", "disconnect"))
    assert not connection.useful
    connection.receive(payload("SYSTEM", "ping"))
    assert connection.useful


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("signal", Signal)
def test_signals_follow_the_table_or_are_our_mistake(state: State, signal: Signal) -> None:
    """Each pair of state and signal leads where the table says, or raises LocalStreamError."""
    connection = Connection(frozenset())
    connection.state = state
    if signal in TRANSITIONS[state]:
        assert connection.signal(signal) is TRANSITIONS[state][signal]
    else:
        with pytest.raises(LocalStreamError, match=signal.value):
            connection.signal(signal)
        assert connection.state is state


@pytest.mark.parametrize("state", [State.CONNECTING, State.CLOSED])
def test_frames_come_on_open_connections_only(state: State) -> None:
    """Reading before the upgrade or after the end is a mistake of the driver."""
    connection = Connection(frozenset())
    connection.state = state
    with pytest.raises(LocalStreamError):
        connection.receive(payload())


def test_every_state_can_be_reached_and_ends_closed() -> None:
    """The table has no island, and every state but CLOSED has a way to it."""
    reachable, waiting = {State.CONNECTING}, [State.CONNECTING]
    while waiting:
        for following in TRANSITIONS[waiting.pop()].values():
            if following not in reachable:
                reachable.add(following)
                waiting.append(following)
    assert reachable == set(State)
    assert all(
        TRANSITIONS[state][Signal.ENDED] is State.CLOSED for state in State if state is not State.CLOSED
    )


@given(st.lists(st.binary() | st.sampled_from([message for message, _, _ in CASES])))
def test_nothing_the_gateway_sends_raises(messages: list[bytes]) -> None:
    """Any messages in any order give reactions, and leave the connection open or draining."""
    connection = opened()
    for message in messages:
        assert isinstance(connection.receive(message), Reaction)
    assert connection.state in (State.OPEN, State.DRAINING)


def test_what_a_reader_has_read_is_for_the_consumer() -> None:
    """A struct in place of an object is as good; None leaves what is no object unreadable."""

    class Said(msgspec.Struct):
        text: str

    connection = opened(readers={TOPIC: lambda data: Said(data) if data == "said" else None})
    reaction = connection.read(payload(data="said"))
    assert (reaction.meaning, reaction.frame.data) == (Meaning.CALLBACK, Said("said"))  # type: ignore[union-attr]
    assert connection.read(payload(data="else")).meaning is Meaning.UNREADABLE
