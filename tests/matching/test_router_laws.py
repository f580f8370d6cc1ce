"""The router against the plain evaluator, which is the meaning of conditions, on random sets and messages.

``make fuzz-matching`` runs many more of them.
"""

from __future__ import annotations

import os
import pickle

import pytest

from prx_dingtalk_router.decision.model import OTHERWISE, Decision, DropStep, ReplyStep, ShadowMatch, Step
from prx_dingtalk_router.language.ruleset import RuleSet
from prx_dingtalk_router.language.semantics.binding import bind
from prx_dingtalk_router.language.semantics.evaluate import captures, holds
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.order import ask
from prx_dingtalk_router.matching import Baseline, Router
from prx_dingtalk_router.matching.candidates import CandidateIndex
from prx_dingtalk_router.matching.predicates import Predicates
from prx_dingtalk_router.message import Message
from tests.matching.random_sets import RandomSets

BASELINE = Baseline(client_id="ding1abc")
SEED = int(os.environ.get("MATCHING_SEED", "1"))
SETS = int(os.environ.get("MATCHING_SETS", "290"))
MESSAGES = 70
"""Messages for each set."""
BATCH = 58
"""Sets of one test."""


def decided(rules: RuleSet, message: Message) -> Decision:
    """What language.md section 5 says of a message that the baseline admits, one rule after the other."""
    view = MessageView(message)
    via: list[str] = []
    steps: list[Step] = []
    shadow: list[ShadowMatch] = []
    by, match = None, {}
    for rule, held in ask(rules.rules, view):
        if not held:
            continue
        found = captures(rule.condition, view)
        bound = bind(rule.chains, rule.name, message, BASELINE, found)
        if rule.shadow:
            shadow.append(ShadowMatch(rule.name, bound))
            continue
        steps.extend(bound)
        if rule.passes_on:
            via.append(rule.name)
        else:
            by, match = rule.name, found
    if by is None and rules.otherwise is not None:
        by = OTHERWISE
        steps.extend(bind(rules.otherwise.chains, OTHERWISE, message, BASELINE))
    if by is None:
        reason = None if any(isinstance(step, ReplyStep) for step in steps) else "no rule"
    else:
        last = steps[-1] if steps else None
        reason = last.reason if isinstance(last, DropStep) else None
    return Decision(
        message=message, rules=rules.fingerprint, by=by, via=tuple(via), steps=tuple(steps), reason=reason,
        match=match, shadow=tuple(shadow), zone=rules.zone, client_id=BASELINE.client_id,
    )  # fmt: skip


@pytest.mark.parametrize("batch", range(-(-SETS // BATCH)))
def test_every_rule_and_every_decision_agrees_with_the_plain_evaluator(batch: int) -> None:
    """No rule that holds is left out, every predicate says what the evaluator says, and the decision is the same."""
    for number in range(batch * BATCH, min((batch + 1) * BATCH, SETS)):
        seed = SEED * 1_000_000 + number
        random = RandomSets(seed)
        rules = random.rules(1 + seed % 30)
        index = CandidateIndex(rules.rules)
        router = Router(rules, BASELINE, pickle.loads(pickle.dumps(index)) if number % 8 == 0 else index)  # noqa: S301
        predicates = Predicates()
        asked = [(rule, predicates.of(rule.condition, rule.name)) for rule in rules.rules]
        for _ in range(MESSAGES):
            message = random.message()
            view, plain_view = MessageView(message), MessageView(message)
            candidates = list(router.candidates(view))
            assert candidates == sorted(set(candidates))
            named = frozenset(candidates)
            for at, (rule, predicate) in enumerate(asked):
                held = holds(rule.condition, plain_view, rule.name)
                assert predicate(view) is held, (seed, rule.condition, message)
                assert not held or at in named, (seed, rule.condition, message)
            if message.sender_key:
                assert router.decide(message) == decided(rules, message), (seed, message)
