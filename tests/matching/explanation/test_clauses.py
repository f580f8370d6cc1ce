"""What a test said of a message, in the words of those who read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.catalogue import LANGUAGES
from prx_dingtalk_router.matching import Router, explain
from prx_dingtalk_router.matching.explanation.clauses import because
from prx_dingtalk_router.message import Message

DECLARED = """
list it = ["u1", "u2"]
list ads = ["代开发票", "刷单兼职", "加微信", "秒批", "代写"]
pattern ticket = /(?P<no>[A-Z]{2,5}-\\d+)/
hours office = mon-fri 09:00-18:00 in "Asia/Shanghai"
condition staff = sender in it and not external
"""
SAID = "ＶＰＮ 坏了，找HR看 OPS-42"
CONDITIONS = {
    "always": {},
    'text is "vpn"': {},
    'text is "VPN坏了，找hr看ops-42"': {},
    'text is in ["a", "b"]': {},
    'text contains "vpn"': {},
    'text contains "打印机"': {},
    'text contains ["打印机", "坏了", "vpn"]': {},
    'text contains ["打印机", "复印机"]': {},
    'text contains ["一", "二", "三", "四", "五"]': {},
    "text contains ads": {},
    "quoted contains ads": {"quoted": "代开发票 加微信"},
    'text contains all ["vpn", "坏了"]': {},
    'text contains all ["vpn", "打印机"]': {},
    'text contains word "hr"': {},
    'text contains word "ops"': {},
    'text contains word "op"': {},
    'text starts with "vpn"': {},
    'text starts with "/new"': {},
    'text starts with word "vpn"': {},
    'text starts with word "vp"': {},
    'text ends with "42"': {},
    'text ends with ["谢谢", "多谢"]': {},
    "text matches ticket": {},
    "text matches /打印/i": {},
    "text matches [/打印/, /OPS-\\d+/, /VPN/]": {},
    "quoted matches ticket": {},
    "sender in it": {"sender": "u1"},
    "sender not in it": {"sender": "u1"},
    "not sender in it": {"sender": "u9"},
    'sender is "u9"': {"sender": "", "external": True},
    "staff": {"sender": "u9"},
    "not staff": {"sender": "u1"},
    'sender.name contains "小林"': {},
    'conversation.title contains "IT"': {"group": True, "conversation_title": "行政群"},
    'type is "audio"': {},
    "text is empty": {},
    "quoted is empty": {},
    "quoted is not empty": {},
    "private": {},
    "group": {},
    "not private": {},
    "pictured": {},
    "mentioned": {},
    "admin": {},
    "external": {},
    "during office": {},
    "not during office": {},
    "during mon-fri 18:00-22:00": {},
    "10% of senders": {"sender": "u1003"},
    "73.5% of senders": {"sender": "u1003"},
    "50% of messages": {},
    'group and admin and text contains "x"': {},
    'group or admin or text contains "打印机"': {},
    'private and (admin or text contains "vpn") and not group': {},
    'not (private and text contains "vpn")': {},
    'text contains "a" or text contains "b2" or text contains "c" or text contains "d" or text contains "e"': {},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_test_is_said_in_words(
    router: Callable[..., Router],
    message: Callable[..., Message],
    language: Any,
    snapshot: SnapshotAssertion,
) -> None:
    """Each kind of test where it holds and where it does not: why the rule holds, or why it does not."""
    said = {}
    for condition, given in CONDITIONS.items():
        fields = {name: value for name, value in given.items() if name != "external"}
        routed = router(f"{DECLARED}rule r when {condition} then drop\notherwise drop")
        (answer,) = explain(routed, message(SAID, **fields)).answers
        clause = because(answer.reasons, of_missed=not answer.held)
        mark = "✓" if answer.held else "✗"
        said[condition] = f"{mark} {clause.render(language) if clause is not None else '-'}"
    assert said == snapshot


def test_what_is_long_is_cut(router: Callable[..., Router], message: Callable[..., Message]) -> None:
    """A clause quotes the beginning of a long text and of a long regex, on one line."""
    routed = router(f"rule r when text matches /{'长' * 60}/ then drop\notherwise drop")
    (answer,) = explain(routed, message("第一行\n第二行" * 30)).answers
    clause = because(answer.reasons, of_missed=True)
    assert clause is not None
    assert len(clause.render("zh")) < 120
    assert "\n" not in clause.render("zh")
