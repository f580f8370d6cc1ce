"""Rules that nothing in a message names, once there are so many that messages feel it."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.asked_every_time import AskedEveryTime
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.semantics.witnesses import Witnesses, quick_regex_witness

UNNOTICED = 100
"""So many of them cost a message less than the network does."""
SHOWN_RULES = 5


def asked_every_time(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn once, at the first of them."""
    rules = linted.rules.rules
    if len(rules) <= UNNOTICED:
        return
    witnesses = Witnesses(quick_regex_witness)
    asked = [rule for rule in rules if witnesses.of(rule.condition).states]
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
