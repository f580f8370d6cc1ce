"""Callbacks without what persons wrote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.message.redacting import Redactor

WORDS = st.text(min_size=4, max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "text", "senderNick"]), inner)
    ),
    max_leaves=8,
)


@given(JSON)
def test_nothing_that_was_written_is_left(value: object) -> None:
    """No text and no number of a callback stands in the redacted one, and its shape is the same."""
    words: set[str] = set()

    def shape(part: object) -> object:
        match part:
            case dict():
                return {name: shape(inner) for name, inner in part.items()}
            case list():
                return [shape(inner) for inner in part]
            case bool() | None:
                return part
            case _:
                words.add(str(part))
                return ""

    before = shape(value)
    written = words
    words = set()
    redacted = Redactor(b"k").redacted(value)
    assert shape(redacted) == before
    assert not {word for word in written if len(word) > 3} & words


def test_equal_values_stay_equal_under_one_key_only() -> None:
    """The same word gives the same hash wherever it stands, and another one under another key."""
    callback = {"senderId": "u1", "chatbotUserId": "u1", "text": {"content": "u1"}, "robot": 7, "other": "7"}
    redacted = Redactor(b"k").redacted(callback)
    assert redacted["senderId"] == redacted["chatbotUserId"] == redacted["text"]["content"] != "u1"
    assert redacted["robot"] == redacted["other"] != "7"
    assert Redactor(b"k").redacted(callback) == redacted
    assert Redactor(b"other").redacted(callback)["senderId"] != redacted["senderId"]


def test_kinds_and_times_stay() -> None:
    """What DingTalk says itself is kept, unless somebody could have written it there."""
    callback = {
        "msgtype": "richText",
        "conversationType": "2",
        "createAt": 1788200002000,
        "isAdmin": True,
        "text": {},
        "content": {"richText": [{"type": "picture"}]},
        "sessionWebhook": "",
        "senderCorpId": None,
    }
    assert Redactor().redacted(callback) == callback
    assert Redactor(b"k").redacted({"msgtype": "我的密码"})["msgtype"].startswith("h")
    assert next(iter(Redactor(b"k").redacted({"我写的": 1}))).startswith("h")
