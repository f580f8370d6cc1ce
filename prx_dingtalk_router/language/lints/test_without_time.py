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


def test_without_time(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at each such case; not in a set with errors, by which nothing can be decided."""
    rules, context = linted.rules.rules, linted.context
    asks_time = Asking(During)
    timed = [rule for rule in rules if asks_time(rule.condition)]
    if not timed or diagnostics.has_errors:
        return
    for test, case in linted.rules.cases():
        if case.timed:
            continue
        message = case.given.message(robot_name=context.robot_name, client_id=context.client_id)
        deciding = {rule.name for rule in timed if depends_on_time(rule, message)}
        if deciding and any(rule.name in deciding for rule, _ in ask(rules, MessageView(message))):
            diagnostics.add(TestWithoutTime(test.home.place(case.span)))
