"""Forwarded records (dingtalk-cards-media.md section 6.6)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.message import Message
from prx_dingtalk_router.message.records import MAX_CHARACTERS, MAX_ENTRIES

Read = Callable[..., Message]

SUMMARY = ["小林:镜像要换", "小王:好的"]
ENTRIES = [
    {"senderNick": "小林", "msgType": "text", "content": "镜像要换"},
    {"senderName": "小王", "msgType": "text", "text": "好的"},
]
LINES = "小林: 镜像要换\n小王: 好的"


@pytest.fixture
def forwarded(read: Read) -> Callable[[object], Message]:
    """Read a record with this content."""
    return lambda content: read(msgtype="chatRecord", text=None, content=content)


def dumped(value: object) -> str:
    """JSON as DingTalk writes it."""
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    "content",
    [
        {
            "title": "聊天记录",
            "summary": dumped(SUMMARY),
            "chatRecord": dumped([{"senderId": "$:a", "content": "?"}]),
        },
        {"summary": SUMMARY},
        {"summary": "小林: 镜像要换\n小王：好的\n"},
        {"summary": dumped(ENTRIES)},
        dumped({"summary": dumped(SUMMARY)}),
        {"chatRecord": dumped(ENTRIES)},
        {"chatRecord": ENTRIES, "summary": "[]"},
        {"chatRecord": ENTRIES, "summary": dumped(["", " "])},
        {"chatRecord": ENTRIES, "summary": '["小林:镜'},
        {"records": [dumped(each) for each in ENTRIES]},
        {"messages": ENTRIES},
        {"contents": ENTRIES},
        {"records": [*ENTRIES, {"senderNick": "小李", "msgType": "unknownMsgType"}, 5, None, {}]},
    ],
)
def test_the_lines_of_a_record_are_its_words(forwarded: Callable[[object], Message], content: object) -> None:
    """``sender: words``, one a line, in order: of the summary, else of the entries."""
    message = forwarded(content)
    assert (message.text, message.type) == (LINES, "chatRecord")


def test_entries_are_read_as_messages_are(forwarded: Callable[[object], Message]) -> None:
    """Voice, richText, cards and records within records say what they would have said by themselves."""
    entries: list[dict[str, Any]] = [
        {
            "senderNick": "A",
            "msgType": "audio",
            "content": {"recognition": "重启", "downloadCode": "dcSECRET"},
        },
        {
            "senderNick": "B",
            "msgType": "richText",
            "content": {"richText": [{"text": "看"}, {"type": "picture"}]},
        },
        {"senderNick": "C", "msgType": "picture", "content": {"downloadCode": "dcSECRET"}},
        {"senderNick": "D", "msgType": "interactiveCard", "content": {"cardContent": [{"value": "卡片"}]}},
        {"senderNick": "E", "msgType": "chatRecord", "content": {"chatRecord": dumped(ENTRIES)}},
        {"senderId": "$:LWCP_v1:$x", "msgType": "text", "content": "谁"},
        {"senderId": "u7", "content": "我"},
    ]
    assert forwarded({"chatRecord": dumped(entries)}).text == (
        f"A: 重启\nB: 看\nD: 卡片\nE: {LINES}\n谁\nu7: 我"
    )


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("12:30 开会", "12:30 开会"),
        ("https://example.com/a", "https://example.com/a"),
        ("[图片]", "[图片]"),
        ("小林:", "小林:"),
        ("小林:看 https://example.com", "小林: 看 https://example.com"),
        ("小林:a\nb", "小林: a\nb"),
    ],
)
def test_a_line_without_a_sender_is_left_as_it_is(
    forwarded: Callable[[object], Message], line: str, shown: str
) -> None:
    """Times and addresses have colons too."""
    assert forwarded({"summary": [line]}).text == shown


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"title": "t", "summary": "[]", "chatRecord": "[]"}, ""),
        ({"summary": "[]", "chatRecord": "[]"}, ""),
        ({"chatRecord": "[{"}, ""),
        ({"title": "小林和小王的聊天记录"}, "小林和小王的聊天记录"),
        ({}, ""),
        (None, ""),
        ({"summary": 5, "chatRecord": {"a": 1}}, ""),
    ],
)
def test_an_empty_record_is_an_empty_text(
    forwarded: Callable[[object], Message], content: object, text: str
) -> None:
    """Only a record that came without any lines says its title."""
    assert forwarded(content).text == text


def test_a_quoted_record_is_read_the_same_way(read: Read) -> None:
    """What is quoted of a record is what its text would have been."""
    replied = {"msgType": "chatRecord", "content": {"title": "t", "summary": dumped(SUMMARY)}}
    assert read(text={"content": "x", "repliedMsg": replied}).quoted == LINES


def test_a_long_record_is_bounded(forwarded: Callable[[object], Message]) -> None:
    """At most a hundred entries and twenty thousand characters, and records in records end at the third."""
    assert len(forwarded({"summary": ["a:b"] * 200}).text.splitlines()) == MAX_ENTRIES
    assert len(forwarded({"chatRecord": [{"content": "长" * MAX_CHARACTERS}] * 2}).text) == MAX_CHARACTERS
    nested: Any = [{"content": "深"}]
    for _ in range(300):
        nested = [{"msgType": "chatRecord", "content": {"chatRecord": nested}}, {"content": "浅"}]
    assert forwarded({"chatRecord": nested}).text == "浅\n浅\n浅"
