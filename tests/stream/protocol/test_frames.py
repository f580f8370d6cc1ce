"""Frames: any bytes become a Frame or a BadFrame (dingtalk-stream.md sections 3 and 13)."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.stream.protocol.frames import BadFrame, Frame, _parse_leniently, parse_frame

CALLBACK = {
    "specVersion": "1.0",
    "type": "CALLBACK",
    "headers": {
        "topic": "/v1.0/im/bot/messages/get",
        "messageId": "212a_3f_19c_77",
        "contentType": "application/json",
        "time": "1788200002000",
        "appId": "a1b2",
        "connectionId": "0f3c1d2e",
    },
    "data": '{"conversationType":"2","msgId":"msgAbC==","msgtype":"text","text":{"content":" hi"}}',
}


def changed(**changes: Any) -> bytes:
    """The sample callback with top-level fields replaced; None removes one."""
    frame = {name: value for name, value in (CALLBACK | changes).items() if value is not None}
    return json.dumps(frame, ensure_ascii=False).encode()


def with_headers(**changes: Any) -> bytes:
    """The sample callback with headers replaced; None removes one."""
    headers = {name: value for name, value in (CALLBACK["headers"] | changes).items() if value is not None}  # type: ignore[operator]
    return changed(headers=headers)


def read(payload: bytes) -> Frame:
    """A frame that must be readable."""
    frame = parse_frame(payload)
    assert isinstance(frame, Frame), frame
    return frame


DOCUMENTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**18)
    | st.floats()
    | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
HEADERS = st.fixed_dictionaries({}, optional={"topic": DOCUMENTS, "messageId": DOCUMENTS, "x": DOCUMENTS})
FRAMES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["CALLBACK", "SYSTEM", "ODD", ""]) | DOCUMENTS,
        "headers": HEADERS | DOCUMENTS,
        "header": HEADERS | DOCUMENTS,
        "data": DOCUMENTS.map(json.dumps) | DOCUMENTS,
        "more": DOCUMENTS,
    },
)


@given(FRAMES | DOCUMENTS, st.booleans())
def test_the_quick_way_to_read_a_frame_says_what_the_lenient_one_says(
    document: Any, ascii_only: bool
) -> None:
    """Whatever JSON a frame is, being read quickly changes nothing about it."""
    payload = json.dumps(document, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert parse_frame(payload) == _parse_leniently(payload)


def test_a_callback_is_read_whole() -> None:
    """Every part of the documented sample is there."""
    payload = changed()
    frame = read(payload)
    assert frame.type == "CALLBACK"
    assert frame.topic == "/v1.0/im/bot/messages/get"
    assert frame.message_id == "212a_3f_19c_77"
    assert frame.headers["time"] == "1788200002000"
    assert frame.data["text"] == {"content": " hi"}
    assert frame.data_text == CALLBACK["data"]
    assert frame.size == len(payload)
    assert frame.is_push


def test_a_frame_cut_anywhere_is_bad() -> None:
    """No proper beginning of a frame is taken for a frame, and none raises."""
    payload = changed()
    for length in range(len(payload)):
        assert isinstance(parse_frame(payload[:length]), BadFrame)


@pytest.mark.parametrize("tail", [b"x", b"{}", b"\x00", b"]", b","])
def test_trailing_data_makes_a_frame_bad(tail: bytes) -> None:
    """A frame is the whole message."""
    assert isinstance(parse_frame(changed() + tail), BadFrame)


def test_white_space_around_a_frame_is_nothing() -> None:
    """JSON may be surrounded by white space."""
    assert read(b" \r\n" + changed() + b"\n").message_id == "212a_3f_19c_77"


def test_data_may_be_an_object() -> None:
    """An object instead of a string of JSON is accepted."""
    frame = read(changed(data={"msgId": "m", "text": {"content": "你好"}}))
    assert frame.data == {"msgId": "m", "text": {"content": "你好"}}
    assert json.loads(frame.data_text) == frame.data


@pytest.mark.parametrize(
    ("data", "parsed", "text"),
    [
        ("", None, ""),
        ("not json", None, "not json"),
        ("{", None, "{"),
        ("[1]", [1], "[1]"),
        ('"x"', "x", '"x"'),
        ("NaN", None, "NaN"),
        (7, 7, "7"),
        (None, None, ""),
    ],
)
def test_odd_data_leaves_the_frame_readable(data: Any, parsed: Any, text: str) -> None:
    """Data that is empty, missing or no object does not spoil the headers, which the answer needs."""
    frame = read(changed(data=data))
    assert (frame.data, frame.data_text) == (parsed, text)
    assert frame.message_id == "212a_3f_19c_77"


@pytest.mark.parametrize(("value", "text"), [(1788200002000, "1788200002000"), (1.5, "1.5"), (True, "true")])
def test_headers_may_be_numbers(value: Any, text: str) -> None:
    """A header of another scalar type is read as text."""
    assert read(with_headers(time=value)).headers["time"] == text


@pytest.mark.parametrize("value", [{"a": 1}, [1], []])
def test_headers_that_are_no_scalars_are_left_out(value: Any) -> None:
    """A header that holds a structure is ignored."""
    assert "time" not in read(with_headers(time=value)).headers


@pytest.mark.parametrize(
    ("value", "message_id"),
    [
        ("m", "m"),
        (42, 42),
        (0, 0),
        ("", None),
        (None, None),
        (True, None),
        (1.5, None),
        ({}, None),
        (["m"], None),
    ],
)
def test_the_message_id_is_kept_as_it_came(value: Any, message_id: Any) -> None:
    """A text or whole number is copied into the answer as it is; anything else counts as absent."""
    found = read(with_headers(messageId=value)).message_id
    assert (found, type(found)) == (message_id, type(message_id))


def test_header_is_accepted_for_headers() -> None:
    """One documented sample misspells the field."""
    assert read(changed(headers=None, header=CALLBACK["headers"])).message_id == "212a_3f_19c_77"


def test_a_missing_topic_is_empty() -> None:
    """A frame without a topic is readable; nobody subscribed to it."""
    assert read(with_headers(topic=None)).topic == ""


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "not JSON"),
        (b"hello", "not JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b"{}", "no type"),
        (b'{"type":"CALLBACK"}', "no headers"),
        (b'{"type":7,"headers":{}}', "no type"),
        (b'{"type":"CALLBACK","headers":[]}', "no headers"),
        (b'{"type":"CALLBACK","headers":{},"x":NaN}', "not JSON"),
        (b"[" * 500_000, "not JSON"),
        (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "not JSON"),
        (b"1" * 10_000, "not a JSON object"),
    ],
)
def test_bad_frames_say_what_is_wrong(payload: bytes, reason: str) -> None:
    """Each kind of bad frame has its reason and its size, and none of its content."""
    frame = parse_frame(payload)
    assert isinstance(frame, BadFrame)
    assert (frame.reason.render("en"), frame.message_id, frame.size) == (reason, None, len(payload))


def test_a_bad_frame_keeps_a_message_id_that_can_be_found() -> None:
    """A frame without a type can still be answered."""
    assert parse_frame(b'{"headers":{"messageId":"m-1"}}') == BadFrame(
        text("stream.frame-no-type"), "m-1", 31
    )


@pytest.mark.parametrize("inside", [True, False])
def test_a_number_of_thousands_of_digits_spoils_nothing(inside: bool) -> None:
    """It is JSON, in a field that nobody may have heard of: it is kept as its digits, and can be written again."""
    digits = "-" + "7" * 5_000
    data = f'{{"msgId":"m","odd":[{digits},7]}}'
    payload = changed(data=data) if inside else changed(data=None)[:-1] + f',"data":{data}}}'.encode()
    frame = read(payload)
    assert frame.data == {"msgId": "m", "odd": [digits, 7]}
    assert json.loads(frame.data_text) == frame.data


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("written", ["1e999", "-1e999", "9" * 400 + ".5"])
def test_a_number_beyond_all_others_is_kept_as_its_digits(written: str, inside: bool) -> None:
    """What would be read as an infinity is never stored as one."""
    data = f'{{"msgId":"m","odd":[{written},1e300]}}'
    payload = changed(data=data) if inside else changed(data=None)[:-1] + f',"data":{data}}}'.encode()
    frame = read(payload)
    assert frame.data == {"msgId": "m", "odd": [written, 1e300]}
    assert json.loads(frame.data_text) == frame.data


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_data_with_a_constant_is_no_json(constant: str) -> None:
    """What is no number cannot be written back: the data is unreadable, wherever in it that stands."""
    assert read(changed(data=f'{{"msgId":"m","odd":[{constant},{"7" * 5_000}]}}')).data is None


@pytest.mark.parametrize("half", ["\\ud800", "\\uDC00", "x\\ud83d y"])
def test_halves_of_surrogate_pairs_are_replaced(half: str) -> None:
    """Text that no file or database takes becomes text that they do, in the parsed data and in the raw."""
    frame = read(changed(data=f'{{"text":{{"content":"{half}"}}}}'))
    content = frame.data["text"]["content"]
    assert "\ufffd" in content
    content.encode("utf-8")
    frame.data_text.encode("utf-8")
    assert json.loads(frame.data_text) == frame.data


def test_whole_surrogate_pairs_are_a_character() -> None:
    """An escaped emoji stays what it is."""
    assert read(changed(data='{"a":"\\ud83d\\ude00"}')).data == {"a": "😀"}


def test_halves_in_the_outer_text_are_replaced_too() -> None:
    """The headers and the data string itself hold whole characters."""
    payload = b'{"type":"CALLBACK","headers":{"topic":"t\\ud800","messageId":"m\\ud800"},"data":"x\\ud800"}'
    frame = read(payload)
    assert (frame.topic, frame.message_id, frame.data_text) == ("t\ufffd", "m\ufffd", "x\ufffd")


def test_a_repr_shows_no_secret() -> None:
    """Neither the connection id, which is the ticket, nor the data with its webhook is printed."""
    shown = repr(read(changed()))
    assert "0f3c1d2e" not in shown
    assert "msgAbC" not in shown


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
FRAMES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["SYSTEM", "EVENT", "CALLBACK"]) | JSON,
        "headers": st.dictionaries(st.sampled_from(["topic", "messageId", "time"]) | st.text(), JSON) | JSON,
        "header": JSON,
        "data": JSON | JSON.map(json.dumps),
    },
)


@given(st.binary())
def test_any_bytes_give_a_frame_or_a_bad_frame(payload: bytes) -> None:
    """Nothing that arrives raises."""
    assert isinstance(parse_frame(payload), (Frame, BadFrame))


NUMBERS = (
    st.integers().map(str)
    | st.floats(allow_nan=False, allow_infinity=False).map(repr)
    | st.integers(300, 5_000).map(lambda length: "-" + "7" * length)
    | st.integers(300, 5_000).map(lambda exponent: f"1.5e{exponent}")
)


def infinite(name: str) -> None:
    """Refuse what is no JSON."""
    raise AssertionError(name)


@given(st.lists(NUMBERS, min_size=1, max_size=4), st.booleans())
def test_a_number_of_any_size_is_read_and_can_be_written_again(numbers: list[str], inside: bool) -> None:
    """In the headers and in the data; what is kept as JSON is JSON, and holds what was read."""
    data = f'{{"numbers": [{",".join(numbers)}]}}'
    headers = f'{{"topic": "t", "messageId": {numbers[0]}, "time": {numbers[-1]}}}'
    body = json.dumps(data) if inside else data
    frame = read(f'{{"type": "CALLBACK", "headers": {headers}, "data": {body}}}'.encode())
    assert json.loads(frame.data_text, parse_constant=infinite) == frame.data
    assert len(frame.data["numbers"]) == len(numbers)
    assert frame.headers.keys() == {"topic", "messageId", "time"}


@given(JSON | FRAMES)
def test_any_json_gives_a_frame_or_a_bad_frame(document: Any) -> None:
    """Nothing that parses raises, and what is read can be written as UTF-8."""
    frame = parse_frame(json.dumps(document).encode())
    assert isinstance(frame, (Frame, BadFrame))
    if isinstance(frame, Frame):
        frame.topic.encode()
        frame.data_text.encode()
        json.dumps(frame.data, ensure_ascii=False).encode()


class Said(msgspec.Struct):
    """What a consumer wants of the data."""

    msgId: str  # noqa: N815 - the wire's own name


def read_said(data: str) -> Said | None:
    """Read the data, or leave it to others."""
    try:
        return msgspec.json.decode(data, type=Said)
    except msgspec.MsgspecError:
        return None


TOPIC = "/v1.0/im/bot/messages/get"


@pytest.mark.parametrize(
    ("payload", "data"),
    [
        (changed(data='{"msgId":"m"}'), Said("m")),
        (changed(data='{"msgId":7}'), {"msgId": 7}),
        (changed(data={"msgId": "m"}), {"msgId": "m"}),
        (changed(data="no JSON"), None),
        (changed(type="EVENT", data='{"msgId":"m"}'), {"msgId": "m"}),
        (with_headers(topic="/v1.0/else"), read(changed()).data),
    ],
    ids=["read", "left to others", "an object", "no JSON", "an event", "another topic"],
)
def test_the_reader_of_a_topic_reads_its_callbacks(payload: bytes, data: object) -> None:
    """And nothing else; what it leaves is read as any JSON."""
    assert parse_frame(payload, {TOPIC: read_said}) == structs.replace(read(payload), data=data)
