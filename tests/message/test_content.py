"""What a callback says, by message type, and what it quotes (language.md section 4)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.message import Message
from prx_dingtalk_router.message.callback import read_callback
from prx_dingtalk_router.message.content import (
    content_of,
    file_name,
    own_mention,
    pictures,
    quoted_text,
    received_text,
)

Read = Callable[..., Message]


def rich(*items: Any) -> dict[str, Any]:
    """The fields of a richText callback."""
    return {"msgtype": "richText", "text": None, "content": {"richText": list(items)}}


PICTURE = {"type": "picture", "downloadCode": "dc1", "pictureDownloadCode": "pdc1"}


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([{"text": "look "}, {"text": "here"}], "look here"),
        ([{"text": "look "}, PICTURE, {"text": "at this"}], "look \nat this"),
        ([{"text": "a"}, PICTURE, PICTURE, {"text": "b"}], "a\nb"),
        ([PICTURE, {"text": "after"}], "after"),
        ([{"text": "before"}, PICTURE], "before"),
        ([PICTURE], ""),
        ([{"type": "at", "atName": "张三", "atUserId": "u2"}, {"text": " 请看"}], "@张三 请看"),
        ([{"type": "at", "atName": "@张三", "atUserId": "u2"}, {"text": "请看"}], "@张三请看"),
        ([{"type": "at", "atName": "小助手", "atUserId": "x"}, {"text": " 你好"}], "你好"),
        ([{"type": "at", "atName": "改名了", "atUserId": "$:LWCP_v1:$bot"}, {"text": "你好"}], "你好"),
        ([{"type": "at", "atName": "改名了", "atUserId": "dingexample0001"}, {"text": "你好"}], "你好"),
        ([{"type": "text", "text": "typed"}, {"type": "emotion", "name": "x"}], "typed"),
        (["not an item", 5, None, {"text": 7}, {"text": "kept"}], "kept"),
        ([], ""),
    ],
)
def test_rich_text_is_joined(read: Read, items: list[Any], expected: str) -> None:
    """Texts are joined with nothing between, a picture between two is a line break, the robot's mention is left out."""
    assert read(**rich(*items)).text == expected


@pytest.mark.parametrize("items", [None, "text", {"text": "x"}, 5])
def test_odd_rich_text_is_empty(read: Read, items: object) -> None:
    """A richText without a list of items says nothing, and is still a message."""
    assert read(msgtype="richText", text=None, content={"richText": items}).text == ""


@pytest.mark.parametrize("kind", ["picture", "video", "file", "audio", "unknownMsgType", "link"])
def test_other_types_have_no_text(read: Read, kind: str) -> None:
    """Nothing is read out of types that carry none; the type is kept for rules."""
    message = read(msgtype=kind, content={"downloadCode": "dc", "content": "x", "unknownMsgType": "y"})
    assert (message.text, message.type) == ("", kind)


def test_a_file_has_its_name(read: Read) -> None:
    """``file.name`` is set for files only."""
    content = {"downloadCode": "dc5", "fileName": "report.pdf"}
    assert read(msgtype="file", text=None, content=content).file_name == "report.pdf"
    assert read(msgtype="picture", text=None, content=content).file_name == ""


def test_content_may_be_json_in_a_string(read: Read) -> None:
    """Some clients deliver ``content`` as JSON text."""
    assert read(msgtype="file", text=None, content='{"fileName":"报表.xlsx"}').file_name == "报表.xlsx"


def test_content_may_be_the_text_itself(read: Read) -> None:
    """The sample of HTTP mode puts the text there."""
    assert read(text=None, content="hello").text == "hello"


@pytest.mark.parametrize(
    ("received", "shown"),
    [
        ("@小助手 重启", "重启"),
        ("@小助手重启", "重启"),
        ("\u3000＠小助手\u2005重启\u200b", "重启"),
        ("@小助手", ""),
        ("@别人 重启", "@别人 重启"),
        ("请 @小助手 重启", "请 @小助手 重启"),
        ("\u00a0 a  b \ufeff", "a  b"),
    ],
)
def test_the_shown_text_is_without_the_robots_mention(read: Read, received: str, shown: str) -> None:
    """A leading mention of the robot and blanks at both ends are cut; nothing else is touched."""
    assert read(text={"content": received}).text == shown


