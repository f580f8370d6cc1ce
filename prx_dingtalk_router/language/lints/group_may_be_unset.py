"""Captures that a template shows though the condition may hold without setting them (language.md section 5)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.group_may_be_unset import GroupMayBeUnset
from prx_dingtalk_router.language.lints.linted_set import LintedSet


def group_may_be_unset(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn where the template is used."""
    for use in linted.inventory.template_uses:
        for group in sorted(use.needed - use.certain):
            diagnostics.add(GroupMayBeUnset(use.place, group))
