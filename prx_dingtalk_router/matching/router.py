"""The router: checked rules and the baseline, ready to decide. Deciding is pure: nothing is touched, nothing rendered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from prx_dingtalk_router.decision.model import (
    DENIED,
    NO_CAPTURES,
    OTHERWISE,
    AgentStep,
    Decision,
    DropStep,
    ReplyStep,
    ShadowMatch,
    Step,
)
from prx_dingtalk_router.language.ruleset import Fallback, RuleSet
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.matching.baseline import Baseline
from prx_dingtalk_router.matching.candidates import CandidateIndex
from prx_dingtalk_router.matching.compiled_rule import BoundSteps, CompiledRule
from prx_dingtalk_router.matching.predicates import Predicates
from prx_dingtalk_router.message import Message

NO_RULE = "no rule"
_ANSWERS = (AgentStep, ReplyStep)


class Recorder(Protocol):
    """Is told of every rule that was asked about a message, in order."""

    def asked(self, rule: CompiledRule, view: MessageView, *, held: bool) -> None:
        """Note what a rule said; ``rule.value`` says what any part of its condition said."""


class Router:
    """Decides messages by one set of rules.

    Rules are compiled when they are first asked, or by ``prepare``.

    Args:
        rules: a set without errors.
        baseline: what the configuration adds.
        index: of these rules, if it was made elsewhere; it can be pickled.
    """

    def __init__(self, rules: RuleSet, baseline: Baseline, index: CandidateIndex | None = None) -> None:
        self.rules = rules
        self.baseline = baseline
        self._index = index
        self._predicates = Predicates()
        self._compiled: list[CompiledRule | None] = [None] * len(rules.rules)
        self._otherwise = self._fallback(rules.otherwise, OTHERWISE)
        self._refused = self._fallback(rules.denied, DENIED)

    @property
    def index(self) -> CandidateIndex:
        """What names the rules that may hold for a message."""
        if self._index is None:
            self._index = CandidateIndex(self.rules.rules)
        return self._index

    def prepare(self) -> None:
        """Compile everything now, so that no message waits for it."""
        for _ in self.preparing():
            pass

    def preparing(self) -> Iterator[None]:
        """Compile everything, and pause after each piece of the work, so that others can go on meanwhile."""
        index = self.index
        yield
        yield from index.prepare()
        for number in range(len(self._compiled)):
            self._rule(number).prepare()
            yield

    def parts(self) -> list[object]:
        """Return everything that it holds by the thousand, for whoever lets go of it a little at a time."""
        return [*self.rules.tests, *self.rules.rules, *self._compiled]

    def decide(self, message: Message, recorder: Recorder | None = None) -> Decision:
        """What happens to a message (language.md sections 4, 5, 7, 8).

        Args:
            message: as read from its callback.
            recorder: is told what every rule said, also of those that need not be asked; the decision is the same.
        """
        if message.notice is not None:
            return self._decision(message, by=None, reason=message.notice)
        if not self.baseline.admits(message):
            return self._denied(message)
        view = MessageView(message)
        via: list[str] = []
        steps: list[Step] = []
        shadow: list[ShadowMatch] = []
        for number in self.candidates(view) if recorder is None else range(len(self._compiled)):
            rule = self._compiled[number] or self._rule(number)
            held = rule.holds(view)
            if recorder is not None:
                recorder.asked(rule, view, held=held)
            if not held:
                continue
            bound, found = rule.perform(view)
            if rule.shadow:
                shadow.append(ShadowMatch(rule.name, bound))
                continue
            steps += bound
            if rule.takes:
                return self._decision(message, rule.name, via, steps, _reason(steps), found, shadow)
            via.append(rule.name)
        if self._otherwise is None:
            reason = None if any(isinstance(step, ReplyStep) for step in steps) else NO_RULE
            return self._decision(message, None, via, steps, reason, NO_CAPTURES, shadow)
        steps += self._otherwise.of(message)
        return self._decision(message, OTHERWISE, via, steps, _reason(steps), NO_CAPTURES, shadow)

    def candidates(self, view: MessageView) -> Iterable[int]:
        """Return the numbers of the rules that may hold for a message, in file order; those left out certainly do not."""
        return (self._index or self.index).candidates(view)

    def compiled(self, start: int = 0) -> Iterator[CompiledRule]:
        """Give the rules from a number on, in file order, to be asked one by one."""
        return map(self._rule, range(start, len(self._compiled)))

    def _rule(self, number: int) -> CompiledRule:
        compiled = self._compiled[number]
        if compiled is None:
            rule = self.rules.rules[number]
            compiled = CompiledRule(rule, self._predicates, self.baseline)
            self._compiled[number] = compiled
        return compiled

    def _denied(self, message: Message) -> Decision:
        if self._refused is None:
            return self._decision(message, by=DENIED, reason=DENIED)
        steps = self._refused.of(message)
        return self._decision(message, DENIED, (), steps, _reason(steps))

    def _fallback(self, fallback: Fallback | None, name: str) -> BoundSteps | None:
        return None if fallback is None else BoundSteps(fallback.chains, name, self.baseline)

    def _decision(
        self,
        message: Message,
        by: str | None,
        via: Sequence[str] = (),
        steps: Sequence[Step] = (),
        reason: str | None = None,
        match: Mapping[str, str] = NO_CAPTURES,
        shadow: Sequence[ShadowMatch] = (),
    ) -> Decision:
        return Decision(
            message,
            self.rules.fingerprint,
            by,
            tuple(via),
            tuple(steps),
            reason,
            match,
            tuple(shadow),
            self.rules.zone,
            self.baseline.client_id,
        )


def _reason(steps: Sequence[Step]) -> str | None:
    """The reason of a drop that is the last thing done."""
    for step in reversed(steps):
        if isinstance(step, DropStep):
            return step.reason
        if isinstance(step, _ANSWERS):
            return None
    return None
