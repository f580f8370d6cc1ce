"""The order of rules: the first whose condition holds takes the message (language.md section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prx_dingtalk_router.language.ruleset import Rule
from prx_dingtalk_router.language.semantics.evaluate import holds
from prx_dingtalk_router.language.semantics.message_view import MessageView


def ask(rules: Iterable[Rule], view: MessageView) -> Iterator[tuple[Rule, bool]]:
    """Yield each rule that is asked about a message with whether it holds, up to the one that takes it.

    Args:
        rules: in file order; those that certainly do not hold may be left out.
        view: the message.
    """
    for rule in rules:
        held = holds(rule.condition, view, rule.name)
        yield rule, held
        if held and rule.takes:
            return
