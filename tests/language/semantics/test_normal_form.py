"""Normal forms hold for the messages that their conditions hold for, and are the same however these are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.language import RuleSet, check_rules
from prx_dingtalk_router.language.percentage import bucket
from prx_dingtalk_router.language.semantics.evaluate import holds
from prx_dingtalk_router.language.semantics.facts import Facts, NormalForm, Share, Whole
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.normal_form import ALWAYS, NEVER, NormalForms
from prx_dingtalk_router.message import Message

Rules = Callable[..., RuleSet]
Conditions = st.SearchStrategy[str]


def fulfils(view: MessageView, form: NormalForm, facts: Facts) -> bool:
    """Whether all claims of one alternative are true of a message."""
    return any(all(is_so(view, claim, facts) is (claim > 0) for claim in alternative) for alternative in form)


def is_so(view: MessageView, claim: int, facts: Facts) -> bool:
    """Whether the fact that a claim is about is so of a message."""
    fact = facts[claim]
    match fact:
        case Whole():
            return fulfils(view, fact.form, facts)
        case Share():
            message = view.message
            subject = {"senders": message.sender_key, "messages": message.msg_id}[fact.subject]
            return bucket(fact.rule, subject) < fact.hundredths
        case _:
            return holds(fact, view, "")


def forms(rules: RuleSet) -> tuple[list[NormalForm], NormalForms]:
    """The normal forms of all rules."""
    found = NormalForms()
    return [found.of_rule(rule) for rule in rules.rules], found


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_form_says_what_its_condition_says(
    tmp_path: Path, random_condition: Conditions, sample: Sequence[Message], data: st.DataObject
) -> None:
    """Of every message, for the condition and for its negation, with names and percentages."""
    known = data.draw(random_condition.filter(lambda condition: "known" not in condition))
    written = data.draw(random_condition)
    path = tmp_path / "main.rules"
    path.write_text(
        f"condition half = 60% of senders\ncondition known = {known}\n"
        f"rule r when {written} then drop\nrule s when not ({written}) then drop\notherwise drop",
        encoding="utf-8",
    )
    rules = check_rules(path).rules
    assert rules is not None
    (form, negated), found = forms(rules)
    for message in sample[::5]:
        view = MessageView(message)
        assert fulfils(view, form, found.facts) is holds(rules.rules[0].condition, view, "r")
        assert fulfils(view, negated, found.facts) is holds(rules.rules[1].condition, view, "s")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('text is "a"', 'text in ["A"]'),
        ("private", "not group"),
        ("external", "sender is empty"),
        ('text contains ["a", "b"]', 'text contains ["b", "a"]'),
        ('text contains all ["a"]', 'text contains "a"'),
        ("not (group and admin)", "private or not admin"),
        ("group and (admin or external)", "(external and group) or (admin and group)"),
        ("group or (group and admin)", "group"),
        ("not (not c)", "group or admin"),
        ('c and text contains "x"', '(admin or group) and text contains "x"'),
        ("100% of senders", "always"),
        ("not 100% of senders", "not always"),
        ("text matches [/a/, /b/]", "text matches [/b/, /a/]"),
        ("group and private", "not always"),
    ],
)
def test_ways_of_writing_have_one_form(rules: Rules, one: str, other: str) -> None:
    """Names, negations, lists in another order, words for the same."""
    text = f"condition c = group or admin\nrule a when {one} then drop\nrule b when {other} then drop\notherwise drop"
    (first, second), _ = forms(rules(text))
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("half", "half"),
        ("text matches /a/", "text matches /a/i"),
        ('text contains ["a", "b"]', 'text contains all ["a", "b"]'),
        ('text is "a"', 'quoted is "a"'),
    ],
)
def test_what_differs_has_forms_that_differ(rules: Rules, one: str, other: str) -> None:
    """A percentage is that of its rule, wherever it is named."""
    text = f"condition half = 50% of senders\nrule a when {one} then drop\nrule b when {other} then drop\notherwise drop"
    (first, second), _ = forms(rules(text))
    assert first != second


def test_conditions_for_all_and_for_none(rules: Rules) -> None:
    """One alternative that claims nothing; no alternative."""
    (always, never), _ = forms(
        rules("rule a when always then drop\nrule b when group and not group then drop")
    )
    assert (always, never) == (ALWAYS, NEVER)


def test_what_would_grow_is_kept_whole(rules: Rules) -> None:
    """Ten choices in a row would be a thousand alternatives; a name for many stays one claim."""
    choices = " and ".join(f'(text contains "a{n}" or sender is "u{n}")' for n in range(10))
    many = " or ".join(f'(text contains "a{n}" and sender is "u{n}")' for n in range(40))
    text = f"condition many = {many}\nrule a when {choices} then drop\nrule b when group and many then drop"
    (first, second), found = forms(rules(f"{text}\notherwise drop"))
    assert len(first) <= 32
    (alternative,) = second
    assert sorted(type(found.facts[claim]).__name__ for claim in alternative) == ["FlagIsSet", "Whole"]
