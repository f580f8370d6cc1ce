"""Which rules are settled once all lints have looked at a set."""

from __future__ import annotations

from prx_dingtalk_router.language.lints.asked_every_time import is_asked_always
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.lints.may_be_empty import SpeechlessSearch
from prx_dingtalk_router.language.lints.test_without_time import is_timed
from prx_dingtalk_router.language.lints.wordless_message import is_wordless
from prx_dingtalk_router.language.resolve.settled_rules import Traits
from prx_dingtalk_router.language.ruleset import Rule


def settle(linted: LintedSet) -> None:
    """Say of a set what need not be looked at again; the lints have run."""
    if linted.settled is None:
        return
    search = SpeechlessSearch(linted)

    def traits(rule: Rule) -> Traits:
        return Traits(
            asked_always=is_asked_always(linted, rule),
            timed=is_timed(linted, rule),
            wordless=is_wordless(linted, rule),
            speechless=search.is_speechless(rule),
        )

    linted.settled.settle(linted.forms.of_rule, traits)
    if not linted.is_whole:
        linted.settled.forget()
