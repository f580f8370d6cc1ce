"""Runs the ``test`` blocks of a set (language.md section 9). Contacts nothing; decides through the router that runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import (
    OTHERWISE,
    AgentStep,
    CancelStep,
    Decision,
    DropStep,
    ForgetStep,
    ReplyStep,
    Step,
)
from prx_dingtalk_router.decision.rendering import render_reply
from prx_dingtalk_router.errors import RenderError
from prx_dingtalk_router.language.ruleset import Case, Expect, Test
from prx_dingtalk_router.language.semantics.time_dependence import depends_on_time
from prx_dingtalk_router.language.source import Location, SourceMap
from prx_dingtalk_router.matching.baseline import EVERYBODY, Baseline
from prx_dingtalk_router.matching.coverage import Reached
from prx_dingtalk_router.matching.router import Router


@dataclass(frozen=True, slots=True)
class Done:
    """Something that happened to a message, in the words of ``expect``; ``by`` is the rule it comes from."""

    outcome: str
    value: str | None
    by: str | None

    def __str__(self) -> str:
        value = (
            f' "{self.value}"'
            if self.value is not None and self.outcome != "agent"
            else f" {self.value or ''}"
        )
        return f"{self.outcome}{value}".rstrip() + (f" by {self.by}" if self.by else "")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case went: the problems (none when it passed), and hints that do not fail it."""

    title: str
    number: int
    place: Location
    problems: tuple[Text, ...] = ()
    hints: tuple[Text, ...] = ()
    reached: frozenset[str] = field(default_factory=frozenset)
    conditions: frozenset[str] = field(default_factory=frozenset)
    """The named conditions that held, in the rules that were asked."""

    @property
    def passed(self) -> bool:
        """Whether everything expected happened."""
        return not self.problems


def run_tests(
    router: Router, *, baseline: Baseline | None = None, robot_name: str = ""
) -> tuple[CaseResult, ...]:
    """Run every case of every test.

    Args:
        router: with the rules to test.
        baseline: of the configuration, for ``expect refused``; ``None`` without one.
        robot_name: the configured name, whose leading mention is cut off.
    """
    # Tests are about rules: everybody is admitted, except where a refusal is expected.
    open_router = Router(router.rules, replace(router.baseline, allowed_users=frozenset({EVERYBODY})))
    return tuple(
        _run(test, number, case, open_router, baseline, robot_name)
        for test in router.rules.tests
        for number, case in enumerate(test.cases, start=1)
    )


def _run(
    test: Test, number: int, case: Case, router: Router, baseline: Baseline | None, robot_name: str
) -> CaseResult:
    # Each case is a message of its own, so that `of messages` does not say the same to all.
    message = case.given.message(
        msg_id=f"test:{test.title}:{number}", robot_name=robot_name, client_id=router.baseline.client_id
    )
    reached = Reached()
    decision = router.decide(message, reached)
    problems: list[Text] = []
    refusals = [expect for expect in case.expects if expect.outcome == "refused"]
    for _ in refusals:
        if baseline is None:
            problems.append(text("matching.refused-needs"))
        elif baseline.admits(message):
            problems.append(text("matching.not-refused", sender=message.sender))
    expected = [expect for expect in case.expects if expect.outcome != "refused"]
    sources = router.rules.sources
    problems.extend(_compare(test, expected, decision, sources))
    hints: tuple[Text, ...] = ()
    if not case.timed and any(depends_on_time(rule, message) for rule in reached.rules):
        hints = (text("matching.no-time"),)
    rules = reached.held | ({OTHERWISE} if decision.by == OTHERWISE else set())
    place = sources.locate(test.home.place(case.span))
    return CaseResult(
        test.title, number, place, tuple(problems), hints, frozenset(rules), frozenset(reached.conditions)
    )


def _compare(
    test: Test, expected: Sequence[Expect], decision: Decision, sources: SourceMap
) -> Iterator[Text]:
    happened = list(_happened(decision))
    at = 0
    for expect in expected:
        found = next((n for n in range(at, len(happened)) if _fits(expect, happened[n])), None)
        if found is None:
            yield text(
                "matching.not-happened",
                expected=" ".join(sources.written(test.home.place(expect.span)).split()),
                happened=[str(each) for each in happened] or text("matching.nothing"),
            )
        else:
            at = found + 1
        shadows = {each.rule for each in decision.shadow}
        for rule in expect.shadows:
            if rule not in shadows:
                yield text("matching.not-in-shadow", rule=rule)


def _fits(expect: Expect, done: Done) -> bool:
    if expect.outcome != done.outcome or (expect.value is not None and expect.value != done.value):
        return False
    if expect.by_default:
        return done.by == OTHERWISE
    return expect.by is None or expect.by == done.by


def _happened(decision: Decision) -> Iterator[Done]:
    """Everything that happens, in order: steps, ``next`` after those of its rule, a drop that no step stands for."""
    steps = list(decision.steps)
    for rule in decision.via:
        while steps and steps[0].rule == rule:
            yield _done(steps.pop(0), decision)
        yield Done("next", None, rule)
    for step in steps:
        yield _done(step, decision)
    if not any(isinstance(step, ReplyStep | AgentStep | DropStep) for step in decision.steps):
        yield Done("drop", decision.reason, decision.by)


def _done(step: Step, decision: Decision) -> Done:
    match step:
        case AgentStep():
            return Done("agent", step.agent, step.rule)
        case ReplyStep():
            try:
                return Done("reply", render_reply(step, decision).content, step.rule)
            except RenderError:
                return Done("reply", "", step.rule)
        case DropStep():
            return Done("drop", step.reason, step.rule)
        case ForgetStep():
            return Done("forget", None, step.rule)
        case CancelStep():
            return Done("cancel", None, step.rule)
