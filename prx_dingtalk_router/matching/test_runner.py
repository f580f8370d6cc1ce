"""Runs the ``test`` blocks of a set (language.md section 9). Contacts nothing; decides through the router that runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import NO_CAPTURES, OTHERWISE, Decision
from prx_dingtalk_router.language.ruleset import Agent, Case, Expect, Test
from prx_dingtalk_router.language.source import Location
from prx_dingtalk_router.matching.baseline import EVERYBODY, Baseline
from prx_dingtalk_router.matching.expectations import Problem, Written, compare
from prx_dingtalk_router.matching.explanation import reasons_of_test
from prx_dingtalk_router.matching.rehearsal import Rehearsal
from prx_dingtalk_router.matching.router import Recorder, Router
from prx_dingtalk_router.matching.timed_rules import TimedRules
from prx_dingtalk_router.message import Message


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case went: the problems (none when it passed), and hints that do not fail it.

    Args:
        title: of its test.
        number: of the case in its test, from 1.
        place: where it is written.
        problems: what was not as expected.
        hints: what does not fail it.
        reached: the rules that held, ``otherwise`` among them where it took the message.
        match: what was captured by the rule that took it.
        because: why the message went another way than expected, if that was asked for.
    """

    title: str
    number: int
    place: Location
    problems: tuple[Problem, ...] = ()
    hints: tuple[Text, ...] = ()
    reached: frozenset[str] = field(default_factory=frozenset)
    match: Mapping[str, str] = field(default_factory=lambda: NO_CAPTURES)
    because: tuple[Text, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything expected happened."""
        return not self.problems


def run_tests(
    router: Router,
    *,
    baseline: Baseline | None = None,
    robot_name: str = "",
    recorder: Recorder | None = None,
    explained: int = 0,
) -> tuple[CaseResult, ...]:
    """Run every case of every test.

    Args:
        router: with the rules to test.
        baseline: of the configuration, for ``expect refused``; ``None`` without one.
        robot_name: the configured name, whose leading mention is cut off.
        recorder: is told what every rule said of every message; without one, rules that cannot hold are not asked.
        explained: so many of those that fail are explained.
    """
    runner = _Runner(router, baseline, robot_name, recorder, explained)
    return tuple(
        runner.run(test, number, case)
        for test in router.rules.tests
        for number, case in enumerate(test.cases, start=1)
    )


class _Runner:
    """Runs the cases of one set."""

    def __init__(
        self,
        router: Router,
        baseline: Baseline | None,
        robot_name: str,
        recorder: Recorder | None,
        explained: int,
    ) -> None:
        # Tests are about rules: everybody is admitted, except where a refusal is expected.
        everybody = replace(router.baseline, allowed_users=frozenset({EVERYBODY}))
        self._router = Router(router.rules, everybody, router.index)
        self._baseline = baseline
        self._robot_name = robot_name
        self._recorder = recorder
        self._explained = explained
        self._timed = TimedRules(self._router)

    def run(self, test: Test, number: int, case: Case) -> CaseResult:
        """Run a case: its message as often as it is given, of which the last one counts."""
        rehearsal = Rehearsal()
        for time in range(case.again):
            earlier = self._message(test, number, case, f":{time + 1}")
            rehearsal.perform(self._router.decide(earlier, self._recorder))
        message = self._message(test, number, case)
        decision = self._router.decide(message, self._recorder)
        happened = rehearsal.perform(decision)
        written = Written(test.home, self._router.rules.sources)
        problems = (*self._refusals(case, message), *compare(case, decision, happened, written))
        return CaseResult(
            test.title,
            number,
            self._router.rules.sources.locate(test.home.place(case.span)),
            problems,
            self._hints(case, decision),
            frozenset(_held(decision)),
            decision.match,
            self._reasons(case, message, decision, problems),
        )

    def _reasons(
        self, case: Case, message: Message, decision: Decision, problems: Sequence[Problem]
    ) -> tuple[Text, ...]:
        """Return why another rule took the message than was expected."""
        expected = next((rule for each in case.expects if (rule := self._rule_of(each)) is not None), None)
        is_about_words = expected is not None and expected == decision.by
        if is_about_words or self._explained <= 0 or all(each.expected is None for each in problems):
            return ()
        self._explained -= 1
        return tuple(reasons_of_test(self._router, message, expected))

    def _rule_of(self, expect: Expect) -> str | None:
        """Return the rule that is expected to do something: the one that is named, or the only one that has the agent."""
        if expect.by is not None or expect.by_default or expect.outcome != "agent":
            return expect.by or (OTHERWISE if expect.by_default else None)
        able = [
            rule.name
            for rule in self._router.rules.rules
            if any(
                isinstance(entry.step, Agent) and entry.step.agent == expect.value
                for chain in rule.chains
                for entry in chain
            )
        ]
        return able[0] if len(able) == 1 else None

    def _message(self, test: Test, number: int, case: Case, repeated: str = "") -> Message:
        return case.given.message(
            msg_id=f"{test.message_id(number)}{repeated}",
            robot_name=self._robot_name,
            client_id=self._router.baseline.client_id,
        )

    def _refusals(self, case: Case, message: Message) -> Iterator[Problem]:
        for expect in case.expects:
            if expect.outcome != "refused":
                continue
            if self._baseline is None:
                yield Problem(text("matching.refused-needs"))
            elif self._baseline.admits(message):
                yield Problem(text("matching.not-refused", sender=message.sender))

    def _hints(self, case: Case, decision: Decision) -> tuple[Text, ...]:
        return (text("matching.no-time"),) if not case.timed and self._timed.decide(decision) else ()


def _held(decision: Decision) -> Iterator[str]:
    """Yield the rules that held for a message."""
    yield from decision.via
    yield from (each.rule for each in decision.shadow)
    if decision.by is not None:
        yield decision.by
