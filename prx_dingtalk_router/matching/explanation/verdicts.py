"""Who took a message and why, in words; and why a named rule did not."""

from __future__ import annotations

from collections.abc import Iterator

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import DENIED, OTHERWISE
from prx_dingtalk_router.matching.baseline import EVERYBODY, Baseline
from prx_dingtalk_router.matching.explanation.advice import advice
from prx_dingtalk_router.matching.explanation.changes import changes_of_part
from prx_dingtalk_router.matching.explanation.clauses import because, clause
from prx_dingtalk_router.matching.explanation.model import Answer, Explanation, WhyNot
from prx_dingtalk_router.matching.explanation.parts import Part
from prx_dingtalk_router.message import Message


def headline(explanation: Explanation) -> Text:
    """Return who took the message."""
    decision = explanation.decision
    if decision.message.notice is not None:
        return text(f"matching.took-{decision.message.notice}")
    match decision.by:
        case None:
            return text("matching.took-nobody-replied" if decision.steps else "matching.took-nobody")
        case "otherwise" | "denied" as name:
            return text(f"matching.took-{name}")
        case rule:
            return text("matching.took", rule=rule)


def baseline_sentence(baseline: Baseline, message: Message) -> Text:
    """Return what ``allowed_users`` says of the sender."""
    if not message.sender and not message.sender_id:
        return text("matching.baseline.without-id")
    if EVERYBODY in baseline.allowed_users:
        return text("matching.baseline.everybody")
    if not baseline.allowed_users:
        return text("matching.baseline.nobody")
    if not message.sender:
        return text("matching.baseline.external")
    key = "listed" if message.sender in baseline.allowed_users else "refused"
    return text(f"matching.baseline.{key}", sender=message.sender)


def admission(explanation: Explanation) -> Iterator[Text]:
    """Give what to change for the sender to be admitted, where one entry is all."""
    message = explanation.decision.message
    if explanation.decision.by == DENIED and message.sender:
        yield text("matching.baseline.add", sender=message.sender)


def reason(answer: Answer) -> Text | None:
    """Return why a rule said what it said."""
    return because(answer.reasons, of_missed=not answer.held)


def verdict(answer: Answer) -> Text | None:
    """Return what came of a rule, where that is more than that it took the message or did not."""
    if answer.verdict == "missed":
        return None
    return text(f"matching.{answer.verdict}", rule=answer.rule.name)


def advices(answer: Answer, explanation: Explanation) -> Iterator[Text]:
    """Give what to change for a rule to take the message: any one of these, and then what else is in its way."""
    for change in answer.changes:
        yield advice(change)
    if answer.changes:
        yield from obstacles(answer, explanation)


def obstacles(answer: Answer, explanation: Explanation) -> Iterator[Text]:
    """Give what keeps a rule from taking the message even if it holds."""
    if answer.rule.shadow:
        yield text("matching.change.shadow", rule=answer.rule.name)
    taker = explanation.taker
    if taker is not None and answer in explanation.later:
        key = "matching.change.above" if answer.held else "matching.change.before"
        yield text(key, rule=answer.rule.name, taker=taker.rule.name)


def why_not_sentence(why: WhyNot, explanation: Explanation) -> Text:
    """Return why a rule did not take the message, in one sentence."""
    answer, taker = why.answer, explanation.taker
    if answer is None:
        if why.name == OTHERWISE and taker is not None:
            return text("matching.why-not.default", name=OTHERWISE, taker=taker.rule.name)
        if why.name == explanation.decision.by:
            return headline(explanation)
        if why.name == DENIED:
            return text("matching.why-not.denied")
        return text("matching.why-not.not-asked", rule=why.name)
    if answer.verdict == "missed":
        return text("matching.why-not.missed", rule=why.name, count=len(why.failed))
    return text(
        f"matching.why-not.{answer.verdict}",
        rule=why.name,
        taker=taker.rule.name if taker is not None else "",
    )


def why_not_parts(why: WhyNot) -> Iterator[tuple[Part, Text, Text | None]]:
    """Give each part that keeps a rule from holding, in words; where there are several, with what to change about it."""
    for part in why.failed:
        change = next(changes_of_part(part), None) if len(why.failed) > 1 else None
        yield part, clause(part, of_missed=True), advice(change) if change is not None else None


def why_not_advices(why: WhyNot, explanation: Explanation) -> Iterator[Text]:
    """Give what to change for it to take the message."""
    answer = why.answer
    if answer is None:
        return
    if not answer.held and not answer.changes:
        if len(why.failed) > 1:
            yield text("matching.change.none")
        yield from obstacles(answer, explanation)
    elif not answer.held:
        yield from advices(answer, explanation)
    else:
        yield from obstacles(answer, explanation)
