"""Tests that would reach what no test reaches: messages made from conditions, tried by the router that runs.

What is suggested passes: the message was decided, and what happens is what is expected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.language.ruleset import Named, Rule
from prx_dingtalk_router.language.semantics.evaluate import holds
from prx_dingtalk_router.language.semantics.facts import Alternative, NormalForm
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.normal_form import ALWAYS, NormalForms
from prx_dingtalk_router.language.semantics.walk import walk
from prx_dingtalk_router.matching.baseline import EVERYBODY
from prx_dingtalk_router.matching.coverage import Coverage, Part
from prx_dingtalk_router.matching.rehearsal import Done, Rehearsal
from prx_dingtalk_router.matching.router import Router
from prx_dingtalk_router.matching.sample_messages import sample_messages
from prx_dingtalk_router.matching.timed_rules import TimedRules
from prx_dingtalk_router.matching.written_case import written_block, written_by, written_outcome
from prx_dingtalk_router.message import Message, SampleMessage
from prx_dingtalk_router.message.sample_message import default_time

MOST_ALTERNATIVES = 16
MOST_MESSAGES = 48
"""So many messages are tried for one rule, or one part of a condition."""
MOST_DENIED = 4
LONGEST_TITLE = 60
_ANSWERS = ("agent", "reply", "drop")

Goal = Callable[[Decision, Message], bool]
"""Whether a message, as it is decided, is what a test is to show."""


def suggest_tests(router: Router, coverage: Coverage, *, robot_name: str = "") -> Iterator[str]:
    """Yield ``test`` blocks for what is not reached, in the order of the rules, as far as messages are easily found.

    Args:
        router: of the set.
        coverage: of its tests.
        robot_name: the configured name, whose leading mention is cut off.
    """
    coverage = coverage.copy()  # what is suggested is noted as well, so that nothing is suggested twice
    search = _Search(router, coverage, robot_name)
    for rule in coverage.unreached:
        if not coverage.is_reached(rule.name):
            yield from search.for_rule(rule)
    tried: set[int] = set()
    while ahead := [part for part in coverage.one_sided if id(part) not in tried]:
        # A message for one part may reach a rule that none was found for, whose parts are then looked at as well.
        for part in ahead:
            tried.add(id(part))
            for way in (True, False):
                if not (part.held if way else part.failed):
                    yield from search.for_part(part, way=way)


@dataclass(slots=True)
class _Search:
    """Looks for messages."""

    router: Router
    coverage: Coverage
    robot_name: str
    _forms: NormalForms = field(default_factory=NormalForms)
    _places: dict[str, int] = field(default_factory=dict)
    _titles: set[str] = field(default_factory=set)
    _timed: TimedRules = field(init=False)
    _users: dict[str, Rule] = field(default_factory=dict)
    """A rule that uses each named condition."""

    def __post_init__(self) -> None:
        rules = self.router.rules
        everybody = replace(self.router.baseline, allowed_users=frozenset({EVERYBODY}))
        self.router = Router(rules, everybody, self.router.index)
        self._timed = TimedRules(self.router)
        self._places = {rule.name: at for at, rule in enumerate(rules.rules)}
        self._titles = {test.title for test in rules.tests}
        for rule in rules.rules:
            for each in walk(rule.condition):
                if isinstance(each, Named):
                    self._users.setdefault(each.name, rule)

    def for_rule(self, rule: Rule) -> Iterator[str]:
        """Yield a test in which a rule holds, if one is found."""

        def is_shown(decision: Decision, _: Message) -> bool:
            return rule.name in _held(decision)

        title = rule.description or rule.name
        yield from self._test(title, self._ordered(self._forms.of_rule(rule)), is_shown, rule)

    def for_part(self, part: Part, *, way: bool) -> Iterator[str]:
        """Yield a test in which a part of a condition holds, or does not, in a rule that is asked."""
        rule = self._users[part.owner] if part.named else self.coverage.rule(part.owner)

        def is_shown(decision: Decision, message: Message) -> bool:
            at = self._places[rule.name]
            asked = decision.by is None or self._places.get(decision.by, at) >= at
            return asked and holds(part.condition, MessageView(message), rule.name) is way

        words = part.text.replace('"', "'")
        title = f"{part.owner}: {words if way else f'not {words}'}"
        yield from self._test(title, self._turned(rule, part, way=way), is_shown, rule)

    # ---- where messages come from

    def _turned(self, rule: Rule, part: Part, *, way: bool) -> Iterator[Alternative]:
        """Yield what a rule claims, with a part of its condition as it is wanted."""
        wanted = self._forms.of(part.condition, rule.name)
        whole = self._ordered(self._forms.of_rule(rule))
        facts = {abs(claim) for alternative in wanted for claim in alternative}
        without = [frozenset(claim for claim in each if abs(claim) not in facts) for each in whole]
        if way:
            some = self._ordered(wanted)
            yield from (one | other for other in some for one in without)
            yield from some
        else:
            claims = dict.fromkeys(claim for alternative in wanted for claim in sorted(alternative))
            yield from (one | {-claim} for claim in islice(claims, MOST_DENIED) for one in without)
            yield from without
            yield frozenset()

    def _ordered(self, form: NormalForm) -> list[Alternative]:
        some = sorted(form or ALWAYS, key=lambda each: (len(each), sorted(map(abs, each))))
        return some[:MOST_ALTERNATIVES]

    # ---- trying them

    def _test(
        self, title: str, alternatives: Iterable[Alternative], is_shown: Goal, rule: Rule
    ) -> Iterator[str]:
        title = self._free(title)
        zone = self.router.rules.zone
        samples = chain.from_iterable(
            sample_messages(each, self._forms.facts, zone) for each in islice(alternatives, MOST_ALTERNATIVES)
        )
        for sample in islice(samples, MOST_MESSAGES):
            if not _can_be_written(sample):
                continue
            message = sample.message(
                msg_id=f"test:{title}:1",
                robot_name=self.robot_name,
                client_id=self.router.baseline.client_id,
            )
            decision = self.router.decide(message)
            if not is_shown(decision, message):
                continue
            expects = _expected(decision, rule)
            if expects is None:
                continue
            self._titles.add(title)
            self.router.decide(message, self.coverage)
            timed = sample.at != default_time(zone) or self._timed.decide(decision)
            yield written_block(title, sample, [expects], timed=timed)
            return

    def _free(self, title: str) -> str:
        """Return a title that no test has."""
        title = " ".join(title.split())
        title = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
        free, number = title, 1
        while free in self._titles:
            number += 1
            free = f"{title} ({number})"
        return free


def _held(decision: Decision) -> frozenset[str]:
    """Return the rules that held for a message."""
    shadows = (each.rule for each in decision.shadow)
    return frozenset((*decision.via, *shadows, *((decision.by,) if decision.by is not None else ())))


def _expected(decision: Decision, rule: Rule) -> str | None:
    """Return what is to be expected, or None where a step cannot be done."""
    happened = Rehearsal().perform(decision)
    if any(done.instead_of or done.outcome in ("skipped", "dead") for done in happened):
        return None
    own = [done for done in happened if done.by == rule.name]
    telling = _most_telling(own or [done for done in happened if done.by == decision.by])
    if telling is None:
        return None
    shadow = rule.name if any(each.rule == rule.name for each in decision.shadow) else None
    value = telling.value if telling.outcome != "reply" else None
    by = written_by(telling.by) if telling.by is not None else ""
    tried = f"shadow {shadow}" if shadow is not None else ""
    return " ".join(filter(None, (written_outcome(telling.outcome, value), by, tried)))


def _most_telling(happened: list[Done]) -> Done | None:
    """Return the last answer, else the last thing."""
    answers = [done for done in happened if done.outcome in _ANSWERS]
    return next(reversed(answers or happened), None)


def _can_be_written(sample: SampleMessage) -> bool:
    """Return whether rules can hold its texts: single halves of characters they cannot."""
    texts = (sample.text, sample.quoted, sample.sender, sample.nick, sample.title, sample.file, sample.type)
    more = (sample.conversation, sample.robot, sample.corp)
    return not any("\ud800" <= character <= "\udfff" for each in (*texts, *more) for character in each)
