"""Why a message went where it went: each rule that was asked, and each part of its condition with its value."""

from __future__ import annotations

from typing import Any, NamedTuple

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
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.source import SourceMap
from prx_dingtalk_router.matching.compiled_rule import CompiledRule
from prx_dingtalk_router.matching.router import Router
from prx_dingtalk_router.message import Message

SHOWN_CHARACTERS = 200


def explain(router: Router, message: Message) -> tuple[Decision, list[dict[str, Any]]]:
    """Decide a message, and say why.

    Returns:
        The decision, and the trace: for each rule asked, in order, its name, whether it held, where it stands, and its
        tests in written order with their value on this message and what they saw. The shape is not promised.
    """
    trace = _Trace(router.rules.sources)
    return router.decide(message, trace), trace.rules


class _Trace:
    """Notes what every rule that is asked says, and why."""

    def __init__(self, sources: SourceMap) -> None:
        self.rules: list[dict[str, Any]] = []
        self._sources = sources

    def asked(self, rule: CompiledRule, view: MessageView, *, held: bool) -> None:
        self.rules.append(_rule(_Asked(rule, view, self._sources), held))


class _Asked(NamedTuple):
    """A rule, the message that it was asked about, and the files that say how it is written."""

    compiled: CompiledRule
    view: MessageView
    sources: SourceMap

    @property
    def rule(self) -> Rule:
        return self.compiled.rule

    def written(self, condition: Condition) -> str:
        return " ".join(self.sources.written(self.rule.home.place(condition.span)).split())

    def holds(self, condition: Condition) -> bool:
        return self.compiled.value(condition, self.view)


def _rule(asked: _Asked, held: bool) -> dict[str, Any]:
    rule = asked.rule
    place = asked.sources.locate(rule.place)
    return {
        "rule": rule.name,
        "description": rule.description,
        "held": held,
        "shadow": rule.shadow,
        "file": place.file,
        "line": place.begin.line,
        "conditions": list(_tests(rule.condition, asked)),
        "failed": None if held else _first_failing(rule.condition, asked),
    }


def _tests(condition: Condition, asked: _Asked) -> list[dict[str, Any]]:
    match condition:
        case And() | Or():
            return [test for part in condition.parts for test in _tests(part, asked)]
        case _:
            return [
                {
                    "text": asked.written(condition),
                    "value": asked.holds(condition),
                    "seen": _seen(condition, asked.view),
                }
            ]


def _first_failing(condition: Condition, asked: _Asked) -> str:
    """The first part that keeps the condition from holding, as it is written."""
    if isinstance(condition, And):
        for part in condition.parts:
            if not asked.holds(part):
                return _first_failing(part, asked)
    return asked.written(condition)


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
