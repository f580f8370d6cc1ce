"""What tests reach: rules, and both ways of every single test in their conditions (language.md section 9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language.ruleset import Condition, Named
from prx_dingtalk_router.language.semantics.evaluate import holds
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.source import Home, Source
from prx_dingtalk_router.matching import Baseline, Coverage, Router
from prx_dingtalk_router.matching.coverage import single_tests
from prx_dingtalk_router.message import Message
from tests.matching.random_sets import RandomSets

RULES = """list some = ["vpn", "重置"]
condition vpn = text contains some
condition pay = text contains "报销" or admin
condition both = vpn and not pay
rule a when both or group then drop
rule b when always and pay and text contains ["报销", "发票"] then drop
rule c when text is "x" then drop
"""


def covered(router: Router, messages: list[Message]) -> Coverage:
    """What messages reach."""
    coverage = Coverage(router.rules)
    for message in messages:
        router.decide(message, coverage)
    return coverage


def test_parts_are_listed_in_order(router: Callable[..., Router]) -> None:
    """A list is one, also a long one, and a name is one; those of named conditions come once, behind."""
    parts = covered(router(RULES), []).parts
    assert [(each.owner, each.text) for each in parts] == [
        ("a", "both"),
        ("a", "group"),
        ("b", "pay"),
        ("b", 'text contains ["报销", "发票"]'),
        ("c", 'text is "x"'),
        ("both", "vpn"),
        ("both", "pay"),
        ("vpn", "text contains some"),
        ("pay", 'text contains "报销"'),
        ("pay", "admin"),
    ]
    assert all(each.reached == 0 for each in parts)


@pytest.mark.parametrize(
    ("said", "unreached", "held", "failed"),
    [
        (
            ["vpn"],
            ["b", "c"],
            {"both", "vpn", "text contains some"},
            {"group", "pay", 'text contains "报销"', "admin"},
        ),
        (["x"], ["a", "b"], {'text is "x"'}, {"both", "group", "pay", "vpn", "text contains some", "admin"}),
    ],
)
def test_both_ways_are_noted(
    router: Callable[..., Router],
    message: Callable[..., Message],
    said: list[str],
    unreached: list[str],
    held: set[str],
    failed: set[str],
) -> None:
    """Only of rules that were asked."""
    coverage = covered(router(RULES), [message(each) for each in said])
    assert [rule.name for rule in coverage.unreached] == unreached
    assert {each.text for each in coverage.parts if each.held} == held
    assert failed <= {each.text for each in coverage.parts if each.failed}
    assert not {each.text for each in coverage.one_sided if not each.named and each.owner in unreached}


@given(st.integers(0, 300))
def test_it_is_what_asking_everything_gives(seed: int) -> None:
    """The record holds for each part exactly the ways that it goes when every rule before the one that takes is asked by the letter."""
    chance = RandomSets(seed)
    rules = chance.rules(8)
    rules.sources.add(Source(None, "random.rules", ""))  # type: ignore[arg-type]
    named: dict[str, Named] = {}
    for rule in rules.rules:
        for each in rule_names(rule.condition):
            named[each.name] = each
    rules = type(rules)(
        **{name: getattr(rules, name) for name in rules.__struct_fields__ if name != "conditions"},
        conditions=dict.fromkeys(named, Home("random.rules", 0)),
    )
    router = Router(rules, Baseline())
    coverage = Coverage(rules)
    ways: set[tuple[bool, str, int, bool]] = set()
    reached: set[str] = set()
    for message in (chance.message() for _ in range(12)):
        decision = router.decide(message, coverage)
        for rule in rules.rules if not decision.message.notice else ():
            view = MessageView(message)
            conditions = [(False, rule.name, rule.condition)]
            conditions += [(True, each.name, each.inner) for each in rule_names(rule.condition)]
            for is_named, owner, condition in conditions:
                for number, test in enumerate(single_tests(condition)):
                    ways.add((is_named, owner, number, holds(test, view, rule.name)))
            if holds(rule.condition, view, rule.name):
                reached.add(rule.name)
                if rule.takes:
                    break
    numbers: dict[tuple[bool, str], int] = {}
    noted: set[tuple[bool, str, int, bool]] = set()
    for part in coverage.parts:
        number = numbers[part.named, part.owner] = numbers.get((part.named, part.owner), -1) + 1
        noted |= {
            (part.named, part.owner, number, way)
            for way, so in ((True, part.held), (False, part.failed))
            if so
        }
    assert noted == ways
    assert {rule.name for rule in coverage.rules} - {rule.name for rule in coverage.unreached} == reached


def rule_names(condition: Condition) -> list[Named]:
    """All named conditions within one, each once."""
    found: dict[str, Named] = {}
    ahead = [condition]
    while ahead:
        this = ahead.pop()
        for test in single_tests(this):
            if isinstance(test, Named) and test.name not in found:
                found[test.name] = test
                ahead.append(test.inner)
    return list(found.values())
