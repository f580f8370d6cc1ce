"""Tests that can never pass: what they expect is no step of the rule that they expect it of (language.md section 9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from prx_dingtalk_router.decision.model import OTHERWISE
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.never_passes import NeverPasses, Reason
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.ruleset import (
    Agent,
    Case,
    Drop,
    Expect,
    ExpectElse,
    Fallback,
    Next,
    Reply,
    Rule,
    RuleSet,
    Step,
)
from prx_dingtalk_router.language.source import Place, Span

_TEMPLATE_SIGNS = ("{{", "{%", "{#")
_ANSWERS = (Agent, Reply, Drop)


def never_passes(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the ``expect``, once for each; nothing is said of a set with errors, whose rules are not all known."""
    rules = linted.rules
    if diagnostics.has_errors or not rules.complete or not rules.tests:
        return
    doers = {rule.name: _Doer.of(rule) for rule in map(linted.thawed, linted.in_order)}
    if rules.otherwise is not None:
        doers[OTHERWISE] = _Doer.of(rules.otherwise)
    everybody = _Doer.together(doers.values(), rules)
    for test, case in rules.cases():
        for expect in case.expects:
            found = _why(expect, case, doers, everybody)
            if found is not None:
                reason, rule, span = found
                place = test.home.place(span or expect.span)
                at = doers[rule].place if rule in doers else None
                diagnostics.add(NeverPasses(place, reason, rule or "", at))


@dataclass(frozen=True, slots=True)
class _Doer:
    """What a rule, or all together, can do."""

    place: Place | None
    steps: tuple[Step, ...]
    alternatives: tuple[Step, ...]
    shadow: bool
    ends_silently: bool
    """Whether a message may be dropped without a ``drop``: nothing answers it, or its agent is not asked."""

    @classmethod
    def of(cls, doer: Rule | Fallback) -> _Doer:
        entries = [entry.step for chain in doer.chains for entry in chain]
        others = [entry.step for chain in doer.chains for entry in chain[1:]]
        first = [chain[0].step for chain in doer.chains]
        silently = not any(isinstance(step, _ANSWERS) for step in first) or isinstance(first[-1], Agent)
        shadow = isinstance(doer, Rule) and doer.shadow
        return cls(doer.place, tuple(entries), tuple(others), shadow, silently)

    @classmethod
    def together(cls, doers: Iterable[_Doer], rules: RuleSet) -> _Doer:
        able = [each for each in doers if not each.shadow]
        steps = tuple(step for each in able for step in each.steps)
        others = tuple(step for each in able for step in each.alternatives)
        silently = rules.otherwise is None or any(each.ends_silently for each in able)
        return cls(None, steps, others, shadow=False, ends_silently=silently)


def _why(
    expect: Expect, case: Case, doers: Mapping[str, _Doer], everybody: _Doer
) -> tuple[Reason, str | None, Span | None] | None:
    """Return why an ``expect`` is never met, the rule that it is about, and the piece of it that never is."""
    for name in expect.shadows:
        if not doers[name].shadow:
            return "no-shadow", name, None
    if expect.outcome == "refused":
        return None
    rule = OTHERWISE if expect.by_default else expect.by
    if rule == OTHERWISE and rule not in doers:
        return "no-otherwise", None, None
    doer = doers[rule] if rule is not None else everybody
    if doer.shadow:
        return "is-shadow", rule, None
    reason = _missing(expect, doer.steps, doer)
    if reason is None and expect.mention is not None and expect.mention.sender and not case.given.group:
        reason = "in-private"
    if reason is not None:
        return reason, rule, None
    for each in expect.alternatives:
        if _missing(each, doer.alternatives, None) is not None:
            return "no-else", rule, each.span
    return None


def _missing(expect: Expect | ExpectElse, steps: tuple[Step, ...], doer: _Doer | None) -> Reason | None:
    """Return what is missing among some steps; ``doer`` is theirs where they are all that it has."""
    match expect.outcome:
        case "agent":
            agents = {step.agent for step in steps if isinstance(step, Agent)}
            return None if expect.value in agents else "no-agent" if agents else "no-step"
        case "reply":
            return _missing_reply(expect, [step for step in steps if isinstance(step, Reply)])
        case "drop":
            if doer is not None and doer.ends_silently:
                return None
            reasons = [step.reason for step in steps if isinstance(step, Drop)]
            return None if reasons and expect.value in (None, *reasons) else "no-step"
        case "next":
            return None if any(isinstance(step, Next) for step in steps) else "no-step"
        case kind:
            kinds = {type(step).__name__.casefold() for step in steps}
            return None if kind in kinds else "no-step"


def _missing_reply(expect: Expect | ExpectElse, replies: list[Reply]) -> Reason | None:
    if not replies:
        return "no-step"
    asks_for_people = expect.mention is not None and (expect.mention.sender or expect.mention.staff_ids)
    if asks_for_people and all(reply.mention is None for reply in replies):
        return "no-mention"
    if expect.value is None or expect.value in _fixed(replies):
        return None
    return "no-words" if all(_is_fixed(reply) for reply in replies) else None


def _fixed(replies: Iterable[Reply]) -> Iterator[str]:
    for reply in replies:
        yield reply.template.source
        yield reply.template.source.removesuffix("\n")


def _is_fixed(reply: Reply) -> bool:
    return not any(sign in reply.template.source for sign in _TEMPLATE_SIGNS)
