"""Callbacks that are as documented are read at once, and say the same as when they are read field by field."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.errors import MessageError
from prx_dingtalk_router.message.callback import (
    BotCallback,
    read_as_documented,
    read_callback,
    read_tolerantly,
    read_usual,
)
from prx_dingtalk_router.message.kinds import MAX_TIMESTAMP_MS

MANY = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

# Half characters and blanks at the ends are what the two could disagree about.
TEXTS = st.text(max_size=6) | st.sampled_from(
    ["", " ", " cid==\n", "\u3000", "a\ud83d", "1", "2", "true", "20001"]
)
BODIES = st.dictionaries(TEXTS, TEXTS | st.none() | st.lists(TEXTS, max_size=2), max_size=3)
OF_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "str": TEXTS,
    "int": st.integers(-1, MAX_TIMESTAMP_MS + 1) | st.integers(),
    "bool": st.booleans(),
    "dict": BODIES,
    "Any": st.none() | st.lists(BODIES, max_size=2),
}
ANY = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**5000)
    | st.floats()
    | TEXTS
    | st.lists(TEXTS, max_size=2)
    | BODIES
)


def documented() -> st.SearchStrategy[dict[str, Any]]:
    """Any of the fields, each of its documented type."""
    kinds = {field.name: OF_TYPE[_type_of(field)] for field in msgspec.structs.fields(BotCallback)}
    return st.fixed_dictionaries(
        {"msgId": TEXTS}, optional={name: kinds[name] for name in kinds if name != "msgId"}
    )


def _type_of(field: msgspec.structs.FieldInfo) -> str:
    found: Any = field.type
    found = getattr(found, "__origin__", found)
    return str(getattr(found, "__name__", found)).removeprefix("typing.")


@MANY
@given(documented(), st.dictionaries(st.sampled_from(BotCallback.__struct_fields__), ANY, max_size=2))
def test_both_ways_of_reading_give_the_same(payload: dict[str, Any], odd: dict[str, Any]) -> None:
    """Whatever is read at once reads the same field by field; with or without odd values in it."""
    for each in (payload, payload | odd):
        at_once = read_as_documented(each)
        assert at_once is None or at_once == read_tolerantly(each)


@MANY
@given(documented())
def test_a_callback_as_documented_is_read_at_once(payload: dict[str, Any]) -> None:
    """The short way is taken unless a value is out of range, blank where it may not be, or no whole text."""
    ids = (payload["msgId"], payload.get("conversationId", "c"))
    times = (payload.get("createAt", 0), payload.get("sessionWebhookExpiredTime", 0))
    texts = "".join(value for value in payload.values() if isinstance(value, str))
    sound = (
        bool(ids[0].strip())
        and ids[1].strip() == ids[1]
        and all(0 <= time <= MAX_TIMESTAMP_MS for time in times)
        and "\ud83d" not in texts
    )
    assert (read_as_documented(payload) is not None) is sound


@contextmanager
def as_long_as_needed() -> Iterator[None]:
    """Numbers of thousands of digits can be written."""
    digits = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(digits)


@MANY
@given(documented(), st.dictionaries(st.sampled_from(BotCallback.__struct_fields__), ANY, max_size=2))
def test_reading_the_text_gives_the_same(payload: dict[str, Any], odd: dict[str, Any]) -> None:
    """Whatever is read from its text at once reads the same from its JSON, also with halves of characters and odd values."""
    for each in (payload, payload | odd):
        with as_long_as_needed():
            data = json.dumps(each)
        at_once = read_usual(data)
        if at_once is not None:
            with as_long_as_needed():
                assert at_once == read_callback(json.loads(data))


@MANY
@given(TEXTS | st.binary().map(lambda octets: octets.decode("utf-8", "surrogateescape")))
def test_any_text_may_be_read(data: str) -> None:
    """What is no JSON of a callback is left to others."""
    assert read_usual(data) is None


QUOTING = (
    {"text": {"content": "a", "repliedMsg": {}}},
    {"text": {"content": "a", "isReplyMsg": True}},
    {"content": {"text": "a"}},
    {"repliedMsg": {"msgId": "m"}},
    {"quoteMessage": {"msgId": "m"}},
    {"originalMsgId": ""},
    {"originalProcessQueryKey": "k"},
)


@pytest.mark.parametrize("more", QUOTING, ids=str)
def test_what_may_quote_is_not_usual(payload: Callable[..., dict[str, Any]], more: dict[str, Any]) -> None:
    """Only a text that surely quotes nothing is read without its JSON."""
    assert read_usual(json.dumps(payload())) == read_callback(payload())
    assert read_usual(json.dumps(payload() | more)) is None


def test_an_id_of_blanks_is_not_usual(payload: Callable[..., dict[str, Any]]) -> None:
    """It is refused as it is when it is read the long way."""
    blank = payload() | {"msgId": " "}
    assert read_usual(json.dumps(blank)) is None
    with pytest.raises(MessageError):
        read_callback(blank)


def test_the_sample_of_the_document_is_read_at_once(payload: Callable[..., dict[str, Any]]) -> None:
    """What DingTalk sends takes the short way."""
    assert read_as_documented(payload()) == read_tolerantly(payload())
    assert read_as_documented(json.loads(json.dumps(payload()))) is not None


@pytest.mark.parametrize("field", ["createAt", "isAdmin", "senderId", "content"])
def test_one_odd_field_is_read_the_long_way(payload: Callable[..., dict[str, Any]], field: str) -> None:
    """A value of another type is not guessed at by the short way."""
    odd = payload() | {field: "1" if field != "senderId" else 1}
    assert read_as_documented(odd) is None
    assert read_tolerantly(odd).msgId == "msgPriv01=="


def test_nothing_of_a_callback_is_shown(payload: Callable[..., dict[str, Any]]) -> None:
    """Its representation holds no webhook and no words."""
    assert repr(read_tolerantly(payload())) == "BotCallback(msgId='msgPriv01==')"
