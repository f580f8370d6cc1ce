"""Whether it depends on the time what happens to a message: a test that names none is then warned of (language.md 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from prx_dingtalk_router.calendar.hours import Hours
from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.ruleset import Case, Condition, During, Rule
from prx_dingtalk_router.language.semantics.evaluate import holds
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.walk import walk
from prx_dingtalk_router.matching.baseline import Baseline
from prx_dingtalk_router.matching.router import Router
from prx_dingtalk_router.message import Message


def with_untimed_tests(result: CheckResult, *, client_id: str = "", robot_name: str = "") -> CheckResult:
    """What checking gave, with a warning for each case of a test that says no time though ``during`` decides it.

    Args:
        result: of the check of a set; one with errors is left as it is, for nothing can be decided by it.
        client_id: of the bot, if configured.
        robot_name: the configured name, whose leading mention is cut off.
    """
    if result.rules is None:
        return result
    diagnostics = Diagnostics(list(result.diagnostics))
    for case in _untimed(Router(result.rules, Baseline(client_id=client_id)), robot_name):
        diagnostics.add("test-without-time", case.span)
    return replace(result, diagnostics=diagnostics.in_order())


def _untimed(router: Router, robot_name: str) -> Iterator[Case]:
    timed = [rule for rule in router.rules.rules if _has_hours(rule.condition)]
    if not timed:
        return
    for test in router.rules.tests:
        for case in test.cases:
            if case.timed:
                continue
            message = case.given.message(robot_name=robot_name, client_id=router.baseline.client_id)
            view = MessageView(message)
            deciding = {rule.name for rule in timed if depends_on_time(rule, view)}
            asked: set[str] = set()
            if deciding:  # most rules know no hours: the whole set is asked only when it matters
                router.decide(message, lambda rule, _, asked=asked: asked.add(rule.name))  # type: ignore[misc]
            if deciding & asked:
                yield case


def depends_on_time(rule: Rule, view: MessageView) -> bool:
    """Whether the rule would say otherwise of this message at another time."""
    inside, outside = (_AtAnyTime(view.message, inside=inside) for inside in (True, False))
    return holds(rule.condition, inside, rule.name) != holds(rule.condition, outside, rule.name)


class _AtAnyTime(MessageView):
    """The message as if every ``during`` said the same."""

    __slots__ = ("inside",)

    def __init__(self, message: Message, *, inside: bool) -> None:
        super().__init__(message)
        self.inside = inside

    def written_during(self, hours: Hours) -> bool:
        return self.inside


def _has_hours(condition: Condition) -> bool:
    return any(isinstance(each, During) for each in walk(condition))
