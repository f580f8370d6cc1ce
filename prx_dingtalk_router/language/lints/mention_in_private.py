"""Mentions in rules that hold in no group: they are left out in private chats (language.md section 7)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.mention_in_private import MentionInPrivate
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.ruleset import Reply
from prx_dingtalk_router.language.semantics.places import only_in_private


def mention_in_private(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at each such mention."""
    for rule in linted.rules.rules:
        replies = [
            entry.step
            for chain in rule.chains
            for entry in chain
            if isinstance(entry.step, Reply) and entry.step.mention is not None
        ]
        if replies and only_in_private(rule, linted.forms):
            for reply in replies:
                place = linted.inventory.mentions[rule.home.place(reply.span)]
                diagnostics.add(MentionInPrivate(place, rule.name))
