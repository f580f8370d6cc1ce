"""Recorded callbacks are read strictly: what another reader of JSON could not hold is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.errors import MessageError
from prx_dingtalk_router.message.recorded import callback_payload, recorded_callback


def test_a_recorded_callback_is_itself(payload: Callable[..., dict[str, Any]]) -> None:
    """A line that holds the callback gives it as it is."""
    assert callback_payload(payload()) == payload()


@pytest.mark.parametrize("as_text", [True, False])
def test_a_recorded_frame_gives_its_callback(payload: Callable[..., dict[str, Any]], as_text: bool) -> None:
    """A line that holds the frame gives the data inside, as JSON text or as an object."""
    data = json.dumps(payload()) if as_text else payload()
    assert callback_payload({"type": "CALLBACK", "headers": {}, "data": data}) == payload()


@pytest.mark.parametrize(
    "document",
    [
        *(None, 3, "text", []),
        *({"headers": {}, "data": "{"}, {"headers": {}, "data": "1"}, {"headers": {}, "data": "[" * 100_000}),
    ],
)
def test_a_line_that_is_no_callback_is_refused(document: object) -> None:
    """Anything else is an error in words."""
    with pytest.raises(MessageError):
        callback_payload(document)


def test_a_recorded_text_is_a_callback_or_its_frame(payload: Callable[..., dict[str, Any]]) -> None:
    """The JSON of either gives the callback."""
    written = json.dumps(payload())
    frame = {"type": "CALLBACK", "headers": {}, "data": written}
    assert recorded_callback(written) == recorded_callback(json.dumps(frame)) == payload()


TOO_LONG = ["1" + "0" * 400, "-" + "7" * 5_000, "1e999", "-1e999", "NaN", "Infinity", "-Infinity"]


@pytest.mark.parametrize("number", TOO_LONG, ids=lambda number: number[:8])
@pytest.mark.parametrize(
    "written",
    [
        '{"msgId": "m", "senderCorpId": NUMBER}',
        '{"msgId": NUMBER}',
        '{"msgId": "m", "text": {"odd": [NUMBER]}}',
        '{"headers": {}, "data": "{\\"msgId\\": \\"m\\", \\"odd\\": NUMBER}"}',
        '{"headers": {"time": NUMBER}, "data": {"msgId": "m"}}',
    ],
)
def test_a_number_that_is_none_or_too_long_makes_the_line_bad(written: str, number: str) -> None:
    """Wherever it stands, in the callback or in the frame around it, and with a sentence that says so."""
    with pytest.raises(MessageError, match="a number too long"):
        recorded_callback(written.replace("NUMBER", number))


def test_numbers_that_fit_are_read() -> None:
    """Large and small ones."""
    assert recorded_callback('{"a": [1e308, -1.5, 0, 18446744073709551616]}') == {
        "a": [1e308, -1.5, 0, 2**64]
    }


def test_broken_json_says_where() -> None:
    """The column is told, none of the content."""
    with pytest.raises(MessageError, match="column 14"):
        recorded_callback('{"msgId": "m"')


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text('ab\ud800\udc00\u2028"\\中'),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=6,
)


@given(
    document=st.dictionaries(st.sampled_from(["a", "b", "headers", "data"]), JSON),
    cut=st.integers(0, 60),
    whole=st.booleans(),
    escaped=st.booleans(),
)
def test_bytes_are_read_as_their_text_is(document: object, cut: int, whole: bool, escaped: bool) -> None:
    """To the same callback or the same sentence, whatever they hold and wherever they end."""
    written = json.dumps(document, ensure_ascii=escaped)
    written = written if whole else written[:cut]
    try:
        raw = written.encode()
    except UnicodeEncodeError:
        return

    def read(form: str | bytes) -> object:
        try:
            return recorded_callback(form)
        except MessageError as problem:
            return str(problem)

    assert read(raw) == read(written)


def test_bytes_that_are_no_utf_8_are_refused() -> None:
    """The sentence says where."""
    with pytest.raises(MessageError, match="8"):
        recorded_callback('{"a": "中'.encode()[:-1] + b'"}')
