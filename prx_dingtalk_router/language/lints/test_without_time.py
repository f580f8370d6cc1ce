"""A case of a test that says no time though ``during`` decides it (language.md section 9)."""

from __future__ import annotations

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.resolve.ruleset import Resolved
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.order import ask
from prx_dingtalk_router.language.semantics.time_dependence import depends_on_time, has_hours
from prx_dingtalk_router.language.source import Source


def test_without_time(
    resolved: Resolved, entry: Source, context: CheckContext, diagnostics: Diagnostics
) -> None:
    """Warn at each such case; not in a set with errors, by which nothing can be decided."""
    timed = [rule for rule in resolved.rules if has_hours(rule.condition)]
    if not timed or diagnostics.has_errors:
        return
    for case in (case for test in resolved.tests for case in test.cases if not case.timed):
        message = case.given.message(robot_name=context.robot_name, client_id=context.client_id)
        deciding = {rule.name for rule in timed if depends_on_time(rule, message)}
        if deciding and any(rule.name in deciding for rule, _ in ask(resolved.rules, MessageView(message))):
            diagnostics.add("test-without-time", case.span)
