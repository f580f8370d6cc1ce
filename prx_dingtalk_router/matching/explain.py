"""Why a message went where it went: each rule that was asked, and each part of its condition with its value."""

from __future__ import annotations

from typing import Any

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.language.ruleset import (
    And,
    Compare,
    Condition,
    During,
    FlagIsSet,
    IsEmpty,
    Matches,
    Named,
    Not,
    Or,
    Rule,
)
from prx_dingtalk_router.language.semantics.evaluate import holds
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.matching.router import Router
from prx_dingtalk_router.message import Message

SHOWN_CHARACTERS = 200


def explain(router: Router, message: Message) -> tuple[Decision, list[dict[str, Any]]]:
    """Decide a message, and say why.

    Returns:
        The decision, and the trace: for each rule asked, in order, its name, whether it held, where it stands, and its
        tests in written order with their value on this message and what they saw. The shape is not promised.
    """
    asked: list[tuple[Rule, bool]] = []
    decision = router.decide(message, lambda rule, held: asked.append((rule, held)))
    view = MessageView(message)
    return decision, [_rule(rule, held, view) for rule, held in asked]


def _rule(rule: Rule, held: bool, view: MessageView) -> dict[str, Any]:
    place = rule.span.begin
    return {
        "rule": rule.name,
        "description": rule.description,
        "held": held,
        "shadow": rule.shadow,
        "file": rule.span.source.name,
        "line": place.line,
        "conditions": list(_tests(rule.condition, view, rule.name)),
        "failed": None if held else _first_failing(rule.condition, view, rule.name),
    }


def _tests(condition: Condition, view: MessageView, rule: str) -> list[dict[str, Any]]:
    match condition:
        case And() | Or():
            return [test for part in condition.parts for test in _tests(part, view, rule)]
        case _:
            return [
                {
                    "text": " ".join(condition.span.text.split()),
                    "value": holds(condition, view, rule),
                    "seen": _seen(condition, view),
                }
            ]


def _first_failing(condition: Condition, view: MessageView, rule: str) -> str:
    """The first part that keeps the condition from holding, as it is written."""
    if isinstance(condition, And):
        for part in condition.parts:
            if not holds(part, view, rule):
                return _first_failing(part, view, rule)
    return " ".join(condition.span.text.split())


def _seen(condition: Condition, view: MessageView) -> str | None:
    """What a test looked at."""
    match condition:
        case Not():
            return _seen(condition.inner, view)
        case Compare() | IsEmpty():
            return view.compared(condition.field)[:SHOWN_CHARACTERS]
        case Matches():
            return view.searched(condition.field)[:SHOWN_CHARACTERS]
        case FlagIsSet():
            return None
        case During():
            return view.message.created_at.astimezone(condition.hours.zone).strftime("%Y-%m-%d %H:%M %a")
        case Named():
            return None
        case _:
            return None
