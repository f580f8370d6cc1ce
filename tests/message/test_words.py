"""The words of a body by its type, and what can never be among them (language.md section 4)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.errors import MessageError
from prx_dingtalk_router.message import Message, read_message
from prx_dingtalk_router.message.callback import BotCallback

MANY = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
Read = Callable[..., Message]


@pytest.mark.parametrize(
    ("msgtype", "content", "words"),
    [
        ("audio", {"recognition": "重启服务器", "duration": 4000, "downloadCode": "dc"}, "重启服务器"),
        ("audio", {"duration": "4000"}, ""),
        ("markdown", {"title": "标题", "text": "**正文**"}, "**正文**"),
        ("markdown", {"content": "正文"}, "正文"),
        ("actionCard", {"title": "标题", "text": "正文", "actionUrlItemList": [{"title": "去"}]}, "正文"),
        ("reply", {"text": "正文"}, "正文"),
        ("reply", '{"text": "正文"}', "正文"),
        ("reply", {"content": "引用的", "text": "正文"}, "正文"),
        ("markdown", "正文", "正文"),
        ("text", {"content": "正文"}, "正文"),
        ("interactiveCard", {"cardContent": [{"elementType": "TEXT", "value": "正文"}]}, "正文"),
        ("interactiveCard", [{"elementType": "TEXT", "value": "正文"}], "正文"),
        ("markdown", {"cardContent": [{"elementType": "TEXT", "value": "正文"}]}, "正文"),
        ("markdown", {"title": "标题"}, ""),
        ("richText", {"richText": '[{"text": "正文"}]'}, "正文"),
        ("richText", [{"text": "正"}, {"text": "文"}], "正文"),
        (None, {"richText": [{"text": "正文"}]}, "正文"),
        (None, {"recognition": "正文"}, "正文"),
        ("RICHTEXT", {"richText": [{"text": "正文"}]}, "正文"),
        ("emoji", {"text": "正文"}, ""),
    ],
)
def test_a_message_and_a_quote_of_it_say_the_same(
    read: Read, msgtype: str | None, content: object, words: str
) -> None:
    """One reader: ``quoted`` is what ``text`` would have been for the quoted message."""
    assert read(msgtype=msgtype, text=None, content=content).text == words
    replied = {"msgType": msgtype, "msgId": "o1", "content": content}
    assert read(text={"content": "x", "repliedMsg": replied}).quoted == words
    assert read(text={"content": "x", "repliedMsg": json.dumps(replied)}).quoted == words
    assert read(quoteMessage={"msgtype": msgtype, "content": content}).quoted == words


@pytest.mark.parametrize("msgtype", ["markdown", "actionCard", "reply"])
def test_the_body_of_these_may_sit_in_text(read: Read, msgtype: str) -> None:
    """``text.content`` holds it for some clients."""
    assert read(msgtype=msgtype, text={"content": "正文"}, content={"title": "t"}).text == "正文"


# ---- what no body can do

SECRET = "dcSECRET"
WORDS = st.sampled_from(["好的", "小林:好的", "[]", "", " ", "1", "null", "@小助手", "{", '["'])
TYPES = st.sampled_from(
    "text richText audio picture file markdown actionCard reply interactiveCard chatRecord unknownMsgType".split()
)
KEYS = st.sampled_from(
    "content text richText recognition title summary chatRecord records repliedMsg quoteMessage quoteContent cardContent "
    "cardData cardParamMap children value elementType type atName atUserId senderNick markdown fileName".split()
)


def with_codes(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Lists, objects and JSON in strings; the objects may hold a download code, deep inside something too."""
    codes = st.sampled_from([SECRET, [SECRET], {"text": SECRET}, {"content": [SECRET]}, f"x{SECRET}\"'"])
    names = st.sampled_from(["downloadCode", "pictureDownloadCode", "DOWNLOADCODE", "download_code"])
    plain = st.dictionaries(KEYS, inner, max_size=3)
    objects = plain | st.builds(lambda fields, kind: {**fields, "msgType": kind}, plain, TYPES)
    coded = st.builds(lambda fields, name, code: {**fields, name: code}, objects, names, codes)
    structures = objects | coded | st.lists(inner | coded, max_size=3)
    return structures | structures.map(json.dumps) | structures.map(lambda value: json.dumps(value)[:-1])


BODIES = st.recursive(
    WORDS | st.none() | st.booleans() | st.integers() | st.floats(), with_codes, max_leaves=10
)
CALLBACKS = st.fixed_dictionaries(
    {"msgId": st.just("m"), "msgtype": TYPES | st.just("")},
    optional={
        **dict.fromkeys(["text", "content", "repliedMsg", "quoteMessage", "atUsers"], BODIES),
        "chatbotUserId": st.just("bot"),
    },
)


@MANY
@given(CALLBACKS, BODIES)
def test_any_body_gives_words_and_never_a_download_code(callback: dict[str, Any], quoted: Any) -> None:
    """Whatever stands in a body or a quote, the message is read, and no code is in what rules and agents see."""
    for payload in (callback, callback | {"text": {"content": "x", "repliedMsg": quoted}}):
        message = read_message(payload, received_ms=1, robot_name="小助手")
        for seen in (message.text, message.quoted):
            assert SECRET not in seen
            seen.encode()
        assert message.pictures >= 0


NUMBERS = (
    st.integers()
    | st.floats()
    | st.sampled_from([0, 308, 309, 400, 4299, 4300, 5000]).map(lambda power: 10**power)
    | st.sampled_from([-(10**400), float("inf"), float("-inf"), float("nan"), 1e300, -0.0])
)


@MANY
@given(st.data(), NUMBERS)
def test_a_number_of_any_size_in_any_place_is_read_or_refused(data: st.DataObject, number: float) -> None:
    """No number costs more than its message, and whatever is read can be stored."""
    field = data.draw(st.sampled_from(sorted(BotCallback.__struct_fields__)))
    wrap = data.draw(
        st.sampled_from(
            [lambda n: n, lambda n: [n], lambda n: {"content": n}, lambda n: {"richText": [n, {"text": n}]}]
        )
    )
    payload = {"msgId": "m", "senderStaffId": "u", "text": {"content": "x"}, field: wrap(number)}
    refusal = ""
    try:
        message = read_message(payload, received_ms=1)
        assert message.created_at.tzinfo is not None
        repr(message).encode()
    except MessageError as problem:
        refusal = str(problem)
    assert not refusal or f"`{field}`" in refusal
