"""A case of a test that says no time though ``during`` decides it (language.md section 9)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.test_without_time import TestWithoutTime
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.ruleset import During
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.order import ask
from prx_dingtalk_router.language.semantics.time_dependence import depends_on_time
from prx_dingtalk_router.language.semantics.walk import Asking
from prx_dingtalk_router.language.source import Place


def test_without_time(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn once for each rule that asks for the time, at the first such case.

    Nothing is said of a set with errors, by which nothing can be decided.
    """
    rules, context = linted.rules.rules, linted.context
    asks_time = Asking(During)
    timed = [rule for rule in rules if asks_time(rule.condition)]
    if not timed or diagnostics.has_errors:
        return
    decided: dict[str, list[Place]] = {}
    for test, case in linted.rules.cases():
        if case.timed:
            continue
        message = case.given.message(robot_name=context.robot_name, client_id=context.client_id)
        deciding = {rule.name for rule in timed if depends_on_time(rule, message)}
        if not deciding:
            continue
        asked = (rule.name for rule, _ in ask(rules, MessageView(message)))
        first = next((name for name in asked if name in deciding), None)
        if first is not None:
            decided.setdefault(first, []).append(test.home.place(case.span))
    for rule_name, (place, *others) in decided.items():
        diagnostics.add(TestWithoutTime(place, rule_name, tuple(others)))
