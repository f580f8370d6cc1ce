"""Why a message went where it went (interfaces.md section 1, ``explain``)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.matching import Router, explain, trace_json
from prx_dingtalk_router.message import Message

MakeRouter = Callable[..., Router]
MakeMessage = Callable[..., Message]

RULES = """
condition office = during mon-fri 09:00-18:00
rule a "first" when group and text contains "x" then drop
rule s shadow when office then drop
rule b when (private and not text matches /z+/) or admin then drop
rule c when always then drop
"""


def test_explaining_decides_as_deciding_does(router: MakeRouter, message: MakeMessage) -> None:
    """What is shown is what happens."""
    routed = router(RULES)
    for seen in (message("x"), message("z"), message("x", group=True)):
        assert explain(routed, seen).decision == routed.decide(seen)


def test_every_rule_up_to_the_taking_one_is_told_with_its_tests(
    router: MakeRouter, message: MakeMessage
) -> None:
    """Each test with its value on this message and what it looked at."""
    trace = trace_json(explain(router(RULES), message("Ｘ y")))
    assert [(each["rule"], each["held"], each["shadow"]) for each in trace] == [
        ("a", False, False),
        ("s", True, True),
        ("b", True, False),
    ]
    assert trace[0]["description"] == "first"
    assert trace[0]["failed"] == "group"
    assert [(test["text"], test["value"], test["seen"]) for test in trace[0]["conditions"]] == [
        ("group", False, None),
        ('text contains "x"', True, "x y"),
    ]
    assert [(test["text"], test["value"]) for test in trace[2]["conditions"]] == [
        ("private", True),
        ("not text matches /z+/", True),
        ("admin", False),
    ]
    assert trace[2]["failed"] is None


@pytest.mark.parametrize(
    ("condition", "failed"),
    [
        ("group and admin", "group"),
        ("private and admin", "admin"),
        ("group or admin", "group or admin"),
        ("private and (group or admin) and mentioned", "group or admin"),
        ("group or (private and admin)", "group or (private and admin)"),
        ("(private and (private and group))", "group"),
        ("not private", "not private"),
        ("never", "never"),
    ],
)
def test_the_part_that_fails_is_the_first_without_which_nothing_holds(
    router: MakeRouter, message: MakeMessage, condition: str, failed: str
) -> None:
    """Of ``and`` the first part that does not hold; an ``or`` fails as a whole."""
    rules = f"condition never = group and admin\nrule a when {condition} then drop\notherwise drop"
    trace = trace_json(explain(router(rules), message()))
    assert trace[0]["failed"] == failed


def test_a_trace_says_where_rules_stand(router: MakeRouter, message: MakeMessage) -> None:
    """File and line of each."""
    trace = trace_json(explain(router(RULES), message()))
    assert trace[0]["line"] == 3
    assert trace[0]["file"].endswith("main.rules")


def test_messages_that_no_rule_sees_have_no_trace(router: MakeRouter, message: MakeMessage) -> None:
    """Denied ones and notices ask no rule."""
    assert trace_json(explain(router(RULES), message(sender="", sender_id=""))) == []
    assert trace_json(explain(router(RULES), message(notice="own"))) == []
