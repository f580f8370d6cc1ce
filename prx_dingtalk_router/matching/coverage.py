"""The named conditions of a set, and which of them a message fulfils: what tests reach (interfaces.md section 1)."""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.language.ruleset import Condition, Named, Rule
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.walk import walk
from prx_dingtalk_router.matching.compiled_rule import CompiledRule


def named_conditions(rules: Sequence[Rule]) -> tuple[str, ...]:
    """The named conditions that rules use, each once, in the order of their first use."""
    return tuple(dict.fromkeys(named.name for rule in rules for named in _named(rule.condition)))


class Reached:
    """Notes, of one message, the rules that are asked, those that hold, and the named conditions that hold in them."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.held: set[str] = set()
        self.conditions: set[str] = set()

    def asked(self, rule: CompiledRule, view: MessageView, *, held: bool) -> None:
        """Note a rule that was asked; also where it does not hold, a named condition within it may."""
        self.rules.append(rule.rule)
        if held:
            self.held.add(rule.name)
        self.conditions.update(named.name for named in _named(rule.rule.condition) if rule.value(named, view))


def _named(condition: Condition) -> list[Named]:
    return [each for each in walk(condition) if isinstance(each, Named)]
