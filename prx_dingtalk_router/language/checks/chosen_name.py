"""An agent reached by ``sender.name`` or ``conversation.title`` alone: anyone can choose those."""

from __future__ import annotations

from collections.abc import Iterator

from prx_dingtalk_router.language.checked import (
    Agent,
    And,
    Compare,
    Condition,
    IsEmpty,
    Matches,
    Named,
    Not,
    Or,
)
from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.resolving.ruleset import Resolved
from prx_dingtalk_router.language.source import Source

CHOSEN = frozenset({"sender.name", "conversation.title"})


def chosen_name(resolved: Resolved, entry: Source, context: CheckContext, diagnostics: Diagnostics) -> None:
    """Warn at the name of the rule."""
    for rule in resolved.rules:
        has_agent = any(isinstance(each.step, Agent) for chain in rule.chains for each in chain)
        fields = set(_fields(rule.condition))
        if has_agent and fields and fields <= CHOSEN:
            diagnostics.add("chosen-name", rule.span, fields=[f"`{name}`" for name in sorted(fields)])


def _fields(condition: Condition) -> Iterator[str]:
    """What the condition looks at; anything but fields counts as something that nobody can choose."""
    match condition:
        case Compare() | Matches() | IsEmpty():
            yield condition.field.name
        case Named() | Not():
            yield from _fields(condition.inner)
        case And() | Or():
            for part in condition.parts:
                yield from _fields(part)
        case _:
            yield "something else"