def test_without_a_robot_name_no_mention_is_cut(read: Read) -> None:
    """An unconfigured name cuts nothing."""
    assert read(robot_name="", text={"content": "@小助手 重启"}).text == "@小助手 重启"


# ---- pictures


@pytest.mark.parametrize(
    ("fields", "pictures"),
    [
        ({}, 0),
        ({"msgtype": "picture", "content": {"downloadCode": "dc"}}, 1),
        ({"msgtype": "picture", "content": None}, 1),
        (rich(PICTURE), 1),
        (rich({"text": "a"}, PICTURE, {"text": "b"}, PICTURE), 2),
        (rich({"text": "a"}, {"msgType": "picture", "downloadCode": "dc"}), 1),
        (rich({"downloadCode": "dc", "pictureDownloadCode": "pdc"}), 1),
        (rich({"text": "a"}, {"type": "emoji", "text": "b"}), 0),
        ({"msgtype": "richText", "content": '{"richText": [{"type": "picture", "downloadCode": "dc"}]}'}, 1),
        ({"msgtype": "RICHTEXT", "content": {"richText": [PICTURE]}}, 1),
        ({"msgtype": "Picture", "content": {}}, 1),
        ({"msgtype": "richText", "content": [PICTURE, {"text": "a"}]}, 1),
        ({"msgtype": "file", "content": {"richText": [PICTURE]}}, 0),
        ({"text": {"content": "x", "repliedMsg": {"msgType": "picture", "content": {}}}}, 0),
    ],
)
def test_the_pictures_of_the_message_itself_are_counted(
    read: Read, fields: dict[str, Any], pictures: int
) -> None:
    """A picture is one, a richText has as many as its items; what is quoted is somebody else's."""
    message = read(**fields)
    assert (message.pictures, message.pictured) == (pictures, pictures > 0)


# ---- quotes


@pytest.mark.parametrize(
    ("replied", "quoted"),
    [
        ({"msgType": "text", "content": {"text": "deploy failed"}}, "deploy failed"),
        ({"msgType": "text", "content": {"content": "deploy failed"}}, "deploy failed"),
        ({"msgType": "text", "content": "deploy failed"}, "deploy failed"),
        (
            {
                "msgType": "richText",
                "content": {"richText": [{"content": "a"}, {"text": "b"}, {"downloadCode": "c"}]},
            },
            "ab",
        ),
        ({"msgType": "file", "content": {"fileName": "x", "downloadCode": "c"}}, ""),
        ({"msgType": "text"}, ""),
        ({"content": ["odd"]}, ""),
    ],
)
def test_a_quote_is_read(read: Read, replied: dict[str, Any], quoted: str) -> None:
    """The text of the message that is answered stands apart from the new text."""
    message = read(text={"content": "why?", "isReplyMsg": True, "repliedMsg": replied})
    assert (message.text, message.quoted) == ("why?", quoted)


REPLIED = {"msgType": "text", "content": {"text": "old"}}


