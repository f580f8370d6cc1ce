"""The robot's own mention is addressed, not spoken (language.md section 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.message import Message

Read = Callable[..., Message]
BOT = "$:LWCP_v1:$bot"
ALONE = [{"dingtalkId": BOT}]
WITH_OTHERS = [{"dingtalkId": BOT}, {"dingtalkId": "$:LWCP_v1:$u2", "staffId": "u2"}]


@pytest.fixture
def said(read: Read) -> Callable[..., str]:
    """The text of a richText of these items."""

    def run(*items: dict[str, Any], at_users: object = ALONE, robot_name: str = "") -> str:
        content = {"richText": list(items)}
        return read(robot_name, msgtype="richText", text=None, content=content, atUsers=at_users).text

    return run


@pytest.mark.parametrize("robot_name", ["", "小助手", "别的名字"])
@pytest.mark.parametrize(
    "mention",
    [
        {"text": "@小助手"},
        {"text": " ＠小助手\u2005"},
        {"content": "@小助手", "msgType": "text"},
        {"type": "text", "text": "@小助手"},
        {"type": "at", "atName": "小助手", "atUserId": BOT},
        {"type": "at", "atName": "小助手"},
        {"type": "at", "text": "@小助手", "atUserId": "dingexample0001"},
    ],
)
def test_it_is_left_out_wherever_it_stands(
    said: Callable[..., str], mention: dict[str, Any], robot_name: str
) -> None:
    """First, last or in between, by whatever name: the same command means the same from every client."""
    command = {"text": "/server"}
    assert said(mention, command, robot_name=robot_name) == "/server"
    assert said(command, mention, robot_name=robot_name) == "/server"
    assert said({"text": "/ser"}, mention, {"text": "ver"}, robot_name=robot_name) == "/server"
    assert said(mention, robot_name=robot_name) == ""


@pytest.mark.parametrize(
    "at_users",
    [WITH_OTHERS, [], None, "x", [{}], [5], [{"dingtalkId": ""}], [{"dingtalkId": ["x"]}], [*ALONE, "u2"]],
)
def test_where_others_may_be_meant_a_name_stays(said: Callable[..., str], at_users: object) -> None:
    """A text item is somebody's name unless the robot is all that is mentioned."""
    assert said({"text": "/ping"}, {"text": " @小王"}, at_users=at_users) == "/ping @小王"


@pytest.mark.parametrize(
    "words",
    [
        "@小助手 查订单",
        "@小助手/server",
        "@小助手，在吗",
        "小助手",
        "@",
        "@ 小助手",
        "a@b.com",
        "@a@b",
        "@" + "长" * 50,
    ],
)
def test_an_item_with_more_than_a_name_is_words(said: Callable[..., str], words: str) -> None:
    """Nothing that was said goes with the mention."""
    assert said({"text": "请"}, {"text": words}) == f"请{words}"


def test_a_configured_name_may_hold_blanks(said: Callable[..., str]) -> None:
    """A mention by a name of two words is known by the configuration alone."""
    assert said({"text": "a"}, {"text": "@IT Help"}, robot_name="IT Help") == "a"


def test_who_is_mentioned_may_be_json_in_a_string(said: Callable[..., str]) -> None:
    """``atUsers`` is read as leniently as bodies are."""
    assert (
        said({"text": "@小助手"}, {"text": "/server"}, at_users='[{"dingtalkId": "$:LWCP_v1:$bot"}]')
        == "/server"
    )


def test_in_a_quote_only_the_robots_own_item_is_left_out(read: Read) -> None:
    """Who this message mentions says nothing about the one that it answers."""
    items = [
        {"type": "at", "atName": "小助手", "atUserId": BOT},
        {"text": "@小王"},
        {"type": "at", "atName": "张三", "atUserId": "u2"},
        {"text": " 看"},
    ]
    replied = {"msgType": "richText", "content": {"richText": items}}
    message = read("", text={"content": "x", "repliedMsg": replied}, atUsers=ALONE)
    assert message.quoted == "@小王@张三 看"
