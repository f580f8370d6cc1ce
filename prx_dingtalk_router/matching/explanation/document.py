"""An explanation as JSON (interfaces.md section 2): the shape of ``explain --json``, ``why --json`` and the chat page.

Sentences are ready to be shown. Commands say them in their language; the page, whose language people choose, has them in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from prx_dingtalk_router.catalogue import LANGUAGES, Text
from prx_dingtalk_router.language.ruleset import (
    And,
    Compare,
    Condition,
    FlagIsSet,
    IsEmpty,
    Matches,
    OfPercent,
    Or,
)
from prx_dingtalk_router.matching.decision_json import decision_json
from prx_dingtalk_router.matching.explanation.advice import advice
from prx_dingtalk_router.matching.explanation.clauses import because, clause
from prx_dingtalk_router.matching.explanation.deeds import Deed, deeds, kind_of
from prx_dingtalk_router.matching.explanation.model import Answer, Explanation, WhyNot
from prx_dingtalk_router.matching.explanation.parts import Change, Hit, Part
from prx_dingtalk_router.matching.explanation.verdicts import (
    admission,
    advices,
    baseline_sentence,
    headline,
    reason,
    verdict,
    why_not_advices,
    why_not_parts,
    why_not_sentence,
)

SHOWN_CHARACTERS = 200
MOST_EXPECTED = 20

Say = Callable[[Text], Any]


def in_language(sentence: Text) -> str:
    """Word a sentence in the language of the process."""
    return sentence.render()


def in_both(sentence: Text) -> dict[str, str]:
    """Word a sentence in both languages, by language."""
    return {language: sentence.render(language) for language in LANGUAGES}


def explanation_json(
    explanation: Explanation, why: WhyNot | None = None, say: Say = in_language, most: int | None = None
) -> dict[str, Any]:
    """Return a decision with ``trace`` and ``explanation``.

    Args:
        explanation: of the decision.
        why: why a named rule did not take the message.
        say: words sentences.
        most: of rules that were asked in vain and that say nothing of the message, so many of the last are in ``trace``.
    """
    return {
        **decision_json(explanation.decision),
        "trace": trace_json(explanation, say, most),
        "explanation": summary_json(explanation, why, say),
    }


def trace_json(
    explanation: Explanation, say: Say = in_language, most: int | None = None
) -> list[dict[str, Any]]:
    """Return what each rule said that was asked, in order."""
    answers = explanation.answers
    if most is not None:
        left_out = len(answers) - most
        answers = tuple(
            each
            for number, each in enumerate(answers)
            if number >= left_out or each.held or each in explanation.near
        )
    return [_answer_json(each, explanation, say) for each in answers]


def summary_json(explanation: Explanation, why: WhyNot | None, say: Say) -> dict[str, Any]:
    """Return what is said of the decision as a whole."""
    decision = explanation.decision
    message, taker = decision.message, explanation.taker
    reasons = taker.reasons if taker is not None else ()
    document: dict[str, Any] = {
        "message": {
            "text": message.text,
            "read_as": explanation.folded,
            "type": message.type,
            "sender": message.sender_key,
            "sender_name": message.sender_name,
            "conversation": message.conversation,
            "group": message.group,
            "quoted": message.quoted,
            "file": message.file_name,
            "at": message.created_at.astimezone(ZoneInfo(decision.zone)).isoformat(),
        },
        "headline": say(headline(explanation)),
        "because": _perhaps(because(reasons), say),
        "hits": [{"field": _field(part), **_hit_json(hit)} for part in reasons for hit in part.hits],
        "baseline": {
            "admits": explanation.baseline.admits(message),
            "sentence": say(baseline_sentence(explanation.baseline, message)),
            "advice": [say(each) for each in admission(explanation)],
        },
        "steps": [_deed_json(each, say) for each in deeds(decision)],
        "asked": len(explanation.answers),
        "near": [_brief_json(each, explanation, say) for each in explanation.near],
        "later": [
            _brief_json(each, explanation, say)
            for each in explanation.later
            if each.held and not each.rule.shadow
        ],
    }
    if why is not None:
        document["why_not"] = _why_not_json(why, explanation, say)
    return document


def _answer_json(answer: Answer, explanation: Explanation, say: Say) -> dict[str, Any]:
    rule = answer.rule
    reasons = [
        {**_part_json(part), "sentence": say(clause(part, of_missed=not answer.held))}
        for part in answer.reasons
    ]
    return {
        "rule": rule.name,
        "description": rule.description,
        "held": answer.held,
        "shadow": rule.shadow,
        "file": answer.place.file,
        "line": answer.place.begin.line,
        "conditions": list(_tests(rule.condition, answer, say)),
        "failed": None if answer.held else _first_failing(rule.condition, answer),
        "verdict": answer.verdict,
        "verdict_sentence": _perhaps(verdict(answer), say),
        "sentence": reasons[0]["sentence"] if len(reasons) == 1 else _perhaps(reason(answer), say),
        "reasons": reasons,
        "near": answer in explanation.near,
    }


def _brief_json(answer: Answer, explanation: Explanation, say: Say) -> dict[str, Any]:
    return {
        "rule": answer.rule.name,
        "description": answer.rule.description,
        "held": answer.held,
        "shadow": answer.rule.shadow,
        "file": answer.place.file,
        "line": answer.place.begin.line,
        "after_taker": answer in explanation.later,
        "sentence": _perhaps(reason(answer), say),
        "changes": [_change_json(each, say) for each in answer.changes],
        "advice": [say(each) for each in advices(answer, explanation)],
    }


def _why_not_json(why: WhyNot, explanation: Explanation, say: Say) -> dict[str, Any]:
    answer = why.answer
    return {
        "rule": why.name,
        "verdict": answer.verdict if answer is not None else None,
        "sentence": say(why_not_sentence(why, explanation)),
        "failed": [
            {**_part_json(part), "sentence": say(said), "advice": _perhaps(change, say)}
            for part, said, change in why_not_parts(why)
        ],
        "changes": [_change_json(each, say) for each in answer.changes] if answer is not None else [],
        "advice": [say(each) for each in why_not_advices(why, explanation)],
    }


def _change_json(change: Change, say: Say) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "test": change.part.written,
        "list": change.part.source if isinstance(change.part.test, Compare) else None,
        "value": change.value,
        "sentence": say(advice(change)),
    }


def _deed_json(deed: Deed, say: Say) -> dict[str, Any]:
    return {
        "step": kind_of(deed.step),
        "rule": deed.step.rule,
        "position": deed.step.position,
        "sentence": say(deed.does),
        "content": deed.content,
        "options": [say(each) for each in deed.options],
        "problem": _perhaps(deed.problem, say),
        "else": [_deed_json(each, say) for each in deed.alternatives],
    }


def _tests(condition: Condition, answer: Answer, say: Say) -> Iterator[dict[str, Any]]:
    match condition:
        case And() | Or():
            for part in condition.parts:
                yield from _tests(part, answer, say)
        case _:
            look = answer.look
            parts = look.reasons(condition)
            seen = parts[0].actual if len(parts) == 1 and not parts[0].conditions else None
            yield {
                "text": look.written(condition),
                "value": look.value(condition),
                "seen": seen[:SHOWN_CHARACTERS] if seen is not None else None,
                "sentence": _perhaps(because(parts), say),
            }


def _first_failing(condition: Condition, answer: Answer) -> str:
    """The first part that keeps the condition from holding, as it is written."""
    if isinstance(condition, And):
        for part in condition.parts:
            if not answer.look.value(part):
                return _first_failing(part, answer)
    return answer.look.written(condition)


def _part_json(part: Part) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "test": part.written,
        "field": _field(part),
        "value": part.value,
        "wanted": part.wanted,
        "conditions": list(part.conditions),
        "hits": [_hit_json(hit) for hit in part.hits],
    }
    if part.source is not None:
        shown["source"] = part.source
    if part.actual is not None:
        shown["actual"] = part.actual[:SHOWN_CHARACTERS]
    match part.test:
        case Compare() as test:
            shown |= {
                "operator": test.operator,
                "expected": list(test.literals[:MOST_EXPECTED]),
                "expected_count": len(test.literals),
            }
        case Matches() as test:
            shown |= {
                "operator": "matches",
                "expected": [each.source for each in test.regexes[:MOST_EXPECTED]],
            }
        case OfPercent() as test:
            at = (part.at or 0) / 100
            shown["percent"] = {"of": part.subject, "at": at, "below": test.percent.hundredths / 100}
        case _:
            pass
    return shown


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {"value": hit.value, "typed": hit.typed, "start": hit.start, "end": hit.end}


def _field(part: Part) -> str | None:
    match part.test:
        case Compare() | Matches() | IsEmpty() | FlagIsSet() as test:
            return test.field.name
        case _:
            return None


def _perhaps(sentence: Text | None, say: Say) -> Any:
    return say(sentence) if sentence is not None else None
