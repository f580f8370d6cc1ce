"""What the steps of a decision come to where nothing is contacted: guards counted, texts rendered, ``else`` used (section 7).

Agents are taken to answer, and replies to arrive: what cannot be done is what has nothing to say, or no room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from prx_dingtalk_router.catalogue import LANGUAGES, Language, Text, text
from prx_dingtalk_router.decision.failure import Failure, FailureKind
from prx_dingtalk_router.decision.model import (
    AgentStep,
    CancelStep,
    Decision,
    DropStep,
    ForgetStep,
    ReplyStep,
    Step,
)
from prx_dingtalk_router.decision.rendering import mentions, render_for_agent, render_reply
from prx_dingtalk_router.errors import RenderError

LIMITED = "limited"
WORDLESS = "empty message"
"""Reasons of a drop that the router gives itself."""

_GAVE_NOTHING = "templates.empty-message"
_NOTHING_TO_TELL = text("delivery.empty-message")
_NO_ROOM = text("delivery.limited")


@dataclass(frozen=True, slots=True)
class NotDone:
    """A step that was not done, and why; ``limited`` where its guard had no room."""

    step: Step
    why: Text
    limited: bool


@dataclass(frozen=True, slots=True)
class Done:
    """Something that happened to a message, in the words of ``expect``.

    Args:
        outcome: as tests name it; ``skipped`` for a reply that nothing was said in place of, ``dead`` for a message whose
            agent cannot be told anything.
        value: the agent, the reply, or the reason.
        by: the rule that it comes from.
        told: what the agent is told.
        mentioned: whom a reply calls out.
        step: the step itself, if there is one.
        chain: its ``then`` step with all its ``else``.
        instead_of: what was tried before it in its chain and was not done.
    """

    outcome: str
    value: str | None
    by: str | None
    told: str | None = None
    mentioned: tuple[str, ...] = ()
    step: Step | None = None
    chain: tuple[Step, ...] = ()
    instead_of: tuple[NotDone, ...] = ()
    in_other_languages: tuple[str, ...] = ()
    """What a reply says where ``{{ failure }}`` is worded in another language: a test passes whichever the router speaks."""

    def others(self) -> tuple[Step, ...]:
        """Return the steps that would be tried if it were not done."""
        places = [at for at, step in enumerate(self.chain) if step is self.step]
        return self.chain[places[0] + 1 :] if places else ()


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a step was not done, not worded yet."""

    why: Text
    kind: FailureKind

    def spoken(self, language: Language | None = None) -> Failure:
        """Return the failure as templates get it, in the language of the process or in another."""
        return Failure(self.why.render(language), self.kind)


@dataclass(slots=True)
class Rehearsal:
    """Performs decisions one after the other, all at the same moment, so that guards fill and nothing leaves their windows.

    It is for messages of one sender in one conversation, which all scopes of guards count as one.
    """

    _performed: dict[tuple[str, str], int] = field(default_factory=dict)

    def perform(self, decision: Decision) -> list[Done]:
        """Return everything that happens, in order: steps, ``next`` after those of its rule, a drop that no step stands for."""
        happened: list[Done] = []
        steps = list(decision.steps)
        for rule in decision.via:
            while steps and steps[0].rule == rule:
                happened.append(self._chain(steps.pop(0), decision))
            happened.append(Done("next", None, rule))
        happened += [self._chain(step, decision) for step in steps]
        if not any(isinstance(step, ReplyStep | AgentStep | DropStep) for step in decision.steps):
            happened.append(Done("drop", decision.reason, decision.by))
        return happened

    def _chain(self, first: Step, decision: Decision) -> Done:
        chain = (first, *first.alternatives)
        tried: list[NotDone] = []
        failure: _Reason | None = None
        for step in chain:
            if not self._has_room(step):
                tried.append(NotDone(step, _NO_ROOM, limited=True))
                failure = _Reason(_NO_ROOM, FailureKind.LIMITED)
                continue
            try:
                spoken = failure.spoken() if failure is not None else None
                done = done_by(step, decision, spoken, chain=chain, instead_of=tuple(tried))
            except RenderError as error:
                gave_nothing = error.text.key == _GAVE_NOTHING
                why = _NOTHING_TO_TELL if gave_nothing and isinstance(step, AgentStep) else error.text
                tried.append(NotDone(step, why, limited=False))
                if failure is None or not (step.is_alternative and gave_nothing):
                    kind = FailureKind.EMPTY_MESSAGE if gave_nothing else FailureKind.FAILED
                    failure = _Reason(why, kind)
                continue
            if failure is not None and done.outcome == "reply":
                worded = (done_by(step, decision, failure.spoken(each)).value for each in LANGUAGES)
                done = replace(done, in_other_languages=tuple(each or "" for each in worded))
            if step.guard is not None:
                place = (step.rule, step.position)
                self._performed[place] = self._performed.get(place, 0) + 1
            return done
        return _exhausted(first, chain, tuple(tried))

    def _has_room(self, step: Step) -> bool:
        return step.guard is None or self._performed.get((step.rule, step.position), 0) < step.guard.count


def done_by(
    step: Step,
    decision: Decision,
    failure: Failure | None,
    *,
    chain: tuple[Step, ...] = (),
    instead_of: tuple[NotDone, ...] = (),
) -> Done:
    """Return what a step does.

    Args:
        step: of the decision, or an alternative to one.
        decision: that binds it.
        failure: why the step before it in its chain was not done.
        chain: that it stands in.
        instead_of: what was tried before it.

    Raises:
        RenderError: it cannot be done.
    """
    value: str | None = None
    told: str | None = None
    mentioned: tuple[str, ...] = ()
    match step:
        case AgentStep():
            outcome, value, told = "agent", step.agent, render_for_agent(step, decision, failure)
        case ReplyStep():
            outcome, value = "reply", render_reply(step, decision, failure).content
            mentioned = mentions(step, decision.message)
        case DropStep():
            outcome, value = "drop", step.reason
        case ForgetStep():
            outcome = "forget"
        case CancelStep():
            outcome = "cancel"
    return Done(outcome, value, step.rule, told, mentioned, step, chain, instead_of)


def alternatives(done: Done, decision: Decision, failure: Failure) -> Iterator[Done]:
    """Yield what each of the steps would do that are tried if one is not done; those that cannot be done are left out."""
    for step in done.others():
        try:
            yield done_by(step, decision, failure, chain=done.chain)
        except RenderError:
            continue


def _exhausted(first: Step, chain: tuple[Step, ...], tried: tuple[NotDone, ...]) -> Done:
    """Return what becomes of a message when nothing of a chain can be done."""
    if not isinstance(first, AgentStep):
        return Done("skipped", None, first.rule, chain=chain, instead_of=tried)
    failures = [each.why for each in tried if not each.limited]
    others = [why for why in failures if why.key not in (_NOTHING_TO_TELL.key, _GAVE_NOTHING)]
    if others:
        return Done("dead", str(others[0]), first.rule, chain=chain, instead_of=tried)
    reason = WORDLESS if failures else LIMITED
    return Done("drop", reason, first.rule, chain=chain, instead_of=tried)
