"""Quoted cards: what a person sees of them (dingtalk-cards-media.md section 6.4)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.message import Message

Read = Callable[..., Message]


def text(value: object) -> dict[str, Any]:
    """An element that shows a text."""
    return {"elementType": "TEXT", "value": value}


def element(kind: str, *children: object, **more: object) -> dict[str, Any]:
    """An element that holds others."""
    return {"elementType": kind, "children": list(children), **more}


@pytest.fixture
def quoted(read: Read) -> Callable[[object], str]:
    """What is quoted of a card with this content."""

    def run(content: object, msg_type: str = "interactiveCard") -> str:
        replied = {"msgType": msg_type, "msgId": "o1", "senderId": "$:LWCP_v1:$bot", "content": content}
        return read(text={"content": "x", "isReplyMsg": True, "repliedMsg": replied}).quoted

    return run


TREE = element("ROOT", text("订单 42"), element("CONTAINER", text("已发货")))
LINES = "订单 42\n已发货"


@pytest.mark.parametrize(
    "content",
    [
        {"cardContent": TREE},
        {"cardContent": [text("订单 42"), text("已发货")]},
        {"cardContent": [element("RICHTEXT", text("订单 42")), element("RICHTEXT", text("已发货"))]},
        {"cardContent": json.dumps(TREE)},
        {"cardContent": json.dumps([TREE])},
        json.dumps({"cardContent": TREE}),
        json.dumps({"cardContent": json.dumps(TREE)}),
        TREE,
        json.dumps([TREE]),
        {"cardContent": {**text("订单 42"), "children": [text("已发货")]}},
        {"cardContent": element("ROOT", json.dumps(text("订单 42")), "已发货")},
        {"cardContent": {"elementType": "ROOT", "children": json.dumps(TREE["children"])}},
        {"cardContent": [text(" 订单 42\n"), text("   "), text(None), text("已发货")]},
        {
            "cardContent": [
                {"elementType": "MARKDOWN", "text": "订单 42"},
                {"elementType": "LINK", "value": "已发货"},
            ]
        },
    ],
)
def test_the_texts_of_the_tree_stand_one_a_line(quoted: Callable[[object], str], content: object) -> None:
    """In document order, each element's text on a line of its own, however the tree is wrapped."""
    assert quoted(content) == LINES


def test_what_nobody_sees_is_left_out(quoted: Callable[[object], str]) -> None:
    """Layout, pictures, hidden elements, keys, ids and JSON are no words."""
    assert (
        quoted(
            {
                "cardContent": element(
                    "ROOT",
                    element("UNKNOWN", text("正文"), value="row-1"),
                    {"elementType": "IMAGE", "value": "@lALPabcdefgh", "downloadCode": "dcSECRET"},
                    element("CONTAINER", text("hidden"), visible=False),
                    text('{"key": 1}'),
                    text(42),
                    text(True),
                    id="e1",
                )
            }
        )
        == "正文\n42"
    )


@pytest.mark.parametrize("wrapped", [lambda value: value, json.dumps])
def test_without_a_tree_the_values_of_the_parameters_count(
    quoted: Callable[[object], str], wrapped: Callable[[object], object]
) -> None:
    """What a template shows, in order; state, ids, addresses and lists are not what a person reads."""
    parameters = {
        "title": "审批",
        "flowStatus": "3",
        "content": "请假 3 天\n周一起",
        "msgId": "msg1",
        "photoUrl": "a.png",
        "link": "https://example.com/x",
        "done": "true",
        "rows": '[{"name": "x"}]',
        "downloadCode": "dcSECRET",
        "picture": "@lALPDtXaA7n1abcd",
        "sys_full_json_obj": "x",
    }
    shown = "审批\n请假 3 天\n周一起"
    assert quoted({"cardData": wrapped({"cardParamMap": wrapped(parameters)})}) == shown
    assert quoted({"cardParamMap": wrapped(parameters), "title": "t"}) == shown


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"title": "周报"}, "周报"),
        ({"cardContent": [], "cardParamMap": {"flowStatus": "1"}, "title": "周报"}, "周报"),
        ({"text": "正文", "title": "周报"}, "正文"),
        ("正文", "正文"),
        ({}, ""),
        (None, ""),
        ({"biz_custom_action_url": "dingtalk://x?spaceId=1&fileId=2"}, ""),
        ({"cardContent": 5, "cardParamMap": [1], "title": ["x"]}, ""),
    ],
)
def test_a_card_without_either_says_its_title(
    quoted: Callable[[object], str], content: object, words: str
) -> None:
    """Else its plain text or its title, and nothing where there is neither."""
    assert quoted(content) == words


def test_a_card_of_thousands_of_levels_is_read(quoted: Callable[[object], str]) -> None:
    """Depth costs nothing but time."""
    tree: Any = text("底")
    for _ in range(5_000):
        tree = {"elementType": "CONTAINER", "children": [tree]}
    assert quoted({"cardContent": tree}) == "底"
