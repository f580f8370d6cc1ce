"""The named conditions of a set, and which of them a message fulfils: what tests reach (interfaces.md section 1)."""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.language.ruleset import Condition, Named, Rule
from prx_dingtalk_router.language.semantics.evaluate import holds
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.walk import walk


def named_conditions(rules: Sequence[Rule]) -> tuple[str, ...]:
    """The named conditions that rules use, each once, in the order of their first use."""
    return tuple(dict.fromkeys(named.name for rule in rules for named in _named(rule.condition)))


def conditions_held(asked: Sequence[Rule], view: MessageView) -> frozenset[str]:
    """The named conditions of the rules that were asked about a message and hold for it."""
    return frozenset(
        named.name for rule in asked for named in _named(rule.condition) if holds(named, view, rule.name)
    )


def _named(condition: Condition) -> list[Named]:
    return [each for each in walk(condition) if isinstance(each, Named)]
