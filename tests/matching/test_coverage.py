"""Which named conditions a message fulfils (interfaces.md section 1, ``test --coverage``)."""

from __future__ import annotations

from collections.abc import Callable

from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.matching import Router, named_conditions
from prx_dingtalk_router.matching.coverage import conditions_held
from prx_dingtalk_router.message import Message

RULES = """condition vpn = text contains "vpn"
condition pay = text contains "报销"
condition both = vpn and not pay
rule a when both or group then drop
rule b when pay then drop
"""


def test_conditions_are_listed_once_with_those_within(router: Callable[..., Router]) -> None:
    """In the order in which rules come to them."""
    assert named_conditions(router(RULES).rules.rules) == ("both", "vpn", "pay")


def test_those_that_hold_are_told(router: Callable[..., Router], message: Callable[..., Message]) -> None:
    """Also within another one, and where the rule does not take the message; only of rules that were asked."""
    rules = router(RULES).rules.rules
    assert conditions_held(rules, MessageView(message("vpn"))) == {"vpn", "both"}
    assert conditions_held(rules, MessageView(message("vpn 报销"))) == {"vpn", "pay"}
    assert conditions_held(rules[1:], MessageView(message("vpn"))) == frozenset()
