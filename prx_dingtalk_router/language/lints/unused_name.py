"""Declared names that nothing uses."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.unused_name import UnusedName
from prx_dingtalk_router.language.lints.linted_set import LintedSet


def unused_name(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the declaration; rules need no use, and a declaration that cannot be parsed may hold one."""
    names = linted.inventory.names
    for kind, space in names.spaces.items():
        for name in space:
            if kind != "rule" and not names.may_be_used(kind, name):
                diagnostics.add(UnusedName(names.place(kind, name), kind, name))
