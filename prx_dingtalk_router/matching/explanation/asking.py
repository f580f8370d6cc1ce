"""Explains a decision: the router decides, and what every rule said is noted; nothing is decided twice."""

from __future__ import annotations

from prx_dingtalk_router.decision.model import DENIED, OTHERWISE
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.matching.compiled_rule import CompiledRule
from prx_dingtalk_router.matching.explanation.look import Look
from prx_dingtalk_router.matching.explanation.model import Answer, Explanation, Verdict, WhyNot
from prx_dingtalk_router.matching.explanation.near import nearest_misses
from prx_dingtalk_router.matching.router import Router
from prx_dingtalk_router.message import FIELDS, Message


def explain(router: Router, message: Message, *, near: bool = True) -> Explanation:
    """Decide a message, and say why.

    Args:
        router: that decides.
        message: to decide.
        near: whether the rules that nearly held are looked for, which takes longer than all else where there are many.

    Returns:
        The decision as ``decide`` gives it, and what each rule said that was asked for it; what the rules after these say,
        which were not asked, is there as well.
    """
    recorder = _Recorder(router)
    decision = router.decide(message, recorder)
    view = recorder.view or MessageView(message)
    later = [
        recorder.answer(compiled, view, "too-late" if compiled.holds(view) else "missed")
        for compiled in (router.compiled(len(recorder.answers)) if recorder.answers else ())
    ]
    return Explanation(
        decision,
        router.baseline,
        tuple(recorder.answers),
        tuple(later),
        view.compared(FIELDS["text"]),
        nearest_misses([*recorder.answers, *later]) if near else (),
    )


def why_not(explanation: Explanation, name: str) -> WhyNot | None:
    """Return why a rule did not take the message; ``None`` where there is no rule of that name.

    Where no rule was asked, no rule is known by name either: the answer is then without one.
    """
    if name in (OTHERWISE, DENIED) or not explanation.answers:
        return WhyNot(name, None)
    found = next(
        (each for each in (*explanation.answers, *explanation.later) if each.rule.name == name), None
    )
    return WhyNot(name, found) if found is not None else None


class _Recorder:
    """Notes what every rule that is asked says."""

    def __init__(self, router: Router) -> None:
        self.answers: list[Answer] = []
        self.view: MessageView | None = None
        self._rules = router.rules

    def asked(self, rule: CompiledRule, view: MessageView, *, held: bool) -> None:
        self.view = view
        self.answers.append(self.answer(rule, view, _verdict(rule) if held else "missed"))

    def answer(self, rule: CompiledRule, view: MessageView, verdict: Verdict) -> Answer:
        place = self._rules.sources.locate(rule.rule.place)
        return Answer(rule, Look(rule, view, self._rules), verdict, place)


def _verdict(rule: CompiledRule) -> Verdict:
    if rule.shadow:
        return "would-take"
    return "took" if rule.takes else "passed-on"
