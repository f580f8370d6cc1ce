"""JSON documents of a daemon."""

from __future__ import annotations

import threading

import msgspec
import pytest

from prx_dingtalk_router.delivery.prx.documents import BIG, off_the_loop, read_json

ANY = msgspec.json.Decoder()


def _thread(_):
    return threading.current_thread()


async def test_big_documents_are_read_in_a_thread():
    """What is small is read at once, what is big in another thread, so that the loop goes on."""
    here = threading.current_thread()
    assert await off_the_loop(_thread, b" " * (BIG - 1)) is here
    assert await off_the_loop(_thread, b" " * BIG) is not here


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b'{"a": "\\ud83d!"}', {"a": "\ufffd!"}),
        (b'{"a": "\\ud83d\\ude00"}', {"a": "\U0001f600"}),
        ('{"a": "\ud83d!"}'.encode("utf-8", "surrogatepass"), {"a": "\ufffd!"}),
        (b'{"a": NaN}', None),
        (b'{"a": 1e999}', None),
        (b"[" * 5_000 + b"]" * 5_000, None),
        (b"\xff", None),
        (b"", None),
        (b"<!doctype html>", None),
    ],
)
def test_what_is_no_json_is_none(content, read):
    """Halves of surrogate pairs are replaced; NaN, numbers past all bounds and endless nesting are no document."""
    assert read_json(content, ANY) == read
