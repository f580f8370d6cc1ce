"""Callbacks that are as documented are read at once, and say the same as when they are read field by field."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.message.callback import BotCallback, read_as_documented, read_tolerantly
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
