"""What is said of two facts is true of every message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.language import RuleSet, check_rules
from prx_dingtalk_router.language.semantics.consequences import Consequences
from prx_dingtalk_router.language.semantics.evaluate import holds
from prx_dingtalk_router.language.semantics.implication import excludes, implies
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.normal_form import NormalForms
from prx_dingtalk_router.message import Message

Rules = Callable[..., RuleSet]
Tests = st.SearchStrategy[str]


def set_of(path: Path, conditions: Sequence[str]) -> RuleSet:
    """A set with a rule for each condition."""
    lines = ["condition half = 60% of senders", "condition known = admin"]
    lines += [f"rule r{n} when {condition} then drop" for n, condition in enumerate(conditions)]
    path.write_text("\n".join([*lines, "otherwise drop"]), encoding="utf-8")
    rules = check_rules(path).rules
    assert rules is not None
    return rules


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_follows_is_true_and_found(
    tmp_path: Path, random_test: Tests, sample: Sequence[Message], data: st.DataObject
) -> None:
    """Of tests that imply or exclude each other no message says otherwise; the index finds what trying all pairs finds."""
    written = data.draw(st.lists(random_test, min_size=8, max_size=8, unique=True))
    rules = set_of(tmp_path / "main.rules", written).rules
    forms = NormalForms()
    claims: dict[int, list[int]] = {}
    for at, rule in enumerate(rules):
        for alternative in forms.of_rule(rule):
            for claim in alternative:
                claims.setdefault(claim, []).append(at)
    views = [MessageView(message) for message in sample[::3]]
    held = [[holds(rule.condition, view, rule.name) for view in views] for rule in rules]
    follows = Consequences(forms.facts, [[-abs(claim)] for claim in claims])
    for one, (at, *_) in claims.items():
        if one < 0:
            continue
        everything = follows.of(frozenset({one}))
        for other, (there, *_) in claims.items():
            implied = other > 0 and implies(forms.facts[one], forms.facts[other])
            excluded = other > 0 and one != other and excludes(forms.facts[one], forms.facts[other])
            assert (other in everything) is implied or other < 0
            if implied:
                assert all(second for first, second in zip(held[at], held[there], strict=True) if first)
                assert -one in follows.of(frozenset({-other}))
            if excluded:
                assert not any(first and second for first, second in zip(held[at], held[there], strict=True))
                assert -other in everything


@pytest.mark.parametrize(
    ("one", "other", "so"),
    [
        ('text starts with word "hr"', 'text starts with "h"', True),
        ('text starts with word "hr"', 'text starts with word "hr"', True),
        ('text starts with word "hr x"', 'text starts with word "hr"', True),
        ('text starts with word "hr"', 'text contains word "hr"', True),
        ('text starts with word "hr"', 'text starts with "hrx"', False),
        ('text starts with "hr"', 'text starts with word "hr"', False),
        ('text contains all ["a", "b"]', 'text contains all ["a"]', True),
        ('text contains all ["a", "b"]', 'text contains all ["b", "a", "c"]', False),
        ('text contains all ["a", "c"]', 'text contains all ["ac"]', False),
        ('text contains ["a", "b"]', 'text contains all ["a", "b"]', False),
        ("20% of senders", "20% of senders", False),
        ('quoted is "a。"', 'quoted ends with "。"', True),
        ('text is "a"', 'text ends with "a"', False),
        ('sender is "u1"', "sender matches /^u/", True),
        ('text is "u1"', "text matches /^u/", False),
    ],
)
def test_implications(rules: Rules, one: str, other: str, so: bool) -> None:
    """Each comparison says something of others; those of different rules' percentages say nothing."""
    text = f"rule a when {one} then drop\nrule b when {other} then drop\notherwise drop"
    forms = NormalForms()
    (((first,),), ((second,),)) = (forms.of_rule(rule) for rule in rules(text).rules)
    assert implies(forms.facts[first], forms.facts[second]) is so
