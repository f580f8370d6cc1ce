"""What is claimed about reachability is true of every message, and found in sets of any size (language.md section 11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.language import CheckResult, check_rules
from prx_dingtalk_router.language.diagnostics.always_holds import AlwaysHolds
from prx_dingtalk_router.language.diagnostics.covered_rule import CoveredRule
from prx_dingtalk_router.language.diagnostics.never_holds import NeverHolds
from prx_dingtalk_router.language.diagnostics.never_reached import NeverReached
from prx_dingtalk_router.language.diagnostics.same_condition import SameCondition
from prx_dingtalk_router.language.semantics import consequences
from prx_dingtalk_router.language.semantics.evaluate import holds
from prx_dingtalk_router.language.semantics.implication import implies
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.order import ask
from prx_dingtalk_router.message import Message

Check = Callable[..., CheckResult]
Conditions = st.SearchStrategy[str]


DONE = ["drop", "drop", "drop", 'reply "x" then next', "shadow"]


def ruled(draw: st.DrawFn, test: Conditions, condition: Conditions) -> list[tuple[str, str]]:
    """Conditions, many of them made of those before them, and what is done."""
    rules: list[tuple[str, str]] = []
    for _ in range(draw(st.integers(2, 4))):
        when = draw(test | condition)
        if rules and draw(st.booleans()):
            earlier = draw(st.sampled_from(rules))[0]
            form = draw(st.sampled_from(["({0}) and {1}", "not (not ({0}) or {1})", "({0}) or {1}", "{0}"]))
            when = form.format(earlier, when)
        rules.append((when, draw(st.sampled_from(DONE))))
    return rules


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_claims_are_true_of_every_message(
    tmp_path: Path,
    random_test: Conditions,
    random_condition: Conditions,
    sample: Sequence[Message],
    data: st.DataObject,
) -> None:
    """No message of a large sample reaches a rule that is said never to be reached, or fulfils what never holds."""
    known = data.draw(random_condition.filter(lambda condition: "known" not in condition))
    lines = [
        f"condition half = {data.draw(st.sampled_from(['20', '60']))}% of senders",
        f"condition known = {known}",
    ]
    for name, (when, done) in zip("abcd", ruled(data.draw, random_test, random_condition), strict=False):
        shadow = " shadow" if done == "shadow" else ""
        lines.append(f"rule {name}{shadow} when {when} then {'drop' if shadow else done}")
    path = tmp_path / "main.rules"
    path.write_text("\n".join([*lines, "otherwise drop"]), encoding="utf-8")
    result = check_rules(path)
    assert result.rules is not None
    found = {
        kind: {each.rule for each in result.diagnostics if isinstance(each, kind)}
        for kind in (NeverReached, SameCondition, CoveredRule, NeverHolds, AlwaysHolds)
    }
    unreached = found[NeverReached] | found[SameCondition] | found[CoveredRule]
    for seen in sample if any(found.values()) else ():
        view = MessageView(seen)
        reached = {rule.name: held for rule, held in ask(result.rules.rules, view)}
        assert not {name for name, held in reached.items() if held} & unreached
        assert any(result.rules.rules[n].takes and held for n, held in enumerate(reached.values())) or (
            "otherwise" not in unreached
        )
        for rule in result.rules.rules:
            held = holds(rule.condition, view, rule.name)
            assert not (held and rule.name in found[NeverHolds])
            assert held or rule.name not in found[AlwaysHolds]


# ---- what must be found, and what must not

CLAIMS = (NeverReached, SameCondition, CoveredRule, NeverHolds, AlwaysHolds)


def claimed(result: CheckResult) -> list[tuple[str, str]]:
    """What is said about reachability, and of which rule."""
    return [(each.name, each.rule) for each in result.diagnostics if isinstance(each, CLAIMS)]


def test_a_percentage_is_that_of_its_rule(check: Check) -> None:
    """The same named share of two rules holds for different people; within one rule it is one."""
    text = "condition half = 50% of senders\nrule a when half then drop\nrule b when half then drop\n"
    assert claimed(check(f"{text}rule c when half and private then drop\notherwise drop")) == []
    within = "rule d when half and not 60% of senders then drop\nrule e when half or not half then drop"
    assert claimed(check(f"{text}{within}\notherwise drop")) == [
        ("never-holds", "d"),
        ("always-holds", "e"),
        ("never-reached", "otherwise"),
    ]


@pytest.mark.parametrize("before", [0, 150, 1000])
def test_any_number_of_rules_may_be_between(check: Check, before: int) -> None:
    """Nothing is lost from sight in a large set."""
    many = "".join(f'rule m{n} when text contains "k{n:05}" then drop\n' for n in range(before))
    text = f'{many}rule a when text contains "zz" then drop\nrule b when text contains "zzz" then drop\notherwise drop'
    assert claimed(check(text)) == [("covered-rule", "b")]


def test_several_rules_may_take_what_one_could(check: Check) -> None:
    """All that are needed are named, each with its place."""
    text = (
        "rule a when private then drop\nrule b when admin then drop\n"
        'rule c when text is "x" and (private or admin) then drop\notherwise drop'
    )
    (only,) = check(text).diagnostics
    assert isinstance(only, CoveredRule)
    assert (only.rule, only.earlier) == ("c", ("a", "b"))
    assert [each.span.text for each in only.related] == ["a", "b"]
    assert "`a`, `b`" in only.message.render("en")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('text contains "a"', 'sender is "x" and not (quoted is empty or not text is "xa")'),
        ("not external", 'sender in ["u1", "u2"]'),
        ("group", "not private and admin"),
        ('not sender in ["u1", "u2"]', 'sender is "u3"'),
        ('text contains word "hr"', 'text starts with word "hr"'),
        ('text contains word "hr"', 'text is "找 hr 谈"'),
        ('text contains all ["a", "b"]', 'text contains "ab"'),
        ('text starts with word "a"', 'text is "a b"'),
        ("sender matches /^u/", 'sender in ["u1", "u2"]'),
        ('text starts with ["a", "b"]', 'text starts with word ["ab", "ba"]'),
        ('text contains "a"', 'text contains all ["b", "xa"]'),
        ('not text contains "ab"', 'not text contains "a"'),
        ('quoted ends with "b"', 'quoted is "ab"'),
        ("big", "big and private"),
        ("big and private", 'private and text is "v07 w07"'),
        ("text is not empty", "big"),
    ],
)
def test_what_a_wider_condition_takes_is_found(check: Check, first: str, second: str) -> None:
    """However the two are written, as far as literals and ids tell."""
    alternatives = " or ".join(f'(text contains "v{n:02}" and text contains "w{n:02}")' for n in range(40))
    rules = f"rule a when {first} then drop\nrule b when {second} then drop\notherwise drop"
    assert claimed(check(f"condition big = {alternatives}\n{rules}")) == [("covered-rule", "b")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('text contains all ["ab", "b"]', 'text contains "ab" or text contains "b"'),
        ('text starts with word "ab"', 'text starts with "ab"'),
        ('text contains word "a"', 'text starts with "a"'),
        ('text contains word "hr"', 'text ends with "hr"'),
        ('text contains "a"', 'not (text is empty or not quoted is "a")'),
        ('text contains all ["a", "c"]', 'text contains all ["ab", "b"]'),
        ("20% of senders", "10% of senders"),
        ("big", "private"),
        ('big or text is "x"', 'text is "v01"'),
    ],
)
def test_what_a_wider_condition_leaves_is_no_alarm(check: Check, first: str, second: str) -> None:
    """Some message reaches the second rule."""
    alternatives = " or ".join(f'(text contains "v{n:02}" and text contains "w{n:02}")' for n in range(40))
    rules = f"rule a when {first} then drop\nrule b when {second} then drop\notherwise drop"
    assert claimed(check(f"condition big = {alternatives}\n{rules}")) == []


@pytest.mark.parametrize(
    "condition",
    [
        'sender in ["a", "b"] and sender in ["b", "c"] and sender in ["a", "c"]',
        'sender in ["a1", "b1"] and sender starts with "a" and not sender is "a1"',
        'sender in ["a1", "b1"] and sender matches /^c/',
        'text starts with "a" and text starts with ["b", "c"]',
        'text ends with "ab" and text ends with "b1"',
        'text is "ab" and text contains "c"',
        'text contains "ab" and not text contains "b"',
        " and ".join(f'not sender is "u{n}"' for n in range(30)) + ' and sender in ["u7", "u9"]',
        "(group or admin) and (private or admin) and not admin",
    ],
)
def test_contradictions_are_found_in_conditions_of_any_size(check: Check, condition: str) -> None:
    """Between tests of one field, and among many of them."""
    assert claimed(check(f"rule a when {condition} then drop\notherwise drop")) == [("never-holds", "a")]


def test_pairs_of_rules_are_not_tried(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the rules mean about four times the comparisons."""
    calls = Counter[int]()

    def counted(one: object, other: object) -> bool:
        calls[size] += 1
        return implies(one, other)  # type: ignore[arg-type]

    monkeypatch.setattr(consequences, "implies", counted)
    for size in (50, 200):
        text = "".join(
            f'rule a{n} when (text contains "前{n:03}单" or sender is "u{n}") and private and not admin then drop\n'
            f'rule b{n} when text contains "前{n:03}" and private and sender is "v{n}" then drop\n'
            for n in range(size)
        )
        assert claimed(check(f"{text}otherwise drop")) == []
    assert 0 < calls[200] < 6 * calls[50]