@pytest.mark.parametrize(
    "fields",
    [
        {"text": {"content": "why?", "isReplyMsg": True, "repliedMsg": REPLIED}},
        {"text": {"content": "why?", "repliedMsg": json.dumps(REPLIED)}},
        {"text": {"content": "why?", "repliedMsg": REPLIED | {"content": json.dumps(REPLIED["content"])}}},
        {"text": {"content": "why?", "repliedMsg": json.dumps(json.dumps(REPLIED))}},
        {"text": {"content": "why?", "repliedMsg": "old"}},
        {"text": json.dumps({"content": "why?", "repliedMsg": REPLIED})},
        {"text": {"content": "why?"}, "content": {"repliedMsg": REPLIED}},
        {"text": {"content": "why?"}, "content": json.dumps({"repliedMsg": REPLIED})},
        {"text": {"content": "why?"}, "repliedMsg": REPLIED},
        {"text": {"content": "why?"}, "quoteMessage": {"msgtype": "text", "text": {"content": "old"}}},
        {"text": {"content": "why?"}, "quoteMessage": {"msgtype": "text", "content": {"text": "old"}}},
        {"text": {"content": "why?"}, "quoteMessage": json.dumps({"text": {"content": "old"}})},
        {"text": {"content": "why?"}, "quoteMessage": "old"},
        {"text": {"content": "why?"}, "content": {"quoteContent": "old"}},
        {
            "text": {"content": "why?", "repliedMsg": {"msgId": "m"}},
            "quoteMessage": {"text": {"content": "old"}},
        },
        rich({"text": "why?"}) | {"repliedMsg": REPLIED},
        {"msgtype": "richText", "content": {"richText": [{"text": "why?"}], "repliedMsg": REPLIED}},
    ],
)
def test_a_quote_is_found_wherever_it_sits(read: Read, fields: dict[str, Any]) -> None:
    """In ``text``, in ``content`` or beside them, as an object or as JSON in a string, or in its older spellings."""
    message = read(**fields)
    assert (message.text, message.quoted) == ("why?", "old")


def test_what_is_no_json_object_stays_the_words(read: Read) -> None:
    """A quote that only looks like JSON is quoted as it was written."""
    for written in ("{old", "[1, 2]", '"old"', "{}x", "12"):
        assert read(text={"content": "x", "repliedMsg": {"content": written}}).quoted == written


def test_a_quote_of_rich_text_sits_in_content(read: Read) -> None:
    """For richText the quoted message is in ``content``."""
    fields = rich({"text": "why?"})
    fields["content"] |= {"isReplyMsg": True, "repliedMsg": {"content": {"text": "old"}}}
    message = read(**fields)
    assert (message.text, message.quoted) == ("why?", "old")


def test_the_items_of_a_quote_may_be_all_of_its_content(read: Read) -> None:
    """A richText whose content is the list itself, as JSON in a string."""
    items = json.dumps([{"msgType": "picture", "downloadCode": "dcSECRET"}, {"content": "a"}, {"text": "b"}])
    replied = {"msgType": "richText", "content": items}
    assert read(text={"content": "x", "repliedMsg": replied}).quoted == "ab"


def test_the_legacy_spelling_of_a_quote_is_read(read: Read) -> None:
    """``quoteMessage`` counts where there is no ``repliedMsg``."""
    assert read(quoteMessage={"msgtype": "text", "content": {"text": "old"}}).quoted == "old"


@pytest.mark.parametrize("odd", [[1], 5, True, "plain words", {"content": 5}])
def test_an_odd_quote_does_not_cost_the_message(read: Read, odd: object) -> None:
    """A quote that cannot be made out leaves the new text as it is."""
    assert read(quoteMessage=odd).text == "status"
    assert read(text={"content": "status", "repliedMsg": odd}).text == "status"


WORDS = st.sampled_from(["", " ", "hi", "重置 密码", "half \ud800", '{"downloadCode":"dc"}', "@小助手 你好"])
ODD = st.none() | st.dictionaries(
    st.sampled_from(["content", "text", "richText", "quoteMessage"]), WORDS, max_size=2
)


@given(
    st.sampled_from(["text", "TEXT", "", "richText", "file", "picture"]),
    st.fixed_dictionaries({}, optional={"content": WORDS, "text": WORDS, "isReplyMsg": st.booleans()}),
    st.fixed_dictionaries({}, optional={"content": ODD, "repliedMsg": ODD, "quoteMessage": ODD}),
)
def test_what_is_told_at_once_is_what_is_looked_for(msgtype: str, text: Any, more: Any) -> None:
    """A text that holds nothing else says what it says when everything is looked for."""
    callback = read_callback({"msgId": "m", "msgtype": msgtype, "text": text} | more)
    own = own_mention(callback, "小助手")
    looked_for = (
        received_text(callback, own),
        quoted_text(callback, own),
        file_name(callback),
        pictures(callback),
    )
    assert content_of(callback, "小助手") == looked_for
