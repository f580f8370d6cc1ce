"""Rules that nothing in a message names, once there are so many that messages feel it."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.asked_every_time import AskedEveryTime
from prx_dingtalk_router.language.lints.linted_set import AnyRule, LintedSet
from prx_dingtalk_router.language.resolve.settled_rules import Settled

UNNOTICED = 100
"""So many of them cost a message less than the network does."""
SHOWN_RULES = 5


def asked_every_time(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn once, at the first of them."""
    rules = linted.in_order
    if len(rules) <= UNNOTICED:
        return
    asked = [rule for rule in rules if is_asked_always(linted, rule)]
    if len(asked) > UNNOTICED:
        shown = asked[:SHOWN_RULES]
        diagnostics.add(
            AskedEveryTime(
                shown[0].place,
                len(asked),
                tuple(rule.name for rule in shown),
                tuple(rule.place for rule in shown[1:]),
            )
        )


def is_asked_always(linted: LintedSet, rule: AnyRule) -> bool:
    """Tell whether nothing in a message can tell that a rule need not be asked."""
    if isinstance(rule, Settled):
        return rule.known.traits.asked_always
    if rule.name not in linted.asked:
        linted.asked[rule.name] = bool(linted.witnesses.of(rule.condition).states)
    return linted.asked[rule.name]
