"""Reading bodies."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.sandbox.prx.answers import read_object


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_an_object_or_nothing(body: bytes) -> None:
    """Whatever comes, reading it gives an object or nothing, never an exception."""
    value = read_object(body)
    assert value is None or isinstance(value, dict)


def test_deep_nesting_is_nothing() -> None:
    """A body that nests too deeply is refused like any other that is no object."""
    assert read_object(b'{"a":' * 30_000 + b"1" + b"}" * 30_000) is None
