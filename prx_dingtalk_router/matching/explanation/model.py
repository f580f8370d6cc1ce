"""An explanation as data: what every rule that was asked said, and which parts of its condition made it say so.

Parts are found when somebody looks: of a thousand rules that were asked, people read a handful.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.language.ruleset import Rule
from prx_dingtalk_router.language.source import Location
from prx_dingtalk_router.matching.baseline import Baseline
from prx_dingtalk_router.matching.compiled_rule import CompiledRule
from prx_dingtalk_router.matching.explanation.changes import changes
from prx_dingtalk_router.matching.explanation.look import WRITTEN_AT, Look
from prx_dingtalk_router.matching.explanation.parts import Change, Part

Verdict = Literal["took", "passed-on", "would-take", "missed", "too-late"]
"""``would-take``: a shadow rule that holds. ``too-late``: one that holds, but an earlier rule took the message."""


class Answer:
    """What a rule said of a message.

    Args:
        compiled: the rule.
        look: looks into its condition.
        verdict: what came of it.
        place: where the rule is written.
    """

    def __init__(self, compiled: CompiledRule, look: Look, verdict: Verdict, place: Location) -> None:
        self.compiled = compiled
        self.look = look
        self.verdict = verdict
        self.place = place

    @property
    def rule(self) -> Rule:
        """The rule as checked."""
        return self.compiled.rule

    @property
    def held(self) -> bool:
        """Whether its condition holds."""
        return self.verdict != "missed"

    @cached_property
    def reasons(self) -> tuple[Part, ...]:
        """The parts that together make its condition say what it says: of an ``and`` that fails, the first that does."""
        return self.look.reasons(self.rule.condition)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What would make it hold, where a change of a single part does."""
        return () if self.held else changes(self.look)


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why one named rule did not take the message.

    Args:
        name: as it was asked for.
        answer: of the rule; None where rules are not asked, and for ``otherwise`` and ``denied``.
    """

    name: str
    answer: Answer | None

    @property
    def failed(self) -> tuple[Part, ...]:
        """All parts that keep it from holding."""
        answer = self.answer
        if answer is None or answer.held:
            return ()
        return answer.look.reasons(answer.rule.condition, every_part=True)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a message goes where it goes.

    Args:
        decision: as the router decides it.
        baseline: by which it is decided.
        answers: of the rules that were asked, in order; empty where none was.
        later: those of the rules after the one that took it.
        folded: the text as it is compared.
        near: rules that nearly held, the nearest first.
    """

    decision: Decision
    baseline: Baseline
    answers: tuple[Answer, ...]
    later: tuple[Answer, ...] = ()
    folded: str = ""
    near: tuple[Answer, ...] = ()

    @property
    def taker(self) -> Answer | None:
        """The rule that took it."""
        return next((each for each in reversed(self.answers) if each.verdict == "took"), None)

    def written_at(self, zone: str) -> str:
        """Return when the message was written, as ``2026-01-07 10:00 Wed`` of a zone."""
        return self.decision.message.created_at.astimezone(ZoneInfo(zone)).strftime(WRITTEN_AT)

    def of(self, verdict: Verdict) -> tuple[Answer, ...]:
        """Return the rules that were asked and said so."""
        return tuple(each for each in self.answers if each.verdict == verdict)
