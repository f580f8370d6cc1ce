"""JSON to DingTalk and back: the same, whichever library writes or reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prx_dingtalk_router.delivery.dingtalk.json_text import json_of, object_of

_WORDS = st.text(max_size=30)  # halves of surrogate pairs, too
_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=8,
)


@given(_WORDS)
@example('C:\\Data "a"\t\x7f\x00\u2028客👍🏽')
@example("\ud800 half")
def test_words_are_written_as_the_standard_library_writes_them(words: str) -> None:
    """So sizes that were measured of one are those of the other."""
    body = {"msgtype": "text", "text": {"content": words}}
    plain = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    assert json_of(body) == plain.encode("utf-8", "replace")


@given(st.dictionaries(_WORDS, _PLAIN, max_size=4), st.booleans())
def test_an_object_is_read_as_the_standard_library_reads_it(body: dict[str, Any], escaped: bool) -> None:
    """Whatever is in an answer, and however it is written."""
    content = json.dumps(body, ensure_ascii=escaped).encode("utf-8", "replace")
    assert object_of(content) == json.loads(content)


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b"", None),
        (b"[1]", None),
        (b"<html>", None),
        (b'"words"', None),
        (b"[" * 100_000, None),
        (b'{"a":Infinity,"errcode":0}', {"a": float("inf"), "errcode": 0}),
        (b'\xef\xbb\xbf{"errcode":0}', {"errcode": 0}),
        (b'{"errmsg":"\\ud800","errcode":0}', {"errmsg": "\ud800", "errcode": 0}),
        (b'{"a":1,"a":2}', {"a": 2}),
    ],
)
def test_what_is_odd_is_read_if_it_can_be(content: bytes, read: dict[str, Any] | None) -> None:
    """A reader that is strict takes nothing away that DingTalk may say."""
    assert object_of(content) == read
