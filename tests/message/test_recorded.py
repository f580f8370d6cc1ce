"""Recorded callbacks are read strictly: what another reader of JSON could not hold is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

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
