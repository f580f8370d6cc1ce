"""A case of a test that says no time though ``during`` decides it (language.md section 9)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.test_without_time import TestWithoutTime
from prx_dingtalk_router.language.lints.linted_set import AnyRule, LintedSet
from prx_dingtalk_router.language.resolve.settled_rules import Settled
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.order import ask
from prx_dingtalk_router.language.semantics.time_dependence import depends_on_time
from prx_dingtalk_router.language.source import Place


def test_without_time(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn once for each rule that asks for the time, at the first such case.

    Nothing is said of a set with errors, by which nothing can be decided.
    """
    untimed = [
        (test, number, case)
        for test in linted.rules.tests
        for number, case in enumerate(test.cases, start=1)
        if not case.timed
    ]
    if not untimed or diagnostics.has_errors:
        return
    context, rules = linted.context, linted.in_order
    timed = [linted.thawed(rule) for rule in rules if is_timed(linted, rule)]
    decided: dict[str, list[Place]] = {}
    for test, number, case in untimed:
        message = case.given.message(
            msg_id=test.message_id(number), robot_name=context.robot_name, client_id=context.client_id
        )
        deciding = {rule.name for rule in timed if depends_on_time(rule, message)}
        if not deciding:
            continue
        asked = (rule.name for rule, _ in ask(map(linted.thawed, rules), MessageView(message)))
        first = next((name for name in asked if name in deciding), None)
        if first is not None:
            decided.setdefault(first, []).append(test.home.place(case.span))
    for rule_name, (place, *others) in decided.items():
        diagnostics.add(TestWithoutTime(place, rule_name, tuple(others)))


def is_timed(linted: LintedSet, rule: AnyRule) -> bool:
    """Tell whether a rule asks for the time."""
    return rule.known.traits.timed if isinstance(rule, Settled) else linted.asks_time(rule.condition)
