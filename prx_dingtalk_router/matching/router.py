"""The router: checked rules and the baseline, ready to decide. Deciding is pure: nothing is touched, nothing rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prx_dingtalk_router.decision.model import (
    DENIED,
    OTHERWISE,
    AgentStep,
    Decision,
    DropStep,
    ReplyStep,
    ShadowMatch,
    Step,
)
from prx_dingtalk_router.language.ruleset import Matches, Rule, RuleSet
from prx_dingtalk_router.language.semantics.binding import bind
from prx_dingtalk_router.language.semantics.evaluate import captures
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.order import ask
from prx_dingtalk_router.language.semantics.walk import walk
from prx_dingtalk_router.matching.baseline import Baseline
from prx_dingtalk_router.message import Message

NO_RULE = "no rule"

Asked = Callable[[Rule, bool], None]
"""Told of every rule that was asked, in order, and whether it holds."""


class Router:
    """Decides messages by one set of rules.

    Args:
        rules: a set without errors.
        baseline: what the configuration adds.
    """

    def __init__(self, rules: RuleSet, baseline: Baseline) -> None:
        self.rules = rules
        self.baseline = baseline

    def prepare(self) -> None:
        """Compile every regex now, so that no message waits for it."""
        for rule in self.rules.rules:
            for test in walk(rule.condition):
                for regex in test.regexes if isinstance(test, Matches) else ():
                    regex.prepare()

    def decide(self, message: Message, asked: Asked | None = None) -> Decision:
        """What happens to a message (language.md sections 4, 5, 7, 8).

        Args:
            message: as read from its callback.
            asked: is told what each rule said; what is explained is what happened.
        """
        if message.notice is not None:
            return self._decision(message, by=None, reason=message.notice)
        if not self.baseline.admits(message):
            return self._denied(message)
        view = MessageView(message)
        via: list[str] = []
        steps: list[Step] = []
        shadow: list[ShadowMatch] = []
        for rule, held in ask(self.candidates(view) if asked is None else self.rules.rules, view):
            if asked is not None:
                asked(rule, held)
            if not held:
                continue
            found = captures(rule.condition, view)
            bound = bind(rule.chains, rule.name, message, self.baseline.timeout, found)
            if rule.shadow:
                shadow.append(ShadowMatch(rule.name, bound))
                continue
            steps.extend(bound)
            if rule.passes_on:
                via.append(rule.name)
                continue
            return self._decision(message, rule.name, via, steps, _reason(steps), found, shadow)
        otherwise = self.rules.otherwise
        if otherwise is None:
            reason = None if any(isinstance(step, ReplyStep) for step in steps) else NO_RULE
            return self._decision(message, None, via, steps, reason, None, shadow)
        steps.extend(bind(otherwise.chains, OTHERWISE, message, self.baseline.timeout))
        return self._decision(message, OTHERWISE, via, steps, _reason(steps), None, shadow)

    def candidates(self, view: MessageView) -> Iterable[Rule]:
        """Return the rules that may hold for a message, in file order; those left out certainly do not hold."""
        return self.rules.rules

    def _denied(self, message: Message) -> Decision:
        denied = self.rules.denied
        if denied is None:
            return self._decision(message, by=DENIED, reason=DENIED)
        steps = list(bind(denied.chains, DENIED, message, self.baseline.timeout))
        return self._decision(message, DENIED, (), steps, _reason(steps))

    def _decision(
        self,
        message: Message,
        by: str | None,
        via: list[str] | tuple[str, ...] = (),
        steps: list[Step] | tuple[Step, ...] = (),
        reason: str | None = None,
        match: dict[str, str] | None = None,
        shadow: list[ShadowMatch] | tuple[ShadowMatch, ...] = (),
    ) -> Decision:
        return Decision(
            message=message,
            rules=self.rules.fingerprint,
            by=by,
            via=tuple(via),
            steps=tuple(steps),
            reason=reason,
            match=match or {},
            shadow=tuple(shadow),
            zone=self.rules.zone,
            client_id=self.baseline.client_id,
        )


def _reason(steps: list[Step]) -> str | None:
    """The reason of a drop that is the last thing done."""
    for step in reversed(steps):
        if isinstance(step, DropStep):
            return step.reason
        if isinstance(step, AgentStep | ReplyStep):
            return None
    return None
