"""What a test expects against what happens (language.md section 9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.failure import Failure, kind_named
from prx_dingtalk_router.decision.model import OTHERWISE, AgentStep, Decision, Mention, ReplyStep, Step
from prx_dingtalk_router.language.ruleset import Case, Expect, ExpectElse
from prx_dingtalk_router.language.source import Home, SourceMap, Span
from prx_dingtalk_router.language.syntax.escape import written_string
from prx_dingtalk_router.matching.rehearsal import Done, alternatives
from prx_dingtalk_router.matching.written_case import written_by, written_outcome

SHOWN_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a case failed: one sentence, and, where something else happened, both sides of it.

    Args:
        sentence: all of it.
        expected: as it is written in the test.
        happened: what happens instead, in the words of ``expect``.
    """

    sentence: Text
    expected: str | None = None
    happened: tuple[str, ...] = ()

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class Written:
    """How a test is written."""

    home: Home
    sources: SourceMap

    def text(self, span: Span) -> str:
        """Return what is written at a place of the test, on one line."""
        return " ".join(self.sources.written(self.home.place(span)).split())


def compare(case: Case, decision: Decision, happened: Sequence[Done], written: Written) -> Iterator[Problem]:
    """Yield what is not as it is expected: each ``expect`` has to occur among what happens, in order.

    What cannot be done, although its guard has room, is a problem as well, unless what is done in its place is expected.
    """
    expected = [expect for expect in case.expects if expect.outcome != "refused"]
    met: list[Done] = []
    at = 0
    for expect in expected:
        found = next((n for n in range(at, len(happened)) if _fits(expect, happened[n], decision)), None)
        if found is None:
            yield _not_happened(expect, case, happened, written)
        else:
            at = found + 1
            met.append(happened[found])
            yield from _alternatives(expect, happened[found], decision, written)
        shadows = {each.rule for each in decision.shadow}
        for rule in expect.shadows:
            if rule not in shadows:
                yield Problem(text("matching.not-in-shadow", rule=rule))
    if len(expected) < len(case.expects):
        return  # a refusal is about the baseline alone
    for done in happened:
        if any(done is each for each in met):
            continue
        for failed in done.instead_of:
            if not failed.limited:
                step = said(done_words(failed.step))
                yield Problem(text("matching.not-done", step=step, rule=failed.step.rule, why=failed.why))


def _fits(expect: Expect, done: Done, decision: Decision) -> bool:
    if not _does(expect, done, decision):
        return False
    if expect.by_default:
        return done.by == OTHERWISE
    return expect.by is None or expect.by == done.by


def _does(expect: Expect | ExpectElse, done: Done, decision: Decision) -> bool:
    return (
        expect.outcome == done.outcome
        and (expect.value in (None, done.value) or expect.value in done.in_other_languages)
        and (expect.told is None or expect.told == done.told)
        and (expect.mention is None or _people(expect.mention, decision) == frozenset(done.mentioned))
    )


def _people(mention: Mention, decision: Decision) -> frozenset[str] | None:
    """Return whom a test expects to be called out; a sender without a staff ID cannot be."""
    if mention.sender:
        return frozenset({decision.message.sender}) if decision.message.sender else None
    return frozenset(mention.staff_ids)


def _alternatives(expect: Expect, done: Done, decision: Decision, written: Written) -> Iterator[Problem]:
    """Yield the ``else`` that are not among those of a step, in order."""
    ahead: Sequence[Step] = done.others()
    for each in expect.alternatives:
        failure = Failure(str(text("matching.some-failure")))
        if each.failure is not None:
            failure = Failure(each.failure, kind_named(each.failure))
        would = list(alternatives(done, decision, failure))
        found = next(
            (one for one in would if any(one.step is step for step in ahead) and _does(each, one, decision)),
            None,
        )
        if found is None:
            told, mention = each.told is not None, each.mention is not None
            shows = tuple(said(replace(one, by=None), told=told, mention=mention) for one in would)
            written_else = written.text(each.span)
            yield Problem(
                text("matching.not-else", expected=written_else, happened=shows or text("matching.nothing")),
                written_else,
                tuple(f"else {show}" for show in shows),
            )
            return
        ahead = found.others()


def _not_happened(expect: Expect, case: Case, happened: Sequence[Done], written: Written) -> Problem:
    told = any(each.told is not None for each in case.expects)
    mention = any(each.mention is not None for each in case.expects)
    shows = tuple(said(each, told=told, mention=mention) for each in happened)
    parts = written.text(expect.span)
    if expect.alternatives:
        parts = written.text(Span(expect.span.start, expect.alternatives[0].span.start))
    return Problem(
        text("matching.not-happened", expected=parts, happened=shows or text("matching.nothing")),
        parts.removeprefix("expect "),
        shows,
    )


def said(done: Done, *, told: bool = False, mention: bool = False) -> str:
    """Return what happened in the words of ``expect``, with what an agent is told and whom a reply mentions if that is asked."""
    if done.outcome in ("skipped", "dead"):
        why = text("decision.failure-limited") if done.value is None else done.value
        if done.value is None and done.instead_of and not done.instead_of[-1].limited:
            why = done.instead_of[-1].why
        return str(text("matching.skipped", rule=done.by, why=why))
    words = [written_outcome(done.outcome, None if done.value is None else _cut(done.value))]
    if told and done.told is not None:
        words.append(f"told {written_string(_cut(done.told))}")
    if mention and done.outcome == "reply":
        words.append(f"mention {_called(done)}")
    if done.by:
        words.append(written_by(done.by))
    return " ".join(words)


def done_words(step: Step) -> Done:
    """Return a step that was not done as what it would have been, without its words."""
    match step:
        case AgentStep():
            return Done("agent", step.agent, None)
        case ReplyStep():
            return Done("reply", None, None)
        case _:
            return Done(type(step).__name__.removesuffix("Step").casefold(), None, None)


def _called(done: Done) -> str:
    if not done.mentioned:
        return "none"
    if isinstance(done.step, ReplyStep) and done.step.mention is not None and done.step.mention.sender:
        return "sender"
    return f"[{', '.join(map(written_string, done.mentioned))}]"


def _cut(value: str) -> str:
    return value if len(value) <= SHOWN_CHARACTERS else f"{value[:SHOWN_CHARACTERS]}…"
