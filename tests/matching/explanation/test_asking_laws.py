"""What an explanation says is so: on random sets and messages, by the plain evaluator, which is the meaning of conditions."""

from __future__ import annotations

import re
from pathlib import Path

from prx_dingtalk_router.catalogue import LANGUAGES
from prx_dingtalk_router.language.ruleset import Always, And, Condition, Named, Not, Or
from prx_dingtalk_router.language.semantics.evaluate import holds
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.source import Source
from prx_dingtalk_router.matching import Baseline, Router, explain, explanation_json, in_both
from prx_dingtalk_router.matching.explanation.changes import changed
from prx_dingtalk_router.matching.explanation.parts import Part
from prx_dingtalk_router.message import Message
from tests.matching.random_sets import RandomSets

BASELINE = Baseline(client_id="ding1abc")
SETS = 60
MESSAGES = 12


def explained(seed: int) -> tuple[Router, list[Message]]:
    """A random set, whose sources say nothing, and messages that meet it."""
    random = RandomSets(seed)
    rules = random.rules(1 + seed % 12)
    rules.sources.add(Source(Path("random.rules"), "random.rules", ""))
    return Router(rules, BASELINE), [random.message() for _ in range(MESSAGES)]


def follows(condition: Condition, reasons: tuple[Part, ...], view: MessageView, rule: str) -> bool | None:
    """What a condition says if nothing is known but the tests that are given as reasons; None where that leaves it open."""
    known = {id(part.test): part.value for part in reasons}

    def of(this: Condition) -> bool | None:
        match this:
            case And(parts=parts) | Or(parts=parts):
                values = [of(part) for part in parts]
                deciding = isinstance(this, Or)
                if deciding in values:
                    return deciding
                return None if None in values else not deciding
            case Not(inner=inner):
                value = of(inner)
                return None if value is None else not value
            case Named(inner=inner):
                return of(inner)
            case Always():
                return True
            case _:
                return known.get(id(this))

    return of(condition)


def test_explaining_decides_as_deciding_does_and_every_answer_is_that_of_the_evaluator() -> None:
    """The decision is that of ``decide``; each rule, also one that comes too late, says what the evaluator says."""
    for seed in range(SETS):
        router, messages = explained(seed)
        for message in messages:
            explanation = explain(router, message)
            assert explanation.decision == router.decide(message)
            view = MessageView(message)
            answers = (*explanation.answers, *explanation.later)
            assert [each.rule for each in answers] == list(
                router.rules.rules if router.baseline.admits(message) else ()
            )
            for answer in answers:
                assert answer.held is holds(answer.rule.condition, view, answer.rule.name)


def test_the_reasons_are_enough() -> None:
    """Each reason is what the evaluator says of that test, and no other part of the condition is needed for what it says."""
    for seed in range(SETS):
        router, messages = explained(seed)
        for message in messages[:6]:
            view = MessageView(message)
            for answer in explain(router, message).answers:
                name = answer.rule.name
                for part in answer.reasons:
                    assert holds(part.test, view, name) is part.value, part
                assert follows(answer.rule.condition, answer.reasons, view, name) is answer.held


def test_what_to_change_makes_the_rule_hold() -> None:
    """Whatever change is told, the condition holds for the message once it is made."""
    made = 0
    kinds = set()
    for seed in range(SETS):
        router, messages = explained(seed)
        for message in messages:
            for answer in explain(router, message).answers:
                for change in answer.changes:
                    after = changed(answer.rule.condition, change)
                    assert holds(after, MessageView(message), answer.rule.name), change
                    kinds.add(change.kind)
                    made += 1
    assert made > 500
    assert kinds >= {"add", "remove", "operator", "flag", "hours", "percent", "drop"}


def test_hits_are_where_they_are_said_to_be() -> None:
    """The stretch that is marked is what is written there."""
    found = 0
    for seed in range(SETS):
        router, messages = explained(seed)
        for message in messages[:4]:
            for answer in explain(router, message).answers:
                for part in answer.reasons:
                    for hit in part.hits:
                        field = getattr(part.test, "field", None)
                        assert field is not None
                        assert field.string(message)[hit.start : hit.end] == hit.typed
                        found += bool(hit.typed)
    assert found > 50


def test_everything_can_be_worded() -> None:
    """Any explanation has its sentences, in both languages."""
    for seed in range(SETS):
        router, messages = explained(seed)
        document = explanation_json(explain(router, messages[0]), say=in_both)
        summary = document["explanation"]
        assert set(summary["headline"]) == set(LANGUAGES)
        sentences = [each["sentence"]["en"] for each in document["trace"] if each["sentence"]]
        assert not any(re.search(r"\{[a-z_]+\}", each) for each in sentences)
