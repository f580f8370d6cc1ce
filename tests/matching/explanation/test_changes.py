"""What to change for a rule to hold, and that it then does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.catalogue import LANGUAGES
from prx_dingtalk_router.matching import Router, explain
from prx_dingtalk_router.matching.explanation.advice import advice, written
from prx_dingtalk_router.matching.explanation.changes import changed
from prx_dingtalk_router.message import Message

DECLARED = """
list it = ["u1", "u2"]
list ads = ["代开发票", "刷单兼职"]
hours office = mon-fri 09:00-18:00 in "Asia/Shanghai"
condition staff = sender in it and private
"""
SAID = "ＶＰＮ 的帐号登不上"
CONDITIONS = (
    'text contains "账号"',
    'text contains ["打印机", "复印机"]',
    "text contains ads",
    'text is "vpn的帐号登不上。"',
    'text is "vpn"',
    'text starts with "帐号"',
    'text contains word "vp"',
    'text contains all ["vpn", "密码"]',
    'text contains all ["密码", "锁"]',
    "text matches /vpn/",
    "text matches /打印/",
    "sender in it",
    "sender not in outsiders",
    'sender is not "u7"',
    'not text contains ["vpn", "内网"]',
    'private and text contains "vpn" and group',
    "not private",
    "text is empty",
    "during office",
    'not during office and text contains "vpn" and during office',
    "10% of senders",
    "staff",
    'group and text contains "打印机"',
    'group or text contains "打印机"',
    'quoted contains "打印机"',
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_change_is_said_in_words(
    router: Callable[..., Router], message: Callable[..., Message], language: Any, snapshot: SnapshotAssertion
) -> None:
    """The literal, the flag, the entry of a list, or nothing where several parts fail."""
    said = {}
    for condition in CONDITIONS:
        lists = DECLARED + 'list outsiders = ["u7", "u8"]\n'
        routed = router(f"{lists}rule r when {condition} then drop\notherwise drop")
        asked = message(SAID, sender="u7", at="2026-01-07 20:00")
        (answer,) = explain(routed, asked).answers
        said[condition] = [advice(each).render(language) for each in answer.changes] or answer.held
    assert said == snapshot


def test_a_literal_is_written_as_rules_take_it(
    router: Callable[..., Router], message: Callable[..., Message]
) -> None:
    """Quotation marks and backslashes are escaped, so that what is told can be typed; the rule then takes the message."""
    asked = message('say "hi\\there"')
    (answer,) = explain(router('rule r when text is "x" then drop\notherwise drop'), asked).answers
    (change,) = answer.changes
    new = written(change.test)
    assert new == r'text is in ["x", "say \"hi\\there\""]'
    assert router(f"rule r when {new} then drop\notherwise drop").decide(asked).by == "r"


def test_an_entry_of_a_list_counts_wherever_the_list_is_used(
    router: Callable[..., Router], message: Callable[..., Message]
) -> None:
    """An entry that would make one part hold and break another is no advice."""
    rules = 'list names = ["a1", "b2"]\nrule r when sender in names and not conversation in names then drop\notherwise drop'
    assert explain(router(rules), message(sender="c3", conversation="cid")).answers[0].changes != ()
    assert explain(router(rules), message(sender="c3", conversation="c3")).answers[0].changes == ()


def test_a_change_is_made_everywhere(router: Callable[..., Router], message: Callable[..., Message]) -> None:
    """What is asked twice is changed in both places."""
    rules = 'rule r when (group and text contains "x") or (group and admin) then drop\notherwise drop'
    (answer,) = explain(router(rules), message("x")).answers
    (change,) = answer.changes
    assert "group" not in str(changed(answer.rule.condition, change))
