"""Which named conditions a message fulfils (interfaces.md section 1, ``test --coverage``)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.matching import Router, named_conditions
from prx_dingtalk_router.matching.coverage import Reached
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


@pytest.mark.parametrize(
    ("said", "conditions", "held"),
    [("vpn", {"vpn", "both"}, {"a"}), ("vpn 报销", {"vpn", "pay"}, {"b"}), ("x", set(), set())],
)
def test_those_that_hold_are_told(
    router: Callable[..., Router],
    message: Callable[..., Message],
    said: str,
    conditions: set[str],
    held: set[str],
) -> None:
    """Also within another one, and where the rule does not take the message; only of rules that were asked."""
    reached = Reached()
    router(RULES).decide(message(said), reached)
    assert (reached.conditions, reached.held) == (conditions, held)
    assert [rule.name for rule in reached.rules] == (["a"] if "a" in held else ["a", "b"])
